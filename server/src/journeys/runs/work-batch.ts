import type { KilimEvent } from "../../collect/index.ts";
import { readGlobalHoldout } from "../../experiments/index.ts";
import type { Tx } from "../../platform/db.ts";
import type { Batch } from "../../profiles/contracts.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { JourneysDeps, SegmentDoor } from "../deps.ts";
import { goalSeconds } from "../graph/shapes.ts";
import { noteFlows } from "../queries/flows.pg.ts";
import { lastEntered } from "../queries/last-entered.pg.ts";
import { bumpRevision } from "../queries/load-live.pg.ts";
import { type LateGoal, noteConversions } from "../queries/note-conversions.pg.ts";
import { insertRuns, lockActive, shareLive, updateRuns } from "../queries/run-rows.pg.ts";
import type { LiveIndex, LiveJourneys } from "./live-journeys.ts";
import { type BatchFacts, type BatchPlan, entryKey, type LastEntered, planBatch } from "./plan-batch.ts";

type Deps = Pick<JourneysDeps, "clock" | "messages" | "segments">;

/** What batches have brought that the stepping has to be told; a batch that is undone may leave a needless hint. */
export interface JourneyNews {
  /** Journeys whose counts have changed. */
  readonly touched: Set<string>;
  /** Whether a run can go on at once. */
  isDue: boolean;
}

/**
 * What a batch means for the journeys, in its transaction: runs begin, waits are over, runs end and take their unsent
 * messages back. One statement per table however large the batch; one small query when it concerns no journey.
 */
export async function workBatch(
  tx: Tx,
  deps: Deps,
  journeys: LiveJourneys,
  batch: Batch,
  changes: readonly MembershipChange[],
  told: JourneyNews,
): Promise<KilimEvent[]> {
  let index = await journeys.read(tx);
  const events = batch.events.filter(({ event }) => index.heeds.has(event.name) || index.entries.has(event.name));
  const moves = changes.filter(
    ({ segmentId, kind }) =>
      index.segmentEntries.has(`${verb(kind)} ${segmentId}`) ||
      index.segmentExits.has(segmentId) ||
      index.segmentHeeds.has(segmentId),
  );
  if (events.length === 0 && moves.length === 0) return [];

  const profileIds = [...new Set([...events, ...moves].map((item) => item.profileId))].sort();
  const journeyIds = concerned(index, events, moves);
  const enterable = entered(index, events, moves);
  const [live, runs, lastOf, isHeldOut] = await Promise.all([
    shareLive(tx, enterable),
    lockActive(tx, profileIds, journeyIds),
    readLastEntered(tx, profileIds, journeyIds),
    whoIsHeldOut(tx, index, enterable),
  ]);
  index = await journeys.readFor(tx, runs);
  const facts: BatchFacts = {
    now: batch.now,
    index,
    events,
    changes: moves,
    runs,
    lastEntered: lastOf,
    isHeldOut,
  };
  const plan = planBatch(facts, deps.clock, deps.segments.matches);
  const news = await writePlan(tx, deps, plan, live, told, batch.now);
  noteConversions(tx, lateGoals(index, events, deps.segments.matches));
  return news;
}

/** When these people last came into these journeys, by `entryKey`. */
export async function readLastEntered(
  tx: Tx,
  profileIds: readonly string[],
  journeyIds: readonly string[],
): Promise<ReadonlyMap<string, LastEntered>> {
  const found = await lastEntered(tx, profileIds, journeyIds);
  return new Map(
    found.map((row) => [
      entryKey(row.journey_id, row.profile_id, row.business_key),
      { at: row.at, askedAt: row.asked_at },
    ]),
  );
}

/** Who is held out of all marketing; not asked when none of these journeys is marketing. */
export async function whoIsHeldOut(
  tx: Tx,
  index: LiveIndex,
  journeyIds: readonly string[],
): Promise<(profileId: string) => boolean> {
  const isMarketing = journeyIds.some((id) => index.journeys.get(id)?.isMarketing);
  return isMarketing ? await readGlobalHoldout(tx) : () => false;
}

/** Writes what a plan says; runs of journeys that are no longer live have never begun. Gives what joins the timelines. */
export async function writePlan(
  tx: Tx,
  deps: Pick<JourneysDeps, "messages">,
  plan: BatchPlan,
  live: ReadonlyMap<string, number>,
  told: JourneyNews,
  now: Temporal.Instant,
): Promise<KilimEvent[]> {
  const begun = plan.begun.filter(({ run }) => live.has(run.journeyId));
  const dropped = new Set(plan.begun.filter(({ run }) => !live.has(run.journeyId)).map(({ run }) => run.id));
  insertRuns(tx, begun);
  // Other workers do not listen for what an older version waits for unless somebody is on it.
  if (begun.some(({ run }) => run.version !== live.get(run.journeyId))) await bumpRevision(tx);
  updateRuns(tx, plan.changed);
  noteFlows(tx, [...begun, ...plan.changed]);
  if (plan.ended.length > 0) await deps.messages.cancel(tx, plan.ended, "journey_ended");
  for (const { run } of [...begun, ...plan.changed]) {
    told.touched.add(run.journeyId);
    if (run.wakeAt !== null && run.exitedAt === null && Date.parse(run.wakeAt) <= now.epochMilliseconds)
      told.isDue = true;
  }
  return plan.news.filter((event) => !dropped.has(event.messageId.split(":")[1] ?? ""));
}

function verb(kind: MembershipChange["kind"]): "enter" | "exit" {
  return kind === "entered" ? "enter" : "exit";
}

/** Journeys that somebody may enter by this batch. */
function entered(index: LiveIndex, events: Batch["events"], moves: readonly MembershipChange[]): string[] {
  const journeys = [
    ...events.flatMap(({ event }) => index.entries.get(event.name) ?? []),
    ...moves.flatMap((move) => index.segmentEntries.get(`${verb(move.kind)} ${move.segmentId}`) ?? []),
  ];
  return [...new Set(journeys.map((journey) => journey.id))].sort();
}

function concerned(index: LiveIndex, events: Batch["events"], moves: readonly MembershipChange[]): string[] {
  const ids = new Set<string>();
  for (const { event } of events) {
    for (const journey of index.heeds.get(event.name) ?? []) ids.add(journey.id);
    for (const journey of index.entries.get(event.name) ?? []) ids.add(journey.id);
  }
  for (const { segmentId, kind } of moves) {
    for (const journey of index.segmentEntries.get(`${verb(kind)} ${segmentId}`) ?? []) ids.add(journey.id);
    for (const journey of index.segmentExits.get(segmentId) ?? []) ids.add(journey.id);
    for (const journey of index.segmentHeeds.get(segmentId) ?? []) ids.add(journey.id);
  }
  return [...ids].sort();
}

function lateGoals(index: LiveIndex, events: Batch["events"], matches: SegmentDoor["matches"]): LateGoal[] {
  return events.flatMap(({ event, profileId }) =>
    (index.goals.get(event.name) ?? []).flatMap(({ id, graphs }) => {
      const windows = [...graphs.values()].flatMap(({ goal }) =>
        goal && matches({ did: goal.event, where: goal.where }, event) ? [goalSeconds(goal)] : [],
      );
      if (windows.length === 0) return [];
      const since = Temporal.Instant.from(event.timestamp).subtract({ seconds: Math.max(...windows) });
      return [{ journeyId: id, profileId, at: event.timestamp, since: since.toString() }];
    }),
  );
}
