import { DAYS } from "../contracts.ts";

type Stretches = readonly (readonly [string, string])[];

/** When a store is open, as the catalogue keeps it. */
export interface Opening {
  readonly timezone: string;
  /** Local times per weekday; one that ends before it begins ends the next day. */
  readonly hours: Readonly<Partial<Record<(typeof DAYS)[number], Stretches>>>;
  /** Days that are not as their weekday says. */
  readonly exceptions?: Readonly<Record<string, Stretches>>;
}

export type Stretch = readonly [opens: Temporal.Instant, closes: Temporal.Instant];

/** A store that is not open within so many days is taken for closed. */
const MOST_DAYS = 15;

/** The stretches in which a store is open and that have not ended, from the one under way on, for two weeks. */
export function* openStretches(opening: Opening, from: Temporal.Instant): Generator<Stretch> {
  const today = from.toZonedDateTimeISO(opening.timezone).toPlainDate();
  for (let day = -1; day < MOST_DAYS; day++) {
    for (const stretch of stretchesOf(opening, today.add({ days: day }))) {
      if (Temporal.Instant.compare(stretch[1], from) > 0) yield stretch;
    }
  }
}

/** Whether a store is open, and when that changes next; null: not within two weeks. */
export function openNow(
  opening: Opening,
  now: Temporal.Instant,
): { isOpen: boolean; changesAt: Temporal.Instant | null } {
  let until: Temporal.Instant | null = null;
  for (const [opens, closes] of openStretches(opening, now)) {
    const begins = until ?? now;
    // One that begins where the last one ends goes on with it.
    if (Temporal.Instant.compare(opens, begins) > 0) {
      return until === null ? { isOpen: false, changesAt: opens } : { isOpen: true, changesAt: until };
    }
    until = until !== null && Temporal.Instant.compare(until, closes) > 0 ? until : closes;
  }
  return { isOpen: until !== null, changesAt: until };
}

function stretchesOf({ hours, exceptions, timezone }: Opening, date: Temporal.PlainDate): Stretch[] {
  const day = DAYS[date.dayOfWeek - 1];
  const told: Stretches = exceptions?.[date.toString()] ?? (day ? (hours[day] ?? []) : []);
  return told
    .map(
      ([from, to]): Stretch => [at(date, from, timezone), at(to <= from ? date.add({ days: 1 }) : date, to, timezone)],
    )
    .sort(([a], [b]) => Temporal.Instant.compare(a, b));
}

function at(date: Temporal.PlainDate, time: string, timezone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}
