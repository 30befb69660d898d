import type { Kilim } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { ProductSummary } from "../catalog/queries.ts";
import type { Market } from "../market/market.ts";

type Words = Readonly<Record<string, string>>;

export interface HeroContent {
  readonly title?: Words;
  readonly text?: Words;
  readonly href?: string;
}

interface HomeSlots {
  /** What a merchandiser's rule says; words and link are absent where no rule fits. */
  readonly home_hero?: HeroContent;
  readonly home_last_category?: { readonly category: string | null; readonly items: readonly ProductSummary[] };
  readonly recently_viewed?: { readonly items: readonly ProductSummary[] };
}

/** One round trip for everything the home page makes personal. */
export const homeQuery = (kilim: Kilim, market: Market) =>
  queryOptions({
    queryKey: ["home", market],
    async queryFn() {
      // What was just looked at has to be known before it can be continued.
      await kilim.flush();
      return kilim.decide<HomeSlots>(["home_hero", "home_last_category", "recently_viewed"], { ...market });
    },
    staleTime: 0,
  });
