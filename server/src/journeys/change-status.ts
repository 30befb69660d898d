import { isDeepStrictEqual } from "node:util";

import { inTransaction, type Tx } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Condition } from "../segments/contracts.ts";
import type { Graph, JourneyView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import {
  endAllRuns,
  graphsInUse,
  insertVersion,
  lockJourney,
  publishedGraph,
  type StoredJourney,
  updateJourney,
} from "./queries/journey-rows.pg.ts";
import { bumpRevision } from "./queries/load-live.pg.ts";
import { readJourney } from "./read-journeys.ts";
import { openJourney, refuseMistakes } from "./save-journey.ts";

/**
 * Makes the draft what newcomers begin with, and lets a paused journey go on. People on the way keep the version they
 * began with; timers that came due while it was paused are worked now.
 */
export async function publishJourney(deps: JourneysDeps, id: string): Promise<JourneyView> {
  return change(deps, id, watchBranches, async (tx, journey, now) => {
    await refuseMistakes(deps, tx, journey.graph);
    const published = await publishedGraph(tx, id, journey.version);
    const isSame = published !== null && isDeepStrictEqual(published, journey.graph);
    const version = isSame ? journey.version : journey.version + 1;
    if (!isSame) await insertVersion(tx, { journeyId: id, version, graph: journey.graph, now });
    await updateJourney(tx, { ...journey, status: "live", version, now });
    await deps.messages.hold(tx, id, false);
  });
}

/**
 * Lets the segments room keep ready what the branches ask, for the draft and for versions that somebody is still on.
 * Before the journey's own row is locked: batches lock definitions first, too.
 */
async function watchBranches(tx: Tx, deps: JourneysDeps, id: string): Promise<void> {
  const graphs = await graphsInUse(tx, id);
  const conditions = graphs.flatMap(branchConditions).flatMap((condition) => readCondition(deps, condition));
  await deps.segments.watch(tx, `journey:${id}`, conditions);
}

function branchConditions(graph: Graph): unknown[] {
  return Object.values(graph.nodes).flatMap((node) =>
    node.kind === "branch" ? node.cases.map((one) => one.condition) : [],
  );
}

/** A draft may hold a condition that means nothing; publishing refuses it with its path a moment later. */
function readCondition(deps: JourneysDeps, condition: unknown): Condition[] {
  try {
    return [deps.segments.parse(condition)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Nobody enters, nobody goes on, nothing unsent goes out; a goal still ends the run of whoever reaches it. */
export async function pauseJourney(deps: JourneysDeps, id: string): Promise<JourneyView> {
  return change(deps, id, nothing, async (tx, journey, now) => {
    if (journey.status === "draft") throw refuse("journey_not_live");
    await updateJourney(tx, { ...journey, status: "paused", now });
    await deps.messages.hold(tx, id, true);
  });
}

/** Ends the journey for everybody and takes back what was not sent. */
export async function archiveJourney(deps: JourneysDeps, id: string): Promise<JourneyView> {
  return change(deps, id, giveUpBranches, async (tx, journey, now) => {
    await updateJourney(tx, { ...journey, status: "archived", now });
    const ended = await endAllRuns(tx, id, now);
    await deps.messages.cancel(tx, ended, "journey_archived");
    await deps.segments.refreshMeanings(tx);
  });
}

type Before = (tx: Tx, deps: JourneysDeps, id: string) => Promise<void>;

const nothing: Before = async () => {};
const giveUpBranches: Before = (tx, deps, id) => deps.segments.watch(tx, `journey:${id}`, []);

async function change(
  deps: JourneysDeps,
  id: string,
  before: Before,
  work: (tx: Tx, journey: StoredJourney, now: string) => Promise<void>,
): Promise<JourneyView> {
  await inTransaction(deps.db, async (tx) => {
    await before(tx, deps, id);
    const journey = openJourney(await lockJourney(tx, id));
    await work(tx, journey, deps.clock.now().toString());
    await bumpRevision(tx);
  });
  deps.bus.changed("journey", id, ["status"]);
  for (const topic of ["timers", "messages", "inbox"] as const) deps.bus.wake(topic);
  return readJourney(deps, id);
}
