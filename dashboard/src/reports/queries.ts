import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { ReportBy, ReportView } from "../../../server/src/messages/contracts.ts";
import { get } from "../api/http.ts";

export type { ReportBy, ReportView };
export type Outcomes = ReportView["total"];
export type ReportRow = ReportView["rows"][number];

export const VIEWS = [
  "channel",
  "template",
  "broadcast",
  "journey",
  "link",
  "day",
] as const satisfies readonly ReportBy[];
export const DAYS = ["7", "30", "90", "365"] as const;

export interface ReportAsked {
  readonly by: ReportBy;
  readonly days: (typeof DAYS)[number];
  readonly channel: string | undefined;
  readonly template: string | undefined;
}

/** Over so many days until now, beside as many before. */
export const reportQuery = (asked: ReportAsked) =>
  queryOptions({
    queryKey: ["message-report", asked],
    queryFn: () => get<ReportView>("/v1/reports/messages", { ...asked }),
    placeholderData: keepPreviousData,
  });
