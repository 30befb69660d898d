import type { Random } from "../random.ts";
import type { Place } from "./places.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Share of visits by local hour, 0 to 23: lunch breaks and evenings on the web, opening hours in a store. */
const WEB_HOURS = [3, 1, 1, 1, 1, 1, 2, 4, 6, 7, 8, 9, 11, 10, 8, 8, 8, 8, 9, 11, 14, 16, 13, 7];
const STORE_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 6, 8, 9, 8, 9, 10, 11, 11, 9, 4, 0, 0, 0];
/** Monday to Sunday, both. */
const WEEKDAYS = [9, 9, 9, 10, 12, 14, 13];
/** Relative trade by month, January first: sales in January and July, and the weeks before the new year. */
const MONTHS = [11, 8, 8, 9, 10, 9, 10, 8, 9, 10, 14, 15];

/** Moves an instant to an hour at which people visit, on the same local day; sometimes to a busier day of the week. */
export function atBusyHour(random: Random, at: number, place: Place, kind: "web" | "store"): number {
  const offset = place.offset * HOUR;
  const day = Math.floor((at + offset) / DAY);
  // 1 January 1970 was a Thursday.
  const weekday = (day + 3) % 7;
  const shift = random.chance(0.5) ? 0 : random.weighted(WEEKDAYS) - weekday;
  const hour = random.weighted(kind === "web" ? WEB_HOURS : STORE_HOURS);
  return (day + shift) * DAY + hour * HOUR + random.next() * HOUR - offset;
}

/** An instant between the two, likelier in the months of good trade and later in the year of a growing shop. */
export function inSeason(random: Random, from: number, to: number): number {
  for (let tries = 0; ; tries++) {
    const share = random.next();
    const at = from + share * (to - from);
    const weight = ((MONTHS[new Date(at).getUTCMonth()] ?? 10) / 15) * (0.7 + 0.3 * share);
    if (tries > 20 || random.chance(weight)) return at;
  }
}
