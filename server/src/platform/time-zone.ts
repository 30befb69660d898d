const MOST_KNOWN = 2_000;
const known = new Map<string, boolean>();

/** Whether this runtime knows the IANA zone. */
export function isZone(zone: string): boolean {
  const before = known.get(zone);
  if (before !== undefined) return before;
  // Clients send what they like; what does not fit is asked anew.
  const answer = ask(zone);
  if (known.size < MOST_KNOWN && zone.length <= 60) known.set(zone, answer);
  return answer;
}

function ask(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).epochMilliseconds === 0;
  } catch {
    return false;
  }
}
