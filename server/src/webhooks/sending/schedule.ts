const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Waits between tries in seconds, as Standard Webhooks has them; after the last, three days in, it has failed. */
const WAITS = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/** So much longer at most, by chance: what failed together must not come again together. */
const JITTER = 0.2;
/** Longer is not waited because a receiver says so. */
const LONGEST_ASKED = 24 * HOUR;

/** How long an endpoint in trouble is left alone, in seconds, round by round. */
export const RESTS = [5, 20, 80, 5 * MINUTE];
/** Failing for so long, without one success, an endpoint is disabled. */
export const GIVE_UP = { hours: 5 * 24 };

/** When to try again after so many tries; null when there have been enough. `askedFor`: what `Retry-After` says. */
export function nextTry(
  now: Temporal.Instant,
  attempts: number,
  askedFor: Temporal.Instant | null,
  random: () => number = Math.random,
): Temporal.Instant | null {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return null;
  const due = now.add({ milliseconds: Math.round(wait * (1 + random() * JITTER) * 1000) });
  return askedFor && Temporal.Instant.compare(askedFor, due) > 0 ? askedFor : due;
}

/** The moment a `Retry-After` means: seconds or a date. Null when there is none, it makes no sense or lies behind us. */
export function readRetryAfter(header: string | undefined, now: Temporal.Instant): Temporal.Instant | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,9}$/.test(header.trim())
    ? Number(header)
    : Math.ceil((Date.parse(header) - now.epochMilliseconds) / 1000);
  return seconds > 0 ? now.add({ seconds: Math.min(seconds, LONGEST_ASKED) }) : null;
}
