import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AvailabilityList } from "../../../server/src/inventory/contracts.ts";
import type { PickupTimes } from "../../../server/src/orders/contracts.ts";
import { NearestFirst } from "../catalog/nearest-first.tsx";
import { storesQuery } from "../catalog/queries.ts";
import { useNearby } from "../catalog/use-nearby.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./checkout.module.css";

export type Way =
  | { readonly kind: "delivery" }
  | { readonly kind: "pickup" | "locker"; readonly store_id: string | null };

interface DeliveryChoiceProps {
  readonly lines: readonly { readonly variant_id: string; readonly quantity: number }[];
  readonly way: Way;
  readonly onChoose: (way: Way) => void;
}

/** Delivered, or fetched at a store that has all of it now (hers and the nearest first), with the time it will be ready. */
export function DeliveryChoice({ lines, way, onChoose }: DeliveryChoiceProps) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const ids = lines.map((line) => line.variant_id).join(",");
  const stock = useQuery({
    queryKey: ["availability", "checkout", ids],
    queryFn: () => kilim.ask<AvailabilityList>("GET", `/v1/availability?variant=${ids}`),
    staleTime: 0,
    enabled: ids !== "",
  });
  const times = useQuery({
    queryKey: ["pickup-times"],
    queryFn: () => kilim.ask<PickupTimes>("GET", "/v1/pickup-times"),
  });
  const storesFor = (kind: "pickup" | "locker") =>
    new Set(times.data?.items.filter(({ kinds }) => kinds.includes(kind)).map(({ store_id }) => store_id));
  const nearby = useNearby();
  const known = useQuery(storesQuery(kilim)).data?.items ?? [];
  const offering = way.kind === "delivery" ? null : storesFor(way.kind);
  const stores = known.filter((store) => offering?.has(store.id)).toSorted(nearby.compare);
  const hasAll = (storeId: string) =>
    lines.every(({ variant_id, quantity }) => {
      const of = stock.data?.items.find((item) => item.variant_id === variant_id);
      return (of?.stores.find((store) => store.store_id === storeId)?.available ?? 0) >= quantity;
    });
  const ready = (storeId: string, timeZone: string) => {
    const at = times.data?.items.find((time) => time.store_id === storeId)?.promised_at;
    if (!at) return null;
    const when = new Intl.DateTimeFormat(i18n.language, {
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      timeZone,
    });
    return t("checkout.ready", { when: when.format(new Date(at)) });
  };
  return (
    <fieldset className={styles.ways}>
      <legend>{t("checkout.how")}</legend>
      {(["delivery", "pickup", "locker"] as const).map(
        (kind) =>
          (kind !== "locker" || storesFor(kind).size > 0) && (
            <label key={kind} className={styles.way}>
              <input
                type="radio"
                name="way"
                value={kind}
                checked={way.kind === kind}
                onChange={() => onChoose(kind === "delivery" ? { kind } : { kind, store_id: null })}
              />
              <span>{t(`checkout.${kind}`)}</span>
            </label>
          ),
      )}
      {way.kind !== "delivery" && (
        <ul className={styles.stores} aria-label={t("checkout.store")}>
          {stores.map((store) => (
            <li key={store.id}>
              <label className={styles.way} data-gone={!hasAll(store.id)}>
                <input
                  type="radio"
                  name="store"
                  required
                  disabled={!hasAll(store.id)}
                  checked={way.store_id === store.id}
                  onChange={() => onChoose({ kind: way.kind, store_id: store.id })}
                />
                <span>
                  <strong>{store.name}</strong>
                  <span className="soft small">
                    {[
                      `${store.address}, ${store.city}`,
                      nearby.isOwn(store) ? t("stock.yours") : null,
                      nearby.distance(store),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                  <span className="small">
                    {hasAll(store.id) ? ready(store.id, store.timezone) : t("checkout.notThere")}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {stores.length > 1 && <NearestFirst nearby={nearby} />}
    </fieldset>
  );
}
