import type { Kilim, Page } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { MarketShown } from "../../../server/src/catalog/contracts.ts";

export const marketsQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["markets"],
    queryFn: () => kilim.ask<Page<MarketShown>>("GET", "/v1/markets"),
    staleTime: 600_000,
  });
