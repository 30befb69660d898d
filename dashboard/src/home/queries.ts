import { queryOptions } from "@tanstack/react-query";

import type { Overview } from "../../../server/src/insight/contracts.ts";
import { get } from "../api/http.ts";

export const PERIODS = ["30", "90", "365", "all"] as const;
export type Period = (typeof PERIODS)[number];

export const overviewQuery = (period: Period, currency: string | undefined) =>
  queryOptions({
    queryKey: ["overview", period, currency],
    queryFn: () => get<Overview>("/v1/overview", { days: period === "all" ? undefined : period, currency }),
  });
