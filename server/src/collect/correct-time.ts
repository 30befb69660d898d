const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** Digits of an epoch in milliseconds; in seconds there are three fewer. */
const EPOCH_MS_FROM = 1e11;

/** Milliseconds since 1970 of what clients send as a time: RFC 3339, a bare local time taken as UTC, or an epoch number. */
export function readTime(value: unknown): number | null {
  if (typeof value === "number" && Number.isFinite(value) && value > 0)
    return value < EPOCH_MS_FROM ? value * 1000 : Math.trunc(value);
  if (typeof value !== "string") return null;
  const match = ISO.exec(value.trim());
  if (!match) return null;
  const ms = Date.parse(match[1] || value.trim().length === 10 ? value.trim() : `${value.trim().replace(" ", "T")}Z`);
  return Number.isNaN(ms) ? null : ms;
}

export interface ClientTimes {
  readonly timestamp: number | null;
  readonly originalTimestamp: number | null;
  readonly sentAt: number | null;
}

/**
 * When it happened by our clock: `receivedAt - (sentAt - original)`, as Segment documents it. Rudder's clients send
 * `originalTimestamp` always and `timestamp` only when the caller set it: then it is taken as it is. Never after receipt.
 */
export function correctTime(times: ClientTimes, receivedAt: number): number {
  return Math.min(uncapped(times, receivedAt), receivedAt);
}

function uncapped({ timestamp, originalTimestamp, sentAt }: ClientTimes, receivedAt: number): number {
  if (originalTimestamp !== null && timestamp !== null) return timestamp;
  const original = originalTimestamp ?? timestamp;
  if (original === null) return receivedAt;
  const corrected = sentAt === null ? original : receivedAt - (sentAt - original);
  // A time of sending that lands before 1970 is none.
  return corrected < 0 ? original : corrected;
}
