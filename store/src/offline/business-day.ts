/** What is sold until four in the morning belongs to the day before. */
const DAY_ENDS_H = 4;

/** The store's own day, which a late sale after midnight still belongs to: `2026-11-26`. */
export function businessDay(at: Date, timeZone: string): string {
  const shifted = new Date(at.getTime() - DAY_ENDS_H * 3_600_000);
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(shifted);
}
