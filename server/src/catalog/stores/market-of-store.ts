import type { Market, Store } from "../contracts.ts";

/** Whose prices hold in a store; one that names no currency takes each variant's own. */
export function marketOfStore({ currency, country }: Pick<Store, "currency" | "country">): Market {
  return currency === null ? {} : { currency, region: country };
}
