interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * A bucket of events per key (of ours, so there are few): filled at a steady rate, never above its burst. While anything is in it a request is taken
 * whole and may leave it in debt, so that no batch is too large to ever get through.
 */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number | null, burst: number) {
    this.#perSecond = perSecond ?? Number.POSITIVE_INFINITY;
    this.#burst = burst;
  }

  /** Milliseconds until this key may send again; 0 when it may now. */
  waitMs(key: string, now: number): number {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return 0;
    const { tokens } = this.#bucket(key, now);
    return tokens > 0 ? 0 : Math.ceil(((1 - tokens) / this.#perSecond) * 1000);
  }

  take(key: string, events: number, now: number): void {
    if (this.#perSecond !== Number.POSITIVE_INFINITY) this.#bucket(key, now).tokens -= events;
  }

  #bucket(key: string, now: number): Bucket {
    const known = this.#buckets.get(key);
    if (!known) {
      const full = { tokens: this.#burst, filledAt: now };
      this.#buckets.set(key, full);
      return full;
    }
    if (now > known.filledAt) {
      known.tokens = Math.min(this.#burst, known.tokens + ((now - known.filledAt) / 1000) * this.#perSecond);
      known.filledAt = now;
    }
    return known;
  }
}
