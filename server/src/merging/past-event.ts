import type { KilimEvent } from "../collect/index.ts";
import { extractIdentifiers, type Identifier, type Rules } from "../identity/index.ts";
import type { HistoryRow } from "../pipeline/index.ts";
import type { JsonObject } from "../platform/json.ts";

/** What a line of History has to say of one event; whose it is now may differ from whom it was recognised for. */
export type PastRow = Pick<
  HistoryRow,
  | "profile_id"
  | "timestamp"
  | "message_id"
  | "source"
  | "type"
  | "name"
  | "channel"
  | "touchpoint"
  | "historical"
  | "received_at"
  | "user_id"
  | "anonymous_id"
  | "properties"
  | "traits"
  | "context"
  | "batch"
  | "verified"
> & { readonly person_id?: string };

export interface PastEvent {
  readonly event: KilimEvent;
  /** Strongest first. */
  readonly identifiers: readonly Identifier[];
}

/** The event as it was worked in. What names nobody was addressed to the person by one of our own rooms. */
export function toPastEvent(row: PastRow, rules: Rules): PastEvent {
  const event: KilimEvent = {
    messageId: row.message_id,
    source: row.source,
    type: row.type as KilimEvent["type"],
    name: row.name,
    userId: row.user_id || null,
    anonymousId: row.anonymous_id || null,
    previousId: null,
    groupId: null,
    profileId: null,
    verified: row.verified === 1,
    timestamp: row.timestamp,
    originalTimestamp: null,
    sentAt: null,
    receivedAt: row.received_at,
    channel: row.channel as KilimEvent["channel"],
    touchpoint: row.touchpoint || null,
    historical: row.historical === 1,
    properties: JSON.parse(row.properties) as JsonObject,
    traits: JSON.parse(row.traits) as JsonObject,
    context: JSON.parse(row.context) as JsonObject,
  };
  const identifiers = extractIdentifiers(event, rules);
  return { event: identifiers.length > 0 ? event : { ...event, profileId: row.profile_id }, identifiers };
}
