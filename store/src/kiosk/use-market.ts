import { useQuery } from "@tanstack/react-query";
import type { Market } from "../../../server/src/catalog/contracts.ts";
import { marketOf } from "../products/market.ts";
import { chosenStore } from "./chosen-store.ts";
import { useKilim } from "./kiosk-context.ts";
import { storesQuery } from "./queries.ts";

/** Whose prices hold where this tablet stands. */
export function useMarket(): Market {
  const kilim = useKilim();
  const stores = useQuery(storesQuery(kilim));
  return marketOf(stores.data?.items.find(({ id }) => id === chosenStore()));
}
