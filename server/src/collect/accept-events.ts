import { crc32 } from "node:zlib";

import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { findBadText, isDeeper, isSuspicious } from "./check-json.ts";
import type { EventType, KilimEvent } from "./contracts.ts";
import { isFromDevice } from "./derive-channel.ts";
import { type EventErrorCode, eventErrors } from "./errors.ts";
import type { Entry } from "./group-commit.ts";
import { shardOf } from "./inbox.ts";
import { isBot } from "./is-bot.ts";
import { limits } from "./limits.ts";
import { normaliseEvent, type RequestFacts } from "./normalise-event.ts";

export interface Rejection {
  readonly index: number;
  readonly code: EventErrorCode;
  readonly message: string;
  /** Dotted path of what is wrong, and the id it came under or got, when the tracking plan says so. */
  readonly field?: string;
  readonly messageId?: string;
}

/** What the tracking plan finds wrong with an event so that it may not come in; null when it may. */
export type PlanCheck = (event: KilimEvent) => Omit<Rejection, "index"> | null;

export interface Checked {
  readonly entries: Entry[];
  readonly rejected: Rejection[];
}

export interface BodyFacts {
  readonly source: string;
  readonly receivedAt: number;
  readonly historical: boolean;
  readonly type: EventType | null;
  readonly isWebhook?: boolean;
  /** The body as text, for a cheap look at whether it may hold anything an engine refuses. */
  readonly text: string;
  readonly eventBytes: number;
  /** Who called, as far as we can tell. */
  readonly ip: string;
  /** A page in a browser sends for its own visitor; a server for somebody else. */
  readonly isBrowser: boolean;
  /** Of whoever called. */
  readonly userAgent: string | undefined;
  readonly plan: PlanCheck;
}

const NOTHING: JsonObject = {};
/** What our form of an event has beyond the client's own words. */
const OUR_WORDS = 512;

/** The events of a body (a batch or one event) checked one by one: a bad one never sinks its neighbours. */
export function checkEvents(body: JsonObject, events: readonly unknown[], facts: BodyFacts): Checked {
  const suspicious = isSuspicious(facts.text);
  const batch = facts.type === null ? readShared(body, suspicious, facts.eventBytes) : null;
  const request: RequestFacts = { ...facts, batch: typeof batch === "string" ? null : batch };
  const entries: Entry[] = [];
  const rejected: Rejection[] = [];
  for (const [index, raw] of events.entries()) {
    const result = typeof batch === "string" ? batch : checkEvent(raw, request, facts, suspicious);
    if (typeof result === "string") rejected.push({ index, code: result, message: eventErrors[result] });
    else if ("code" in result) rejected.push({ index, ...result });
    else entries.push(result);
  }
  return { entries, rejected };
}

/** What stands once for a whole batch, or what is wrong with it: then with each of its events. */
function readShared(body: JsonObject, suspicious: boolean, most: number): RequestFacts["batch"] | EventErrorCode {
  const context = isJsonObject(body.context) ? body.context : NOTHING;
  const integrations = isJsonObject(body.integrations) ? body.integrations : NOTHING;
  const shared = [context, integrations];
  if (isDeeper(shared, limits.depth + 1)) return "too_deep";
  const bad = suspicious ? findBadText(shared) : null;
  if (bad) return bad;
  if (isLarger(JSON.stringify(shared), most)) return "event_too_large";
  return { context, integrations, sentAt: body.sentAt };
}

function checkEvent(
  raw: unknown,
  request: RequestFacts,
  facts: BodyFacts,
  suspicious: boolean,
): Entry | EventErrorCode | Omit<Rejection, "index"> {
  if (isDeeper(raw, limits.depth)) return "too_deep";
  const bad = suspicious ? findBadText(raw) : null;
  if (bad) return bad;
  const event = normaliseEvent(raw, request);
  if (typeof event === "string") return event;
  const unplanned = facts.plan(event);
  if (unplanned) return unplanned;
  const text = JSON.stringify(event);
  if (isLarger(text, facts.eventBytes + OUR_WORDS)) return "event_too_large";
  return { shard: shardOf(event), text: withOurs(event, text, facts) };
}

function isLarger(text: string, most: number): boolean {
  return text.length > most || (text.length * 3 > most && Buffer.byteLength(text) > most);
}

/** Adds what we know beside what the client said. The address stands last, so that the digest is of her words alone. */
function withOurs(event: KilimEvent, text: string, facts: BodyFacts): string {
  const digest = crc32(text.slice(text.indexOf(',"messageId":'))) | 0;
  const told = `{"digest":${digest},${isOfBot(event, facts) ? '"bot":true,' : ""}`;
  if (!wantsAddress(event, facts)) return told + text.slice(1);
  const comma = text.endsWith("{}}") ? "" : ",";
  return `${told}${text.slice(1, -2)}${comma}"ip":${JSON.stringify(facts.ip)}}}`;
}

/** By what the event says of its user agent; of an event that says nothing, by the browser that called. */
function isOfBot({ context: { userAgent } }: KilimEvent, facts: BodyFacts): boolean {
  if (typeof userAgent === "string" && userAgent !== "") return isBot(userAgent);
  return facts.isBrowser && facts.userAgent !== undefined && isBot(facts.userAgent);
}

function wantsAddress({ context, historical }: KilimEvent, facts: BodyFacts): boolean {
  if (historical || (context.ip !== undefined && context.ip !== null)) return false;
  return facts.isBrowser || context.direct === true || isFromDevice(context);
}
