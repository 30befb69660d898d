import type { KilimEvent } from "../collect/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { createDueLoop } from "../platform/due-loop.ts";
import { createOutbound } from "../platform/outbound/outbound.ts";
import type { Room } from "../platform/room.ts";
import type { Batch, Merge } from "../profiles/index.ts";
import type { MembershipChange } from "../segments/contracts.ts";
import { publishJourney } from "./change-status.ts";
import { type Graph, type GraphInput, graph as graphSchema } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { workErrands } from "./errands/work-errands.ts";
import { enterPeople } from "./intake/enter-people.ts";
import { runIntake } from "./intake/run-intakes.ts";
import { type Kinds, kindsWith } from "./nodes/kinds.ts";
import { nextErrandDue } from "./queries/errands.pg.ts";
import { foldFlows } from "./queries/flows.pg.ts";
import { nextIntakeDue } from "./queries/intakes.pg.ts";
import { moveRunsBack } from "./queries/merge-runs.pg.ts";
import { nextDue } from "./queries/run-rows.pg.ts";
import { compactRuns } from "./queries/shifts.pg.ts";
import { journeyRoutes } from "./routes.ts";
import { LiveJourneys } from "./runs/live-journeys.ts";
import { mergeRuns } from "./runs/merge-runs.ts";
import { shiftRuns } from "./runs/shift-runs.ts";
import { stepDue } from "./runs/step-due.ts";
import { type JourneyNews, workBatch } from "./runs/work-batch.ts";
import { createJourney } from "./save-journey.ts";

export { journeyKind } from "./condition-kind.ts";
export type { Audiences, ChooseChannel, ChooseHour, JourneysDeps, SegmentDoor } from "./deps.ts";
export { sealedCallSecret } from "./errands/call-secret.ts";
export { experimentKind as journeyExperimentKind } from "./experiment-kind.ts";
export { journeyFile } from "./files/file-shape.ts";
export { runScenario } from "./files/run-scenario.ts";
export { kindsWith } from "./nodes/kinds.ts";
export type { AnyNode, Effects, Facts, NodeKind, Outcome, Visit, Way } from "./nodes/node-kind.ts";
export { personalData as journeyData } from "./personal-data.ts";

export interface Journeys extends Room {
  /** Keeps a draft, as POST /v1/journeys does. */
  createJourney(body: { name: string; graph: GraphInput }): Promise<{ readonly id: string }>;
  publishJourney(id: string): Promise<unknown>;
  /** What a batch means for the journeys, in its transaction; returns what joins the timelines. */
  onBatch(tx: Tx, batch: Batch, changes: readonly MembershipChange[]): Promise<KilimEvent[]>;
  /** Whether a live journey waits for events of this name, as the last transaction of this process has read them. */
  hears(eventName: string): boolean;
  /** Reads, where they have changed, the journeys that `hears` answers by. */
  freshen(tx: Tx): Promise<void>;
  /** Somebody was put on a list by hand or file, in that transaction. */
  onListed(tx: Tx, listId: string, profileIds: readonly string[]): Promise<void>;
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

/** Payload of runs that ended is kept so long. */
const KEPT = { hours: 24 * 14 };
const COMPACT_LIMIT = 2_000;
const HOUSEKEEPING_MS = 30_000;

export type JourneysGiven = Omit<JourneysDeps, "outbound"> & { readonly outboundAllow: readonly string[] };

export function createJourneys(given: JourneysGiven): Journeys {
  const outbound = createOutbound({ allow: given.outboundAllow });
  const deps: JourneysDeps = { ...given, outbound };
  const kinds: Kinds = kindsWith(given.kinds);
  const room = { ...deps, known: kinds };
  const live = new LiveJourneys(kinds, deps.messages.purposesOf);
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
    // In turns: a crowd that is let in holds nobody up who was triggered, nor do those who leave an old version.
    for (let more = true; more && !signal?.aborted; ) {
      more = (await stepDue(deps, live, deps.clock.now(), STEP_LIMIT)) > 0;
      if (await runIntake(deps, live, told)) more = true;
      if (await shiftRuns(deps, live)) more = true;
      for (const id of told.touched) deps.bus.changed("journey", id, ["counts"]);
      told.touched.clear();
    }
    await keepHouse();
  };
  let cleanedAt = Number.NEGATIVE_INFINITY;
  const keepHouse = async () => {
    if (performance.now() - cleanedAt < HOUSEKEEPING_MS) return;
    cleanedAt = performance.now();
    await inTransaction(deps.db, foldFlows);
    await compactRuns(deps.db, deps.clock.now().subtract(KEPT).toString(), COMPACT_LIMIT);
  };
  const due = async () => {
    const index = await live.read(deps.db);
    const ids = [...index.journeys.values()].filter(({ status }) => status === "live").map(({ id }) => id);
    const times = [await nextDue(deps.db, ids), await nextIntakeDue(deps.db, deps.clock.now().toString())];
    return times.filter((at) => at !== null).sort()[0] ?? null;
  };
  const errands = createDueLoop({
    clock: deps.clock,
    work: async (signal) => {
      while (!signal.aborted && (await workErrands(deps)) > 0);
    },
    nextDue: () => nextErrandDue(deps.db),
    onWake: (listener) => deps.bus.onWake("errands", listener),
    onError: (error) => deps.log.warn({ err: error }, "errands of journeys cannot be done just now; trying again"),
  });
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
    createJourney: ({ name, graph }) => createJourney(room, { name, graph: graphSchema.parse(graph) as Graph }),
    publishJourney: (id) => publishJourney(room, id),
    routes(app) {
      journeyRoutes(app, room, live);
      app.addHook("onClose", async () => outbound.close());
    },
    async start() {
      loop.start();
      errands.start();
    },
    async stop() {
      await Promise.all([loop.stop(), errands.stop()]);
      outbound.close();
    },
    onBatch: (tx, batch, changes) => workBatch(tx, deps, live, batch, changes, told),
    hears: (name) => live.hears(name),
    async freshen(tx) {
      await live.read(tx);
    },
    async onListed(tx, listId, profileIds) {
      const index = await live.read(tx);
      const entering = [...index.journeys.values()].flatMap((journey) => {
        const entry = journey.graphs.get(journey.version)?.entry;
        if (entry?.kind !== "list" || entry.list_id !== listId || journey.status !== "live") return [];
        return profileIds.map((profileId) => ({
          journeyId: journey.id,
          profileId,
          key: "",
          carries: {},
          came: { by: "list" } as const,
        }));
      });
      await enterPeople(tx, deps, live, entering, told);
    },
    onMerge: (tx, merges) => mergeRuns(tx, deps, merges),
    onSeparate: moveRunsBack,
    runDue: (now, limit) => stepDue(deps, live, now, limit),
    async settle() {
      await settle();
      while ((await workErrands(deps)) > 0) await settle();
    },
    nextDue: due,
  };
}
