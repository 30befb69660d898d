import { queryOptions } from "@tanstack/react-query";

import type { DoorHealth, EventDetail } from "../../../server/src/debugger/contracts.ts";
import { get } from "../api/http.ts";

export interface QuarantineRow {
  readonly id: string;
  readonly stage: "inbox" | "outbox";
  readonly reason: string;
  readonly at: string;
  readonly event: unknown;
  readonly has_raw: boolean;
}

export interface QuarantineWhole extends QuarantineRow {
  readonly raw: string | null;
}

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ["events", "one", id],
    queryFn: () => get<EventDetail>(`/v1/events/${encodeURIComponent(id)}`),
  });

export const healthQuery = queryOptions({
  queryKey: ["events", "health"],
  queryFn: () => get<DoorHealth>("/v1/events/health", { hours: 24 }),
});

export const quarantinedQuery = (id: string) =>
  queryOptions({
    queryKey: ["quarantine", id],
    queryFn: () => get<QuarantineWhole>(`/v1/quarantine/${id}`),
  });
