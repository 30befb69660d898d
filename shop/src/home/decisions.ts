import type { Kilim } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { ProductSummary } from "../catalog/queries.ts";

export interface HomeSlots {
  readonly home_hero?: { readonly variant?: string; readonly reason?: string };
  readonly home_last_category?: { readonly category: string | null; readonly items: readonly ProductSummary[] };
  readonly recently_viewed?: { readonly items: readonly ProductSummary[] };
}

/** One round trip for everything the home page makes personal. */
export const homeQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["home"],
    async queryFn() {
      // What was just looked at has to be known before it can be continued.
      await kilim.flush();
      return kilim.decide<HomeSlots>(["home_hero", "home_last_category", "recently_viewed"]);
    },
    staleTime: 0,
  });
