/** Local opening times per weekday, as the catalogue keeps them; one that ends before it begins ends the next day. */
export type Hours = Readonly<Partial<Record<(typeof DAYS)[number], readonly (readonly [string, string])[]>>>;

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** A store that is not open within so many days promises nothing. */
const MOST_DAYS = 15;

/**
 * When something that takes so many minutes will be ready: within the opening hours of one stretch, in the store's own
 * zone. Ordered half an hour before closing with two hours of work, it is the next opening plus two hours. A stretch
 * too short for the work goes on to its end. Null: the store does not open.
 */
export function promiseTime(
  { hours, timezone }: { readonly hours: Hours; readonly timezone: string },
  now: Temporal.Instant,
  minutes: number,
): Temporal.Instant | null {
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  for (let day = -1; day < MOST_DAYS; day++) {
    for (const [opens, closes] of stretchesOf(hours, timezone, today.add({ days: day }))) {
      if (Temporal.Instant.compare(closes, now) <= 0) continue;
      const isOpen = Temporal.Instant.compare(opens, now) <= 0;
      const ready = (isOpen ? now : opens).add({ minutes });
      if (Temporal.Instant.compare(ready, closes) <= 0) return ready;
      // Work that no stretch is long enough for must still end.
      if (!isOpen) return closes;
    }
  }
  return null;
}

function stretchesOf(hours: Hours, timezone: string, date: Temporal.PlainDate): [Temporal.Instant, Temporal.Instant][] {
  const day = DAYS[date.dayOfWeek - 1];
  return (day ? (hours[day] ?? []) : [])
    .map(([from, to]): [Temporal.Instant, Temporal.Instant] => [
      at(date, from, timezone),
      at(to <= from ? date.add({ days: 1 }) : date, to, timezone),
    ])
    .sort(([a], [b]) => Temporal.Instant.compare(a, b));
}

function at(date: Temporal.PlainDate, time: string, timezone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}
