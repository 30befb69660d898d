import { z } from "zod";

import type { Clock } from "../clock.ts";
import type { Db } from "../db.ts";
import { createDueLoop } from "../due-loop.ts";
import type { Log } from "../log.ts";
import { manage } from "../principal.ts";
import type { Room } from "../room.ts";
import type { Secrets } from "../secrets.ts";
import type { SealedPlace } from "./sealed-place.ts";

export interface SealingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn">;
  readonly secrets: Secrets;
}

export interface Sealing extends Room {
  /** Seals all by the newest key, beginning where it was broken off: what is sealed by it already is passed over. */
  resealAll(signal?: AbortSignal): Promise<void>;
}

const sealingView = z.object({
  /** The key that seals, by the name it has where it must not be said; `root` for the first one. */
  key: z.string(),
  /** How many texts older keys have sealed, by place. */
  left: z.record(z.string(), z.int()),
  left_total: z.int(),
});

/** After a change of the sealing key the worker seals anew what older ones have sealed, once per start. */
export function createSealing(deps: SealingDeps, places: readonly SealedPlace[]): Sealing {
  const { db, clock, log, secrets } = deps;
  const resealAll = async (signal?: AbortSignal) => {
    for (const place of places) {
      let after: string | null = null;
      do after = await place.reseal(db, secrets, after);
      while (after !== null && !signal?.aborted);
    }
  };
  let isDone = false;
  const loop = createDueLoop({
    clock,
    async work(signal) {
      if (isDone) return;
      await resealAll(signal);
      isDone = true;
    },
    nextDue: async () => null,
    onWake: () => () => {},
    onError: (error) => log.warn({ err: error }, "texts could not be sealed anew; trying again"),
  });
  return {
    resealAll,
    async start() {
      loop.start();
    },
    stop: () => loop.stop(),
    routes(app) {
      app.get("/v1/sealing", { config: { access: manage }, schema: { response: { 200: sealingView } } }, async () => {
        const counts = await Promise.all(
          places.map(async (place) => [place.name, await place.count(db, secrets)] as const),
        );
        const key = secrets.sealMark === "" ? "root" : secrets.sealMark.slice(0, -1);
        return { key, left: Object.fromEntries(counts), left_total: counts.reduce((sum, [, n]) => sum + n, 0) };
      });
    },
  };
}
