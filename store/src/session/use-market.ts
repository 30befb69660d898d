import { useQuery } from "@tanstack/react-query";
import type { Market } from "../../../server/src/catalog/contracts.ts";
import { marketOf } from "../products/market.ts";
import { storesQuery } from "../products/queries.ts";
import { useChosenStore } from "./chosen-store.ts";

/** Whose prices hold in the store that this device stands in. */
export function useMarket(): Market {
  const storeId = useChosenStore();
  return marketOf(useQuery(storesQuery).data?.items.find(({ id }) => id === storeId));
}
