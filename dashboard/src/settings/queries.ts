import { queryOptions } from "@tanstack/react-query";

import type { EmailChannelView } from "../../../server/src/messages/contracts.ts";
import { get, type Page } from "../api/http.ts";

export interface Pipeline {
  readonly inbox: number;
  readonly oldest_ms: number;
  readonly outbox: number;
  /** People of whom a part of what segments ask is in History only, and those of them who wait for it just now. */
  readonly beyond_state: { readonly people: number; readonly waiting: number };
}

export interface KeyRow {
  readonly id: string;
  readonly kind: "write" | "secret";
  readonly name: string;
  readonly hint: string;
  readonly created_at: string;
}

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: () => get<Page<KeyRow>>("/v1/keys"),
});

export const emailChannelQuery = queryOptions({
  queryKey: ["channels", "email"],
  queryFn: () => get<EmailChannelView>("/v1/channels/email"),
});

export const pipelineQuery = queryOptions({
  queryKey: ["pipeline"],
  queryFn: () => get<Pipeline>("/v1/pipeline"),
  refetchInterval: 2_000,
});
