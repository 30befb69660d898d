import { isDeepStrictEqual } from "node:util";

import { inTransaction, type Tx } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Condition } from "../segments/contracts.ts";
import type { JourneyView } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { beginIntakes } from "./intake/set-timers.ts";
import { kindOf } from "./nodes/kinds.ts";
import { setTimer } from "./queries/intakes.pg.ts";
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
import { setShift } from "./queries/shifts.pg.ts";
import { readJourney } from "./read-journeys.ts";
import { openJourney, soundGraph, type WithKinds } from "./save-journey.ts";

/**
 * Makes the draft what newcomers begin with, and lets a paused journey go on. People on the way finish the version they
 * began with, or move to the new one, or leave, as `inside` says; timers that came due while it was paused are worked
 * now.
 */
export async function publishJourney(
  deps: WithKinds,
  id: string,
  inside: "finish" | "move" | "exit" = "finish",
): Promise<JourneyView> {
  return change(deps, id, watchBranches, async (tx, journey, now) => {
    const graph = await soundGraph(deps, tx, journey.graph);
    const published = await publishedGraph(tx, id, journey.version);
    const isSame = published !== null && isDeepStrictEqual(published, graph);
    const version = isSame ? journey.version : journey.version + 1;
    if (!isSame) await insertVersion(tx, { journeyId: id, version, graph, now });
    await updateJourney(tx, { ...journey, graph, status: "live", version, now });
    if (!isSame && inside !== "finish") await setShift(tx, { journey_id: id, version, inside });
    await beginIntakes(tx, deps.clock, { id, version, graph });
    await deps.messages.hold(tx, id, false);
  });
}

/**
 * Lets the segments room keep ready what the branches ask, for the draft and for versions that somebody is still on.
 * Before the journey's own row is locked: batches lock definitions first, too.
 */
async function watchBranches(tx: Tx, deps: WithKinds, id: string): Promise<void> {
  const graphs = await graphsInUse(tx, id);
  const conditions = graphs
    .flatMap((graph) => Object.values(graph.nodes))
    .flatMap((node) => {
      const kind = kindOf(deps.known, node);
      return kind?.schema.safeParse(node).success ? (kind.conditions?.(node) ?? []) : [];
    })
    .flatMap(({ condition }) => readCondition(deps, condition));
  await deps.segments.watch(tx, `journey:${id}`, conditions);
}

/** A draft may hold a condition that means nothing; publishing refuses it with its path a moment later. */
function readCondition(deps: WithKinds, condition: unknown): Condition[] {
  try {
    return [deps.segments.parse(condition)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Nobody enters, nobody goes on, nothing unsent goes out; a goal still ends the run of whoever reaches it. */
export async function pauseJourney(deps: WithKinds, id: string): Promise<JourneyView> {
  return change(deps, id, nothing, async (tx, journey, now) => {
    if (journey.status === "draft") throw refuse("journey_not_live");
    await updateJourney(tx, { ...journey, status: "paused", now });
    await deps.messages.hold(tx, id, true);
  });
}

/** Lets a paused journey go on as it was published; its draft stays a draft. Timers that came due are worked now. */
export async function resumeJourney(deps: WithKinds, id: string): Promise<JourneyView> {
  return change(deps, id, nothing, async (tx, journey, now) => {
    const graph = journey.status === "paused" ? await publishedGraph(tx, id, journey.version) : null;
    if (!graph) throw refuse("journey_not_paused");
    await updateJourney(tx, { ...journey, status: "live", now });
    await beginIntakes(tx, deps.clock, { id, version: journey.version, graph });
    await deps.messages.hold(tx, id, false);
  });
}

/** Ends the journey for everybody and takes back what was not sent. */
export async function archiveJourney(deps: WithKinds, id: string): Promise<JourneyView> {
  return change(deps, id, giveUpBranches, async (tx, journey, now) => {
    await updateJourney(tx, { ...journey, status: "archived", now });
    const ended = await endAllRuns(tx, id, now);
    await deps.messages.cancel(tx, ended, "journey_archived");
    await setTimer(tx, id, null);
    await deps.segments.refreshMeanings(tx);
  });
}

type Before = (tx: Tx, deps: WithKinds, id: string) => Promise<void>;

const nothing: Before = async () => {};
const giveUpBranches: Before = (tx, deps, id) => deps.segments.watch(tx, `journey:${id}`, []);

async function change(
  deps: WithKinds,
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
