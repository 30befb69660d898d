import { randomUUID } from "node:crypto";

import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { EVENT_TYPES, type EventType, type KilimEvent } from "./contracts.ts";
import { correctTime, readTime } from "./correct-time.ts";
import { deriveChannel } from "./derive-channel.ts";
import type { EventErrorCode } from "./errors.ts";
import { limits } from "./limits.ts";

export interface RequestFacts {
  readonly source: string;
  readonly receivedAt: number;
  readonly historical: boolean;
  /** The type the path names; else each event says its own. */
  readonly type: EventType | null;
  readonly batchContext: JsonObject | null;
  readonly batchSentAt: unknown;
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
  if (userId === null && anonymousId === null) return "no_user_anon_id";
  const messageId = readMessageId(raw.messageId);
  if (messageId === null) return "invalid_message_id";
  const name = type === "track" ? readName(raw.event) : NAMES[type];
  if (name === null) return "no_event_name";
  const properties = readObject(raw.properties);
  const traits = readObject(raw.traits);
  const context = readObject(raw.context);
  if (!properties || !traits || !context) return "invalid_properties";
  const times = readTimes(raw, request);
  if (!times) return "invalid_timestamp";
  const fullContext = request.batchContext ? { ...request.batchContext, ...context } : context;
  return {
    messageId,
    source: request.source,
    type,
    name,
    userId,
    anonymousId,
    previousId,
    groupId,
    profileId: null,
    verified: false,
    timestamp: times.timestamp,
    originalTimestamp: times.originalTimestamp,
    sentAt: times.sentAt,
    receivedAt: new Date(request.receivedAt).toISOString(),
    channel: deriveChannel(raw.channel, fullContext),
    touchpoint: typeof fullContext.touchpoint === "string" ? fullContext.touchpoint.slice(0, 100) : null,
    historical: request.historical,
    properties: type === "page" || type === "screen" ? withPageName(raw, properties) : properties,
    traits,
    context: fullContext,
  };
}

function readType(own: unknown, fromPath: EventType | null): EventType | null {
  if (fromPath) return fromPath;
  const type = typeof own === "string" ? own.toLowerCase() : "";
  return TYPES.has(type) ? (type as EventType) : null;
}

/** null: none given (also ""); false: given, but no id. Numbers become texts, as every SDK does. */
function readId(value: unknown): string | null | false {
  if (value === undefined || value === null) return null;
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text !== "string" || text.length > limits.idLength) return false;
  return text.trim() || null;
}

function readMessageId(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return randomUUID();
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.length <= limits.messageIdLength ? text.trim() || randomUUID() : null;
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
    sentAt: readTime(raw.sentAt ?? request.batchSentAt),
  };
  if (isGiven(raw.timestamp) && given.timestamp === null) return null;
  if (isGiven(raw.originalTimestamp) && given.originalTimestamp === null) return null;
  const timestamp = correctTime(given, request.receivedAt);
  if (timestamp < 0) return null;
  const original = given.originalTimestamp ?? given.timestamp;
  return {
    timestamp: new Date(timestamp).toISOString(),
    originalTimestamp: toIso(original),
    sentAt: toIso(given.sentAt),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function toIso(ms: number | null): string | null {
  return ms === null || Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString();
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
