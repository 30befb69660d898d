/** The next moment at or after `from` at which it is `at` o'clock on one of these weekdays (1 is Monday) in the zone. */
export function nextLocal(
  from: Temporal.Instant,
  at: string,
  weekdays: readonly number[] | undefined,
  timeZone: string,
): Temporal.Instant {
  const today = from.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let days = 0; ; days++) {
    const date = today.add({ days });
    if (weekdays && weekdays.length > 0 && !weekdays.includes(date.dayOfWeek)) continue;
    const moment = localMoment(date, at, timeZone);
    if (Temporal.Instant.compare(moment, from) >= 0) return moment;
  }
}

/** A time that a night of daylight saving leaves out is taken as far after the gap; of one that comes twice the first. */
export function localMoment(date: Temporal.PlainDate, at: string, timeZone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).toInstant();
}

/** The day of a value: a date as it stands, an instant as the day it is in the zone; null for anything else. */
export function dayOf(value: unknown, timeZone: string): Temporal.PlainDate | null {
  if (typeof value !== "string") return null;
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!date) return null;
  try {
    return value.length > 10 && /[Zz]|[+-]\d{2}:?\d{2}$/.test(value)
      ? Temporal.Instant.from(value).toZonedDateTimeISO(timeZone).toPlainDate()
      : Temporal.PlainDate.from(value.slice(0, 10));
  } catch {
    return null;
  }
}

/** The day in that year; 29 February falls on its neighbour where the year has none. */
export function dayInYear(day: Temporal.PlainDate, year: number, feb29: "feb28" | "mar1"): Temporal.PlainDate {
  const isLeapDay = day.month === 2 && day.day === 29;
  const leaps = Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
  if (!isLeapDay || leaps) return Temporal.PlainDate.from({ year, month: day.month, day: day.day });
  return feb29 === "mar1"
    ? Temporal.PlainDate.from({ year, month: 3, day: 1 })
    : Temporal.PlainDate.from({ year, month: 2, day: 28 });
}

/** An instant as it is said where somebody lives. */
export function localTimeOf(at: Temporal.Instant, zone: string): { at: string; zone: string } {
  return { at: at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" }), zone };
}
