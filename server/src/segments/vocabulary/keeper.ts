import type { Clock } from "../../platform/clock.ts";

interface Kept<T> {
  readonly until: number;
  readonly answer: Promise<T>;
}

/** Keeps answers for a while, the `most` last asked for; who asks for the same at once waits for the same answer. */
export class Keeper<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #clock: Clock;
  readonly #options: { readonly forMs: number; readonly most: number };

  constructor(clock: Clock, options: { readonly forMs: number; readonly most: number }) {
    this.#clock = clock;
    this.#options = options;
  }

  /** What is kept under the key, or what `find` gives. A failure is not kept. */
  get(key: string, find: () => Promise<T>): Promise<T> {
    const now = this.#clock.now().epochMilliseconds;
    const found = this.#kept.get(key);
    this.#kept.delete(key);
    const kept = found && found.until > now ? found : { until: now + this.#options.forMs, answer: find() };
    this.#kept.set(key, kept);
    kept.answer.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#options.most && oldest !== undefined) this.#kept.delete(oldest);
    return kept.answer;
  }
}
