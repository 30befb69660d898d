import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { type EngagementDoors, makeEngagement } from "./engagement/make-engagement.ts";
import { loadDemoCatalogue } from "./load-catalogue.ts";
import { loadPeople, type OnProgress } from "./load-people.ts";
import { beginLoad, finishLoad, noteMade } from "./queries/load.pg.ts";

export interface DemoDeps extends EngagementDoors {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  recomputeScores(): Promise<void>;
}

export interface Demo {
  /** Fills an empty installation; goes on after any end, and does nothing when it is full. Stops at `signal`. */
  load(onProgress: OnProgress, signal: AbortSignal): Promise<void>;
}

const SEED = "kilim";
export const DEMO_PEOPLE = 5_000;
/** Nobody of the demo did anything in the last two hours, so that no cart of theirs comes of age while it loads. */
const QUIET = { hours: 2 };

export function createDemo(deps: DemoDeps, people = DEMO_PEOPLE): Demo {
  return {
    async load(onProgress, signal) {
      const { db, clock } = deps;
      const until = clock.now().subtract(QUIET).toString();
      const load = await beginLoad(db, { seed: SEED, people, until });
      if (load.finished_at !== null) return;
      await inTransaction(db, (tx) => loadDemoCatalogue(tx, clock));
      await makeEngagement(deps, load.made, (name, id) => noteMade(db, name, id));
      await loadPeople(deps, load, onProgress, signal);
      if (signal.aborted) return;
      // Otherwise the fifths would be those of whoever was in when Kilim first looked, until the night.
      await deps.recomputeScores();
      await finishLoad(db, clock.now().toString());
    },
  };
}
