import { queryOptions } from "@tanstack/react-query";

import type {
  Audience,
  AudienceView,
  BroadcastBody,
  BroadcastReport,
  BroadcastView,
} from "../../../server/src/messages/contracts.ts";
import { call, get, type Page } from "../api/http.ts";

export type { Audience, BroadcastBody, BroadcastReport, BroadcastView };

export const BROADCASTS = ["broadcasts"] as const;

export const broadcastsQuery = queryOptions({
  queryKey: [...BROADCASTS, "all"],
  queryFn: () => get<Page<BroadcastView>>("/v1/broadcasts", { limit: 200 }),
});

export const broadcastQuery = (id: string) =>
  queryOptions({ queryKey: [...BROADCASTS, id], queryFn: () => get<BroadcastView>(`/v1/broadcasts/${id}`) });

export const broadcastReportQuery = (id: string) =>
  queryOptions({
    queryKey: [...BROADCASTS, id, "report"],
    queryFn: () => get<BroadcastReport>(`/v1/broadcasts/${id}/report`),
  });

export const audienceQuery = (audience: Audience | null) =>
  queryOptions({
    queryKey: ["audience", audience],
    queryFn: () => call<AudienceView>("POST", "/v1/broadcasts/audience", { audience }),
    enabled: audience !== null,
  });

export const listsQuery = queryOptions({
  queryKey: ["lists", "all"],
  queryFn: () => get<Page<{ readonly id: string; readonly name: string }>>("/v1/lists", { limit: 200 }),
});
