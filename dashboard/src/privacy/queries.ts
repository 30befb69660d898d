import { queryOptions } from "@tanstack/react-query";

import type {
  Lookup,
  Receipt,
  Retention,
  RetentionPreview,
  RetentionRun,
  RetentionView,
  SuppressedPage,
} from "../../../server/src/privacy/contracts.ts";
import { call, get } from "../api/http.ts";

export type { Lookup, Receipt, Retention, RetentionRun, RetentionView };
export type SuppressedPerson = SuppressedPage["items"][number];

export const ERASURES = ["erasures"] as const;
export const SUPPRESSED = ["suppressed-people"] as const;

export const erasureQuery = (id: string) =>
  queryOptions({ queryKey: [...ERASURES, id], queryFn: () => get<Receipt>(`/v1/erasures/${id}`) });

export const suppressedQuery = queryOptions({
  queryKey: SUPPRESSED,
  queryFn: () => get<SuppressedPage>("/v1/suppressed-people", { limit: 100 }),
});

export const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: () => get<RetentionView>("/v1/retention"),
});

export const previewQuery = (retention: Retention) =>
  queryOptions({
    queryKey: ["retention", "preview", retention],
    queryFn: () => call<RetentionPreview>("POST", "/v1/retention/preview", retention),
    placeholderData: (before: RetentionPreview | undefined) => before,
  });
