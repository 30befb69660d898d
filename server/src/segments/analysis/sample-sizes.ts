import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import type { Log } from "../../platform/log.ts";
import { sampleSizes, thinSamples, trySamplerLock } from "../queries/sizes.pg.ts";

const EVERY = { minutes: 1 } as const;
/** Every minute for two days, every hour for three months, every day for ever. */
const MINUTES_KEPT = { hours: 48 } as const;
const HOURS_KEPT = { hours: 24 * 90 } as const;

/** Writes the sizes down once a minute, as far as they have changed, and thins out what is old once a day. */
export class SizeSampler {
  readonly #db: Db;
  readonly #clock: Clock;
  #next: Temporal.Instant;
  #thinned: string | null = null;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#next = clock.now();
  }

  get nextDue(): string {
    return this.#next.toString();
  }

  async work(): Promise<void> {
    const now = this.#clock.now();
    if (Temporal.Instant.compare(now, this.#next) < 0) return;
    this.#next = now.add(EVERY);
    const day = now.toString().slice(0, 10);
    await inTransaction(this.#db, async (tx) => {
      if (!(await trySamplerLock(tx))) return;
      await sampleSizes(tx, now.toString());
      if (this.#thinned === day) return;
      await thinSamples(tx, "hour", now.subtract(MINUTES_KEPT).toString());
      await thinSamples(tx, "day", now.subtract(HOURS_KEPT).toString());
    });
    this.#thinned = day;
  }
}

/** The sampler at work, for the worker part. */
export function createSampling(deps: { readonly db: Db; readonly clock: Clock; readonly log: Log }): DueLoop {
  const sizes = new SizeSampler(deps.db, deps.clock);
  return createDueLoop({
    clock: deps.clock,
    work: () => sizes.work(),
    nextDue: async () => sizes.nextDue,
    // Nobody waits for a sample.
    onWake: () => () => {},
    onError: (error) => deps.log.error({ err: error }, "sizes of segments could not be written down; trying again"),
  });
}
