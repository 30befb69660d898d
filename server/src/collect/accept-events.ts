import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { findBadText, isDeeper, isSuspicious } from "./check-json.ts";
import type { EventType } from "./contracts.ts";
import { type EventErrorCode, eventErrors } from "./errors.ts";
import type { Entry } from "./group-commit.ts";
import { shardOf } from "./inbox.ts";
import { limits } from "./limits.ts";
import { normaliseEvent, type RequestFacts } from "./normalise-event.ts";

export interface Rejection {
  readonly index: number;
  readonly code: EventErrorCode;
  readonly message: string;
}

export interface Checked {
  readonly entries: Entry[];
  readonly rejected: Rejection[];
}

export interface BodyFacts {
  readonly source: string;
  readonly receivedAt: number;
  readonly historical: boolean;
  readonly type: EventType | null;
  /** The body as text, for a cheap look at whether it may hold anything an engine refuses. */
  readonly text: string;
}

/** The events of a body (a batch or one event) checked one by one: a bad one never sinks its neighbours. */
export function checkEvents(body: JsonObject, events: readonly unknown[], facts: BodyFacts): Checked {
  const request: RequestFacts = {
    source: facts.source,
    receivedAt: facts.receivedAt,
    historical: facts.historical,
    type: facts.type,
    batchContext: facts.type === null && isJsonObject(body.context) ? body.context : null,
    batchSentAt: body.sentAt,
  };
  const suspicious = isSuspicious(facts.text);
  const entries: Entry[] = [];
  const rejected: Rejection[] = [];
  events.forEach((raw, index) => {
    const result = checkEvent(raw, request, suspicious);
    if (typeof result === "string") rejected.push({ index, code: result, message: eventErrors[result] });
    else entries.push(result);
  });
  return { entries, rejected };
}

function checkEvent(raw: unknown, request: RequestFacts, suspicious: boolean): Entry | EventErrorCode {
  if (isDeeper(raw, limits.depth)) return "too_deep";
  const bad = suspicious ? findBadText(raw) : null;
  if (bad) return bad;
  const event = normaliseEvent(raw, request);
  if (typeof event === "string") return event;
  const text = JSON.stringify(event);
  if (text.length > limits.eventBytes && Buffer.byteLength(text) > limits.eventBytes) return "event_too_large";
  return { shard: shardOf(event), text };
}
