import type { Tx } from "../../platform/db.ts";
import type { JourneysDeps } from "../deps.ts";
import type { Entering } from "../nodes/node-kind.ts";
import { lockActive, shareLive } from "../queries/run-rows.pg.ts";
import type { LiveJourneys } from "../runs/live-journeys.ts";
import { planBatch } from "../runs/plan-batch.ts";
import { type JourneyNews, readLastEntered, whoIsHeldOut, writePlan } from "../runs/work-batch.ts";

/** Lets people in, each by the journey's own rules; gives those who are in. Wake "timers" after the commit. */
export async function enterPeople(
  tx: Tx,
  deps: JourneysDeps,
  journeys: LiveJourneys,
  entering: readonly Entering[],
  told: JourneyNews,
): Promise<ReadonlySet<string>> {
  if (entering.length === 0) return new Set();
  const now = deps.clock.now();
  const profileIds = [...new Set(entering.map(({ profileId }) => profileId))].sort();
  const journeyIds = [...new Set(entering.map(({ journeyId }) => journeyId))].sort();
  const live = await shareLive(tx, journeyIds);
  const runs = await lockActive(tx, profileIds, journeyIds);
  const lastEntered = await readLastEntered(tx, profileIds, journeyIds);
  const index = await journeys.readFor(tx, runs);
  const isHeldOut = await whoIsHeldOut(tx, index, journeyIds);
  const plan = planBatch(
    {
      now,
      index,
      events: [],
      changes: [],
      entering,
      runs,
      lastEntered,
      isHeldOut,
    },
    deps.clock,
    deps.segments.matches,
  );
  await deps.tell(tx, await writePlan(tx, deps, plan, live, told, now));
  return new Set(
    plan.begun
      .filter(({ run }) => live.has(run.journeyId) && run.exitReason !== "global_holdout")
      .map(({ run }) => run.profileId),
  );
}
