import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Fulfilment } from "../../../server/src/orders/contracts.ts";
import { storesQuery } from "../catalog/queries.ts";
import { useKilim } from "../kilim.tsx";

/** Where and when a pick-up will be ready, in the store's own time; null for what is delivered. */
export function useReadyText(fulfilments: readonly Fulfilment[]): string | null {
  const { t, i18n } = useTranslation();
  const stores = useQuery(storesQuery(useKilim())).data?.items ?? [];
  const pickup = fulfilments.find(
    ({ kind, promised_at }) => (kind === "pickup" || kind === "locker") && promised_at !== null,
  );
  const store = stores.find(({ id }) => id === pickup?.store_id);
  if (!pickup?.promised_at || !store) return null;
  const when = new Intl.DateTimeFormat(i18n.language, {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: store.timezone,
  });
  return t("orders.readyIn", { store: store.name, when: when.format(new Date(pickup.promised_at)) });
}
