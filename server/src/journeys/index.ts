import type { KilimEvent } from "../collect/index.ts";
import type { Tx } from "../platform/db.ts";
import { createDueLoop } from "../platform/due-loop.ts";
import type { Room } from "../platform/room.ts";
import type { Batch, Merge } from "../profiles/index.ts";
import type { MembershipChange } from "../segments/contracts.ts";
import { publishJourney } from "./change-status.ts";
import type { Graph } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { moveRunsBack } from "./queries/merge-runs.pg.ts";
import { nextDue } from "./queries/run-rows.pg.ts";
import { journeyRoutes } from "./routes.ts";
import { LiveJourneys } from "./runs/live-journeys.ts";
import { mergeRuns } from "./runs/merge-runs.ts";
import { stepDue } from "./runs/step-due.ts";
import { type JourneyNews, workBatch } from "./runs/work-batch.ts";
import { createJourney } from "./save-journey.ts";

export { journeyKind } from "./condition-kind.ts";
export type { JourneysDeps, SegmentDoor } from "./deps.ts";
export { personalData as journeyData } from "./personal-data.ts";

export interface Journeys extends Room {
  /** Keeps a draft, as POST /v1/journeys does. */
  createJourney(body: { name: string; graph: Graph }): Promise<{ readonly id: string }>;
  publishJourney(id: string): Promise<unknown>;
  /** What a batch means for the journeys, in its transaction; returns what joins the timelines. */
  onBatch(tx: Tx, batch: Batch, changes: readonly MembershipChange[]): Promise<KilimEvent[]>;
  /** Whether a live journey waits for events of this name, as the last transaction of this process has read them. */
  hears(eventName: string): boolean;
  onMerge(tx: Tx, merges: readonly Merge[]): Promise<void>;
  /** Gives back the runs that people had begun before they were merged away; those begun since stay. */
  onSeparate(tx: Tx, parted: { from: string; into: string; members: readonly string[] }): Promise<void>;
  /** Steps runs that are due at `now`, at most `limit`; returns how many. */
  runDue(now: Temporal.Instant, limit: number): Promise<number>;
  /** Steps whatever is due now; the loop of the worker does the same. */
  settle(): Promise<void>;
  nextDue(): Promise<string | null>;
}

/** Counts on a screen, and waits that end soon. */
const HEED_MS = 250;
/** Runs per transaction. */
const STEP_LIMIT = 500;

export function createJourneys(deps: JourneysDeps): Journeys {
  const live = new LiveJourneys();
  const told: JourneyNews = { touched: new Set(), isDue: false };
  let turn: Promise<unknown> = Promise.resolve();
  // One at a time here: whoever asks returns only when what another caller has in its hands is written, too.
  const settle = (signal?: AbortSignal): Promise<void> => {
    const mine = turn.then(
      () => work(signal),
      () => work(signal),
    );
    turn = mine;
    return mine;
  };
  const work = async (signal?: AbortSignal) => {
    for (const id of told.touched) deps.bus.changed("journey", id, ["counts"]);
    told.touched.clear();
    told.isDue = false;
    while (!signal?.aborted && (await stepDue(deps, live, deps.clock.now(), STEP_LIMIT)) > 0);
  };
  const due = async () => {
    const index = await live.read(deps.db);
    return nextDue(
      deps.db,
      [...index.journeys.values()].filter(({ status }) => status === "live").map(({ id }) => id),
    );
  };
  const loop = createDueLoop({
    clock: deps.clock,
    work: settle,
    nextDue: due,
    onWake(listener) {
      const offs = (["batch", "timers"] as const).map((topic) => deps.bus.onWake(topic, listener));
      return () => {
        for (const off of offs) off();
      };
    },
    // Every batch wakes; hardly any begins a run that can go on at once.
    heedAfterMs: () => (told.isDue ? 0 : HEED_MS),
    onError: (error) => deps.log.warn({ err: error }, "journeys cannot be stepped just now; trying again"),
  });
  return {
    createJourney: (body) => createJourney(deps, body),
    publishJourney: (id) => publishJourney(deps, id),
    routes: (app) => journeyRoutes(app, deps),
    async start() {
      loop.start();
    },
    stop: () => loop.stop(),
    onBatch: (tx, batch, changes) => workBatch(tx, deps, live, batch, changes, told),
    hears: (name) => live.hears(name),
    onMerge: (tx, merges) => mergeRuns(tx, deps, merges),
    onSeparate: moveRunsBack,
    runDue: (now, limit) => stepDue(deps, live, now, limit),
    settle: () => settle(),
    nextDue: due,
  };
}
