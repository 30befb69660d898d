import { hash } from "node:crypto";

import type { Outcome } from "../channels/adapter.ts";

/** Waits between tries, in minutes. After the last one, about two days in, the message has failed. */
const MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440];
/** What a provider that has had enough is given when it does not say how long. */
const LIMITED_MS = 30_000;
const LONGEST_LIMIT_MS = 60 * 60_000;
/** What failed together must not come back together: up to so much later. */
const SPREAD = 0.2;

/** When to try again after `attempts` tries; null when there have been enough. A limit is no try. */
export function nextTry(
  now: Temporal.Instant,
  attempts: number,
  outcome: Extract<Outcome, { kind: "transient" | "limited" }>,
  id: string,
): Temporal.Instant | null {
  if (outcome.kind === "limited") return now.add({ milliseconds: Math.round(limitMs(outcome) * (1 + spreadOf(id))) });
  const minutes = MINUTES[attempts - 1];
  return minutes === undefined ? null : now.add({ seconds: Math.round(minutes * 60 * (1 + spreadOf(id))) });
}

/** For how long an account that has had enough is left alone. */
export function limitMs(outcome: Extract<Outcome, { kind: "limited" }>): number {
  return Math.min(Math.max(outcome.retryAfterMs ?? LIMITED_MS, 1_000), LONGEST_LIMIT_MS);
}

/** Of one message always the same, so that a test and a second look agree. */
function spreadOf(id: string): number {
  return (hash("md5", id, "buffer").readUInt16BE(0) / 0xffff) * SPREAD;
}
