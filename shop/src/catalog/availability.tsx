import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import styles from "./availability.module.css";
import { NearestFirst } from "./nearest-first.tsx";
import { storesQuery, type Variant, type VariantAvailability } from "./queries.ts";
import { StockLevel } from "./stock-level.tsx";
import { useNearby } from "./use-nearby.ts";

interface AvailabilityProps {
  readonly variant: Variant | undefined;
  readonly stock: readonly VariantAvailability[] | undefined;
}

/** Stock on the web and in every store: hers first, then the nearest once she has said where she is. Live. */
export function Availability({ variant, stock }: AvailabilityProps) {
  const { t } = useTranslation();
  const stores = useQuery(storesQuery(useKilim()));
  const nearby = useNearby();
  const found = stock?.find((item) => item.variant_id === variant?.id);
  if (!variant) return <p className="soft small">{t("stock.choose")}</p>;
  if (!found) return null;

  const counts = new Map(found.stores.map((store) => [store.store_id, store.available]));
  const places = stores.data?.items.filter((store) => counts.has(store.id)).toSorted(nearby.compare) ?? [];
  return (
    <section className={styles.availability} aria-label={t("stock.title")}>
      <ul>
        <li data-testid="stock-web">
          <span>{t("stock.online")}</span>
          <StockLevel count={found.web} />
        </li>
        {places.map((store) => {
          const facts = [
            nearby.isOwn(store) ? t("stock.yours") : null,
            nearby.distance(store),
            t(store.is_open ? "stock.open" : "stock.closed"),
          ];
          return (
            <li key={store.id} data-testid="stock-store">
              <span>
                {store.name}
                <span className="soft small"> · {facts.filter(Boolean).join(" · ")}</span>
              </span>
              <StockLevel count={counts.get(store.id) ?? 0} />
            </li>
          );
        })}
      </ul>
      {places.length > 1 && <NearestFirst nearby={nearby} />}
    </section>
  );
}
