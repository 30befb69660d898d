/**
 * Until when something may be brought back: the end of the last day, inclusive, in the zone of the place. It begins
 * when the goods were handed over or delivered, never with the order; null: it has not begun.
 */
export function returnUntil(arrivedAt: string, days: number, zone: string): Temporal.Instant;
export function returnUntil(arrivedAt: string | null, days: number, zone: string): Temporal.Instant | null;
export function returnUntil(arrivedAt: string | null, days: number, zone: string): Temporal.Instant | null {
  if (arrivedAt === null) return null;
  const last = Temporal.Instant.from(arrivedAt).toZonedDateTimeISO(zone).toPlainDate().add({ days });
  return last.add({ days: 1 }).toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 });
}
