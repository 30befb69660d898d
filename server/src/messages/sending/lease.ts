/** Longer than the slowest mail server is waited for; after a crash the message is taken up again this much later. */
const LEASE = { minutes: 5 };

export function leaseUntil(now: Temporal.Instant): string {
  return now.add(LEASE).toString();
}
