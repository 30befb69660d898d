import type { Bus } from "../platform/bus.ts";
import type { Tx } from "../platform/db.ts";
import { hasEndpoints } from "./queries/endpoints.pg.ts";

/** A notice can be lost with a connection: look again after this long, in real time. */
const BELIEVED_MS = 10_000;

/** Whether anybody wants to be told anything; most installations have no endpoint, and their batches must not pay for one. */
export class Presence {
  #isAnybody = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(bus: Bus) {
    const forget = () => {
      this.#askedAt = Number.NEGATIVE_INFINITY;
    };
    bus.onChange((changes) => {
      if (changes.some(({ topic, what }) => topic === "webhook" && what.includes("count"))) forget();
    });
    bus.onGap(forget);
  }

  async isAnybody(tx: Tx): Promise<boolean> {
    if (performance.now() - this.#askedAt > BELIEVED_MS) {
      const askedAt = performance.now();
      this.#isAnybody = await hasEndpoints(tx);
      this.#askedAt = askedAt;
    }
    return this.#isAnybody;
  }
}
