import { RRuleTemporal } from "rrule-temporal";

import type { Entry } from "../contracts.ts";

type Schedule = Extract<Entry, { kind: "schedule" }>;

/** More often than this nobody means it. */
const LEAST_MS = 10 * 60_000;

/** The first time strictly after `after` that a schedule names; null when there is none any more. */
export function nextOccurrence(entry: Schedule, after: Temporal.Instant): Temporal.Instant | null {
  const first = firstOf(entry);
  if (Temporal.Instant.compare(first.toInstant(), after) > 0) return first.toInstant();
  if (entry.rrule === undefined) return null;
  return ruleOf(entry, first).next(after.toZonedDateTimeISO(entry.zone))?.toInstant() ?? null;
}

/** What is wrong with a schedule; null for nothing. */
export function scheduleProblem(entry: Schedule): string | null {
  try {
    const first = firstOf(entry).toInstant();
    if (entry.rrule === undefined) return null;
    const second = nextOccurrence(entry, first);
    const isTooOften = second !== null && second.epochMilliseconds - first.epochMilliseconds < LEAST_MS;
    return isTooOften ? "more often than every ten minutes" : null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : "not a rule";
  }
}

function firstOf({ starts, zone }: Schedule): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(starts).toZonedDateTime(zone);
}

function ruleOf({ rrule = "", zone }: Schedule, dtstart: Temporal.ZonedDateTime) {
  return new RRuleTemporal({
    rruleString: `RRULE:${rrule.replace(/^RRULE:/i, "")}`,
    dtstart,
    tzid: zone,
    strict: true,
    temporal: Temporal,
    maxIterations: 20_000,
  });
}
