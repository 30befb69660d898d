import type { Clock } from "../platform/clock.ts";
import type { Period } from "./queries/person.ts";

const BEGINNING = "1970-01-01T00:00:00.000Z";

/** The last so many days of 24 hours up to now; all time when no number is given. */
export function periodOf(clock: Clock, days: number | undefined): Period {
  const now = clock.now();
  const from = days === undefined ? BEGINNING : now.subtract({ hours: 24 * days }).toString(MILLISECONDS);
  return { from, to: now.toString(MILLISECONDS) };
}

const MILLISECONDS = { smallestUnit: "millisecond" } as const;
