import type { KilimEvent, Quarantined, RejectionRow } from "../collect/index.ts";
import { isJsonObject, type JsonObject } from "../platform/json.ts";
import type { StreamItem } from "./contracts.ts";
import { encodeItemId } from "./item-id.ts";
import type { EventLine } from "./queries/find-events.ch.ts";

/** An item before the names of its key and person are looked up, with what it is sorted by beside its time. */
export type Found = Omit<StreamItem, "source_name" | "profile_name"> & { readonly tie: string };

const NOBODY = "00000000-0000-0000-0000-000000000000";
const NO_FAULT = { code: null, reason: null, field: null, value: null } as const;

type Accepted = Pick<
  KilimEvent,
  "receivedAt" | "timestamp" | "source" | "messageId" | "type" | "name" | "channel" | "userId" | "anonymousId" | "bot"
>;

export function ofWaiting(event: KilimEvent): Found {
  return ofEvent(event, "waiting", event.profileId);
}

export function ofLine(line: EventLine): Found {
  return ofEvent(toEvent(line), "worked_in", line.profile_id === NOBODY ? null : line.profile_id);
}

function ofEvent(event: Accepted, state: "waiting" | "worked_in", profileId: string | null): Found {
  return {
    ...NO_FAULT,
    id: encodeItemId({ kind: "event", ...event }),
    tie: `${event.source}:${event.messageId}`,
    state,
    received_at: event.receivedAt,
    timestamp: event.timestamp,
    source: event.source,
    type: event.type,
    name: event.name,
    channel: event.channel,
    user_id: event.userId,
    anonymous_id: event.anonymousId,
    message_id: event.messageId,
    profile_id: profileId,
    is_bot: event.bot ?? false,
  };
}

/** The event as it was accepted, as far as History keeps it. */
export function toEvent(
  line: EventLine,
): Omit<KilimEvent, "previousId" | "groupId" | "profileId" | "verified" | "originalTimestamp" | "sentAt"> {
  return {
    messageId: line.message_id,
    source: line.source,
    type: line.type as KilimEvent["type"],
    name: line.name,
    userId: line.user_id || null,
    anonymousId: line.anonymous_id || null,
    timestamp: line.timestamp,
    receivedAt: line.received_at,
    channel: line.channel as KilimEvent["channel"],
    touchpoint: line.touchpoint || null,
    historical: Boolean(line.historical),
    properties: JSON.parse(line.properties) as JsonObject,
    traits: JSON.parse(line.traits) as JsonObject,
    context: JSON.parse(line.context) as JsonObject,
    ...(line.bot ? { bot: true } : {}),
  };
}

export function ofRejection(row: RejectionRow): Found {
  return {
    id: encodeItemId({ kind: "rejection", id: row.id }),
    tie: row.id,
    state: row.is_request ? "refused" : "rejected",
    received_at: row.at,
    timestamp: null,
    source: row.source,
    type: row.type,
    name: row.name,
    channel: null,
    user_id: row.user_id,
    anonymous_id: row.anonymous_id,
    message_id: row.message_id,
    profile_id: null,
    is_bot: false,
    code: row.code,
    reason: row.message,
    field: row.field,
    value: row.value,
  };
}

export function ofQuarantined(row: Quarantined): Found {
  const event: JsonObject = isJsonObject(row.event) ? row.event : {};
  return {
    ...NO_FAULT,
    id: encodeItemId({ kind: "quarantine", id: row.id }),
    tie: row.id,
    state: "quarantined",
    received_at: row.at,
    timestamp: textOf(event.timestamp),
    source: textOf(event.source) ?? "",
    type: textOf(event.type),
    name: textOf(event.name),
    channel: textOf(event.channel),
    user_id: textOf(event.userId),
    anonymous_id: textOf(event.anonymousId),
    message_id: textOf(event.messageId),
    profile_id: textOf(event.profileId),
    is_bot: event.bot === true,
    code: `quarantined_${row.stage}`,
    reason: row.reason,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
