import type { Outcome } from "../channels/adapter.ts";
import { limitMs } from "./backoff.ts";

/** So many refusals in a row, over all messages, and it is the provider that is away, not a message that is wrong. */
const IN_A_ROW = 8;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

/**
 * How a queue's provider does. One that has had enough, or that fails for message after message, is left alone for a
 * while: what waits keeps its tries, and no hand waits for time-outs.
 */
export class WayOut {
  #failures = 0;
  #rests = 0;
  #restsUntil: Temporal.Instant | null = null;

  note(outcome: Outcome, now: Temporal.Instant): void {
    if (outcome.kind === "limited") {
      this.#restsUntil = later(this.#restsUntil, now.add({ milliseconds: limitMs(outcome) }));
    } else if (outcome.kind === "transient") {
      this.#failures += 1;
      if (this.#failures < IN_A_ROW) return;
      // One message is let through after each rest; if it fails too, the next rest is twice as long.
      this.#failures = IN_A_ROW - 1;
      const ms = Math.min(FIRST_REST_MS * 2 ** this.#rests++, LONGEST_REST_MS);
      this.#restsUntil = later(this.#restsUntil, now.add({ milliseconds: ms }));
    } else {
      this.#failures = 0;
      this.#rests = 0;
    }
  }

  /** Until when nothing is sent; null when it works. */
  restsUntil(now: Temporal.Instant): Temporal.Instant | null {
    if (this.#restsUntil !== null && Temporal.Instant.compare(this.#restsUntil, now) <= 0) this.#restsUntil = null;
    return this.#restsUntil;
  }
}

function later(a: Temporal.Instant | null, b: Temporal.Instant): Temporal.Instant {
  return a !== null && Temporal.Instant.compare(a, b) > 0 ? a : b;
}
