import { randomUUID } from "node:crypto";

import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { EVENT_TYPES, type EventType, type KilimEvent } from "./contracts.ts";
import { correctTime, readTime } from "./correct-time.ts";
import { deriveChannel } from "./derive-channel.ts";
import type { EventErrorCode } from "./errors.ts";
import { limits } from "./limits.ts";
import { mergeUnder } from "./merge-context.ts";
import { readId } from "./read-id.ts";
import { readMerged } from "./rudder-calls.ts";
import { standardName, standardProperties } from "./standard-names.ts";

/** What holds for every event of a request. */
export interface RequestFacts {
  readonly source: string;
  readonly receivedAt: number;
  readonly historical: boolean;
  /** The type the path names; else each event says its own. */
  readonly type: EventType | null;
  /** What other systems tell may be about nobody. */
  readonly isWebhook?: boolean;
  /** Stands once for all events of a batch, under what each of them says. */
  readonly batch: { readonly context: JsonObject; readonly integrations: JsonObject; readonly sentAt: unknown } | null;
}

const TYPES = new Set<string>(EVENT_TYPES);
const NAMES: Readonly<Record<Exclude<EventType, "track">, string>> = {
  identify: "Identify",
  page: "Page Viewed",
  screen: "Screen Viewed",
  group: "Group",
  alias: "Alias",
};
const NOTHING: JsonObject = {};

/** One raw event of a client, checked and in our form; or the code of what is wrong with it. */
export function normaliseEvent(raw: unknown, request: RequestFacts): KilimEvent | EventErrorCode {
  if (!isJsonObject(raw)) return "invalid_event";
  const type = readType(raw.type, request.type);
  if (!type) return "invalid_type";
  const userId = readId(raw.userId);
  const anonymousId = readId(raw.anonymousId);
  const previousId = readId(raw.previousId);
  const groupId = readId(raw.groupId);
  if (userId === false || anonymousId === false || previousId === false || groupId === false) return "invalid_id";
  if (type === "alias" && previousId === null) return "no_previous_id";
  if (userId === null && anonymousId === null && !request.isWebhook) return "no_user_anon_id";
  const messageId = readId(raw.messageId, limits.messageIdLength);
  if (messageId === false) return "invalid_message_id";
  const sentName = type === "track" ? readName(raw.event) : NAMES[type];
  if (sentName === null) return "no_event_name";
  const name = type === "track" ? standardName(sentName) : sentName;
  const properties = readObject(raw.properties);
  const ownTraits = readObject(raw.traits);
  const ownContext = readObject(raw.context);
  const merged = type === "identify" ? readMerged(raw.mergeProperties) : [];
  if (!properties || !ownTraits || !ownContext || !merged) return "invalid_properties";
  const times = readTimes(raw, request);
  if (!times) return "invalid_timestamp";
  const context = withIntegrations(
    raw,
    request,
    withMerged(request.batch ? mergeUnder(request.batch.context, ownContext) : ownContext, merged),
  );
  const isOldName = name !== sentName;
  // What a retry may change stands first: the digest is taken of all that follows.
  return {
    receivedAt: times.receivedAt,
    sentAt: times.sentAt,
    timestamp: times.timestamp,
    source: request.source,
    historical: request.historical,
    messageId: messageId ?? randomUUID(),
    type,
    name,
    userId,
    anonymousId,
    previousId,
    groupId,
    profileId: null,
    verified: false,
    originalTimestamp: times.originalTimestamp,
    channel: deriveChannel(raw.channel, context),
    touchpoint: typeof context.touchpoint === "string" ? context.touchpoint.slice(0, 100) : null,
    properties: isOldName
      ? standardProperties(properties)
      : type === "page" || type === "screen"
        ? withPageName(raw, properties)
        : properties,
    traits: type === "identify" ? traitsOf(ownTraits, context) : ownTraits,
    context: isOldName ? { ...context, sent_event: sentName } : context,
  };
}

function readType(own: unknown, fromPath: EventType | null): EventType | null {
  if (fromPath) return fromPath;
  const type = typeof own === "string" ? own.toLowerCase() : "";
  if (type === "merge") return "identify";
  return TYPES.has(type) ? (type as EventType) : null;
}

function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = value.trim();
  return name !== "" && name.length <= limits.nameLength ? name : null;
}

function readObject(value: unknown): JsonObject | null {
  if (value === undefined || value === null) return NOTHING;
  return isJsonObject(value) && Object.keys(value).length <= limits.keys ? value : null;
}

function readTimes(raw: JsonObject, request: RequestFacts) {
  const given = {
    timestamp: readTime(raw.timestamp),
    originalTimestamp: readTime(raw.originalTimestamp),
    sentAt: readSentAt(raw.sentAt ?? request.batch?.sentAt),
  };
  if (isGiven(raw.timestamp) && given.timestamp === null) return null;
  if (isGiven(raw.originalTimestamp) && given.originalTimestamp === null) return null;
  const timestamp = correctTime(given, request.receivedAt);
  if (timestamp < 0) return null;
  const original = given.originalTimestamp ?? given.timestamp;
  return {
    receivedAt: receivedText(request.receivedAt),
    timestamp: new Date(timestamp).toISOString(),
    originalTimestamp: toIso(original),
    sentAt: toIso(given.sentAt),
  };
}

/** A whole batch is received and sent at one time: the last one is remembered. */
const received = { ms: Number.NaN, text: "" };
const sent: { raw: unknown; ms: number | null } = { raw: undefined, ms: null };

function receivedText(ms: number): string {
  if (received.ms !== ms) {
    received.text = new Date(ms).toISOString();
    received.ms = ms;
  }
  return received.text;
}

function readSentAt(raw: unknown): number | null {
  if (sent.raw !== raw) {
    sent.ms = readTime(raw);
    sent.raw = raw;
  }
  return sent.ms;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function toIso(ms: number | null): string | null {
  return ms === null || Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString();
}

/** RudderStack's browser client tells an identify's traits in the context alone. */
function traitsOf(own: JsonObject, context: JsonObject): JsonObject {
  for (const _ in own) return own;
  return isJsonObject(context.traits) ? context.traits : own;
}

function withMerged(context: JsonObject, merged: readonly JsonObject[]): JsonObject {
  if (merged.length === 0) return context;
  const others = Array.isArray(context.externalIds) ? context.externalIds : [];
  return { ...context, externalIds: [...others, ...merged] };
}

/** Which destinations the client asks for is kept in the context, when it is not simply all. */
function withIntegrations(raw: JsonObject, request: RequestFacts, context: JsonObject): JsonObject {
  const own = isJsonObject(raw.integrations) ? raw.integrations : NOTHING;
  const shared = request.batch?.integrations ?? NOTHING;
  if (saysAll(own) && saysAll(shared)) return context;
  return { ...context, integrations: mergeUnder(shared, own) };
}

function saysAll(integrations: JsonObject): boolean {
  for (const name in integrations) if (name !== "All" || integrations[name] !== true) return false;
  return true;
}

/** Page and screen calls carry their name and category beside the properties; readers find them inside. */
function withPageName(raw: JsonObject, properties: JsonObject): JsonObject {
  const extra: Record<string, string> = {};
  for (const key of ["name", "category"] as const) {
    const value = raw[key];
    if (typeof value === "string" && properties[key] === undefined) extra[key] = value;
  }
  return Object.keys(extra).length > 0 ? { ...properties, ...extra } : properties;
}
