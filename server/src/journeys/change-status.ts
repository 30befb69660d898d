import { isDeepStrictEqual } from "node:util";

import { inTransaction, type Tx } from "../platform/db.ts";
import type { JourneyView } from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import {
  endAllRuns,
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
  return change(deps, id, async (tx, journey, now) => {
    await refuseMistakes(deps, tx, journey.graph);
    const published = await publishedGraph(tx, id, journey.version);
    const isSame = published !== null && isDeepStrictEqual(published, journey.graph);
    const version = isSame ? journey.version : journey.version + 1;
    if (!isSame) await insertVersion(tx, { journeyId: id, version, graph: journey.graph, now });
    await updateJourney(tx, { ...journey, status: "live", version, now });
    await deps.messages.hold(tx, id, false);
  });
}

/** Nobody enters, nobody goes on, nothing unsent goes out; a goal still ends the run of whoever reaches it. */
export async function pauseJourney(deps: JourneysDeps, id: string): Promise<JourneyView> {
  return change(deps, id, async (tx, journey, now) => {
    if (journey.status === "draft") throw refuse("journey_not_live");
    await updateJourney(tx, { ...journey, status: "paused", now });
    await deps.messages.hold(tx, id, true);
  });
}

/** Ends the journey for everybody and takes back what was not sent. */
export async function archiveJourney(deps: JourneysDeps, id: string): Promise<JourneyView> {
  return change(deps, id, async (tx, journey, now) => {
    await updateJourney(tx, { ...journey, status: "archived", now });
    const ended = await endAllRuns(tx, id, now);
    await deps.messages.cancel(tx, ended, "journey_archived");
  });
}

async function change(
  deps: JourneysDeps,
  id: string,
  work: (tx: Tx, journey: StoredJourney, now: string) => Promise<void>,
): Promise<JourneyView> {
  await inTransaction(deps.db, async (tx) => {
    const journey = openJourney(await lockJourney(tx, id));
    await work(tx, journey, deps.clock.now().toString());
    await bumpRevision(tx);
  });
  deps.bus.changed("journey", id, ["status"]);
  for (const topic of ["timers", "messages", "inbox"] as const) deps.bus.wake(topic);
  return readJourney(deps, id);
}
