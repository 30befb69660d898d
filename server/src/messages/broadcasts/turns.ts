import type { Schedule } from "./contracts.ts";

/** The zone that is first at any hour of the clock. */
const FIRST_ZONE = "Pacific/Kiritimati";

/** When a broadcast begins: at once, at its time, or when its hour comes anywhere on Earth. */
export function startOf(schedule: Schedule, now: Temporal.Instant): Temporal.Instant {
  if (schedule.kind === "now") return now;
  return schedule.kind === "at" ? Temporal.Instant.from(schedule.at) : localInstant(schedule.at, FIRST_ZONE);
}

/**
 * An hour of the clock in a zone. Where the clock skips it, the hour after the gap; where it comes twice, the first.
 */
export function localInstant(at: string, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(at).toZonedDateTime(zone, { disambiguation: "compatible" }).toInstant();
}

/** When this person's turn comes. */
export function turnOf(schedule: Schedule, zone: string, start: Temporal.Instant): Temporal.Instant {
  return schedule.kind === "local" ? localInstant(schedule.at, zone) : start;
}

/** How many may go now under a throttle, and up to when that uses it. What a stop has left unused does not pile up. */
export function allowance(
  perMinute: number,
  fedUntil: Temporal.Instant | null,
  now: Temporal.Instant,
): {
  readonly messages: number;
  /** Up to when so many use it. */
  readonly next: (used: number) => Temporal.Instant;
  /** When another may go after them. */
  readonly free: (used: number) => Temporal.Instant;
} {
  const perMs = perMinute / 60_000;
  // What goes in one breath is at most one second's worth, or one message.
  const most = Math.max(1_000, Math.ceil(1 / perMs));
  const from = Math.max(fedUntil?.epochMilliseconds ?? 0, now.epochMilliseconds - most);
  return {
    messages: Math.max(0, Math.floor((now.epochMilliseconds - from) * perMs + 1e-9)),
    next: (used) => Temporal.Instant.fromEpochMilliseconds(Math.round(from + used / perMs)),
    free: (used) => Temporal.Instant.fromEpochMilliseconds(Math.ceil(from + (used + 1) / perMs)),
  };
}
