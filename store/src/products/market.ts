import type { Market, Store } from "../../../server/src/catalog/contracts.ts";

/** Whose prices hold in a store; one that names no currency takes each variant's own. */
export function marketOf(store: Pick<Store, "currency" | "country"> | undefined): Market {
  return store?.currency ? { currency: store.currency, region: store.country } : {};
}

/** As the catalogue is asked for them. */
export function marketQuery({ currency, region }: Market): Record<string, string> {
  return { ...(currency ? { currency } : {}), ...(region ? { region } : {}) };
}
