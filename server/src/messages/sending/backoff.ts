/** Waits between tries, in minutes. After the last one, about two days in, the message has failed. */
const MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440];

/** When to try again after `attempts` tries; null when there have been enough. */
export function nextTry(now: Temporal.Instant, attempts: number): Temporal.Instant | null {
  const minutes = MINUTES[attempts - 1];
  return minutes === undefined ? null : now.add({ minutes });
}
