import type { FieldCode } from "../field-problems.ts";

/** Ten years: a window of a hundred is a slip of the hand. */
export const MAX_WINDOW_MS = 3_660 * 86_400_000;
export const DAY_MS = 86_400_000;

const DURATION =
  /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;

/** The length of a window in ms; a day is 24 hours, so months and years, which have no fixed length, are refused. */
export function windowMs(text: string): { readonly ms: number } | { readonly problem: FieldCode } {
  const match = DURATION.exec(text);
  if (!match || text === "P") return { problem: "bad_duration" };
  const [, years, months, weeks, days, hours, minutes, seconds] = match;
  if (years !== undefined || months !== undefined) return { problem: "no_fixed_length" };
  const whole = Number(weeks ?? 0) * 7 + Number(days ?? 0);
  const ms =
    whole * DAY_MS + Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * 1000;
  if (ms <= 0) return { problem: "empty_window" };
  if (ms > MAX_WINDOW_MS) return { problem: "window_too_long" };
  return { ms };
}

/** The same for a definition that has been checked. */
export function checkedWindowMs(text: string): number {
  const read = windowMs(text);
  if ("problem" in read) throw new TypeError(`unchecked window ${text}`);
  return read.ms;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAY = /^(?:--)?(\d{2})-(\d{2})$/;

/** RFC 3339 with a zone. Years 1900 to 2299: beyond them ClickHouse's DateTime64 cannot follow. */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  return match !== null && isDay(match[1] ?? "");
}

export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const year = Number(match[1]);
  return year >= 1900 && year <= 2299 && isDate(year, Number(match[2]), Number(match[3]));
}

/** ms since 1970 of a date (its midnight in UTC) or an instant; null for any other text. */
export function instantOf(text: string): number | null {
  if (isDay(text) || isInstant(text)) return Date.parse(text);
  return null;
}

/** Month and day of a birthday: a date, an instant (its UTC day), "--03-09" or "03-09". */
export function monthDayOf(text: string): { readonly month: number; readonly day: number } | null {
  const bare = MONTH_DAY.exec(text);
  if (bare) {
    const [month, day] = [Number(bare[1]), Number(bare[2])];
    return isDate(2000, month, day) ? { month, day } : null;
  }
  const ms = instantOf(text);
  if (ms === null) return null;
  const date = new Date(ms);
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day of the anniversary in `year`; 29 February is kept on the 28th in years without it. */
export function anniversaryIn(of: { readonly month: number; readonly day: number }, year: number): Temporal.PlainDate {
  const day = of.month === 2 && of.day === 29 && !isDate(year, 2, 29) ? 28 : of.day;
  return new Temporal.PlainDate(year, of.month, day);
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
