/** The only source of time. Whatever waits or stamps takes a `Clock`; our SQL never says `now()`. */
export interface Clock {
  now(): Temporal.Instant;
  /** Resolves once `now()` has reached `instant`; resolves early, never rejects, when `signal` aborts. */
  sleepUntil(instant: Temporal.Instant, signal?: AbortSignal): Promise<void>;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  async sleepUntil(instant, signal) {
    for (;;) {
      const ms = instant.epochMilliseconds - Date.now();
      if (ms <= 0 || signal?.aborted) return;
      await pause(Math.min(ms, LONGEST_TIMER_MS), signal);
    }
  },
};

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  #now: Temporal.Instant;
  readonly #sleepers = new Set<{ due: Temporal.Instant; wake: () => void }>();

  constructor(start: Temporal.Instant | string) {
    this.#now = Temporal.Instant.from(start);
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  sleepUntil(instant: Temporal.Instant, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || Temporal.Instant.compare(instant, this.#now) <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = {
        due: instant,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake, { once: true });
    });
  }

  advance(duration: Temporal.DurationLike | string): void {
    this.set(this.#now.toZonedDateTimeISO("UTC").add(duration).toInstant());
  }

  set(instant: Temporal.Instant): void {
    if (Temporal.Instant.compare(instant, this.#now) < 0) throw new RangeError("a clock does not run backwards");
    this.#now = instant;
    for (const sleeper of [...this.#sleepers]) {
      if (Temporal.Instant.compare(sleeper.due, instant) <= 0) sleeper.wake();
    }
  }
}
