/** Longer than the slowest mail server is waited for; after a crash the message is taken up again this much later. */
const LEASE = { minutes: 5 };
/** With less than this left, a message is not handed to a provider on the old lease. */
const SHORT_MS = 120_000;

export function leaseUntil(now: Temporal.Instant): Temporal.Instant {
  return now.add(LEASE);
}

export function isLeaseShort(until: Temporal.Instant, now: Temporal.Instant): boolean {
  return until.epochMilliseconds - now.epochMilliseconds < SHORT_MS;
}
