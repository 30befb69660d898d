import type { During, PERIODS } from "../contracts.ts";
import { isDay } from "./times.ts";

/** From `from` (included) to `to` (excluded), in ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type Unit = "day" | "week" | "month" | "quarter" | "year";

/** The unit a word means and how many of them ago. */
export const WORDS: Readonly<Record<(typeof PERIODS)[number], { readonly unit: Unit; readonly ago: 0 | 1 }>> = {
  today: { unit: "day", ago: 0 },
  yesterday: { unit: "day", ago: 1 },
  this_week: { unit: "week", ago: 0 },
  last_week: { unit: "week", ago: 1 },
  this_month: { unit: "month", ago: 0 },
  last_month: { unit: "month", ago: 1 },
  this_quarter: { unit: "quarter", ago: 0 },
  last_quarter: { unit: "quarter", ago: 1 },
  this_year: { unit: "year", ago: 0 },
  last_year: { unit: "year", ago: 1 },
};

/** Gives the day, week, month … of a zone's calendar that an instant lies in. */
export type Calendar = (at: number) => Span;

/** Remembers the spans asked for last: nearly all events lie in the present one, and asking Temporal costs microseconds. */
export function createCalendar(unit: Unit, zone: string): Calendar {
  const held: Span[] = [];
  return (at) => {
    const known = held.find((span) => at >= span.from && at < span.to);
    if (known) return known;
    const span = spanAt(unit, zone, at);
    if (held.push(span) > MOST_HELD) held.shift();
    return span;
  };
}

/** The present period, the ones beside it, and one for a late event. */
const MOST_HELD = 5;

function spanAt(unit: Unit, zone: string, at: number): Span {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const first = firstDay(unit, today);
  const next = first.add(ONE[unit]);
  const span = { from: startOf(first, zone), to: startOf(next, zone) };
  // Where clocks are set back over midnight, the hour that comes twice belongs to the day that has begun already.
  return at < span.to ? span : { from: span.to, to: startOf(next.add(ONE[unit]), zone) };
}

const ONE = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

/** Weeks begin on Monday. */
function firstDay(unit: Unit, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (unit) {
    case "day":
      return day;
    case "week":
      return day.subtract({ days: day.dayOfWeek - 1 });
    case "month":
      return day.with({ day: 1 });
    case "quarter":
      return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
    case "year":
      return day.with({ month: 1, day: 1 });
  }
}

/** The first instant of a day, which is not midnight where clocks are put forward then. */
function startOf(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
}

const heldDays = new Map<string, Span>();
/** The birthdays of six years in one zone. */
const MOST_DAYS = 2_200;

/** A day from its first instant in the zone to the first of the next. Remembered: many people share a birthday. */
export function spanOfDay(day: Temporal.PlainDate, zone: string): Span {
  const name = `${day.toString()} ${zone}`;
  const known = heldDays.get(name);
  if (known) return known;
  const span = { from: startOf(day, zone), to: startOf(day.add(ONE.day), zone) };
  if (heldDays.size >= MOST_DAYS) heldDays.clear();
  heldDays.set(name, span);
  return span;
}

/** A date (its first instant in the zone) or an instant that has been checked, in ms. */
export function momentOf(text: string, zone: string): number {
  return isDay(text) ? startOf(Temporal.PlainDate.from(text), zone) : Date.parse(text);
}

/** The span that is meant at `now`. */
export function spanOf(during: During, zone: string, now: number): Span {
  if (typeof during !== "string") return { from: momentOf(during.from, zone), to: momentOf(during.until, zone) };
  const { unit, ago } = WORDS[during];
  const present = spanAt(unit, zone, now);
  return ago === 0 ? present : spanAt(unit, zone, present.from - 1);
}

/** When the present has to be for an instant to be in what the word means. */
export function whileIn(at: number, during: keyof typeof WORDS, zone: string): Span {
  const { unit, ago } = WORDS[during];
  const own = spanAt(unit, zone, at);
  return ago === 0 ? own : spanAt(unit, zone, own.to);
}

/** The zone of a condition; one that has been written out names it. */
export function zoneOf(condition: { readonly zone?: string | undefined }): string {
  return condition.zone ?? "UTC";
}
