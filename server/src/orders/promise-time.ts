import { type Opening, openStretches } from "../catalog/index.ts";

/**
 * When something that takes so many minutes will be ready: within the opening hours of one stretch, in the store's own
 * zone, holidays heeded. Ordered half an hour before closing with two hours of work, it is the next opening plus two
 * hours. A stretch too short for the work goes on to its end. Null: the store does not open.
 */
export function promiseTime(store: Opening, now: Temporal.Instant, minutes: number): Temporal.Instant | null {
  for (const [opens, closes] of openStretches(store, now)) {
    const isOpen = Temporal.Instant.compare(opens, now) <= 0;
    const ready = (isOpen ? now : opens).add({ minutes });
    if (Temporal.Instant.compare(ready, closes) <= 0) return ready;
    // Work that no stretch is long enough for must still end.
    if (!isOpen) return closes;
  }
  return null;
}
