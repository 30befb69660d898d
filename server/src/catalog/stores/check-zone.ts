import { refuse } from "../errors.ts";

export function checkZone(zone: string, path: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw refuse("unknown_zone", `${zone} is not an IANA time zone.`, [{ path, message: "not an IANA zone" }]);
  }
}
