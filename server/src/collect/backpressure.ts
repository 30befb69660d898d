import type { Db } from "../platform/db.ts";
import { defaultIntake } from "../platform/intake-settings.ts";
import { inboxState } from "./inbox.ts";

const LOOK_EVERY_MS = 1_000;

/** Knows, at most a second late, whether the inbox has grown past its bound. Looks only while requests come. */
export class Backpressure {
  readonly #db: Db;
  readonly #most: number;
  readonly #now: () => number;
  #full = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking = false;

  constructor(db: Db, most: number = defaultIntake.inboxEvents, now: () => number = () => performance.now()) {
    this.#db = db;
    this.#most = most;
    this.#now = now;
  }

  isFull(): boolean {
    if (!this.#looking && this.#now() - this.#lookedAt > LOOK_EVERY_MS) {
      this.#looking = true;
      inboxState(this.#db)
        .then(
          (state) => {
            this.#full = state.events > this.#most;
          },
          () => {
            // The database is away: the append itself will say so.
          },
        )
        .finally(() => {
          this.#looking = false;
          this.#lookedAt = this.#now();
        });
    }
    return this.#full;
  }
}
