import type { Clock } from "../../platform/clock.ts";
import type { Counted } from "./counting.ts";

/** A count and the moment for which it is right. */
export interface CountedAt extends Counted {
  /** In ms. */
  readonly at: number;
}

interface Shared {
  readonly answer: Promise<CountedAt>;
  readonly gone: AbortController;
  waiting: number;
}

/**
 * Whoever asks for what is being counted just now gets the same answer, and the moment for which it is right. A count is
 * given up when the last of those who wait for it has gone. Nothing is kept: the next to ask sees what has happened since.
 */
export class SharedCounts {
  readonly #counts = new Map<string, Shared>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The count under way that is known by this text, or the one that `make` makes. */
  async get(
    text: string,
    signal: AbortSignal,
    make: (now: number, signal: AbortSignal) => Promise<Counted>,
  ): Promise<CountedAt> {
    signal.throwIfAborted();
    const shared = this.#counts.get(text) ?? this.#begin(text, make);
    shared.waiting++;
    const left = Promise.withResolvers<never>();
    const leave = () => {
      left.reject(signal.reason);
      if (--shared.waiting > 0) return;
      this.#forget(text, shared);
      shared.gone.abort(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([shared.answer, left.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  #begin(text: string, make: (now: number, signal: AbortSignal) => Promise<Counted>): Shared {
    const at = this.#clock.now().epochMilliseconds;
    const gone = new AbortController();
    const answer = make(at, gone.signal).then((counted) => ({ ...counted, at }));
    const shared: Shared = { answer, gone, waiting: 0 };
    this.#counts.set(text, shared);
    const forget = () => this.#forget(text, shared);
    answer.then(forget, forget);
    return shared;
  }

  #forget(text: string, shared: Shared): void {
    if (this.#counts.get(text) === shared) this.#counts.delete(text);
  }
}
