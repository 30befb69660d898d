import { append } from "../../collect/index.ts";
import { inTransaction, isRetryable, type Tx } from "../../platform/db.ts";
import type { JourneysDeps } from "../deps.ts";
import { exitedEvent, movedEvent } from "../events.ts";
import { enterPeople } from "../intake/enter-people.ts";
import { insertErrands } from "../queries/errands.pg.ts";
import { noteFlows } from "../queries/flows.pg.ts";
import { postponeRun } from "../queries/postpone-run.pg.ts";
import {
  claimDue,
  claimOne,
  countDue,
  dueIds,
  type Portion,
  readInOrder,
  shareLive,
  updateRuns,
} from "../queries/run-rows.pg.ts";
import { groundOf, type LiveIndex, type LiveJourneys } from "./live-journeys.ts";
import { readFacts } from "./read-facts.ts";
import type { Run } from "./run.ts";
import { noEffects, stepRun } from "./step-run.ts";
import type { JourneyNews } from "./work-batch.ts";

/** Works due runs, at most `limit`; returns how many. Each batch is one transaction with what its steps cause. */
export async function stepDue(
  deps: JourneysDeps,
  live: LiveJourneys,
  now: Temporal.Instant,
  limit: number,
): Promise<number> {
  const index = await live.read(deps.db);
  const journeyIds = [...index.journeys.values()].filter(({ status }) => status === "live").map(({ id }) => id);
  if (journeyIds.length === 0) return 0;
  let due: readonly Portion[] = [];
  try {
    return await inOneGo(deps, async (tx) => {
      readInOrder(tx);
      due = shareOut(await countDue(tx, journeyIds, now.toString(), limit), limit);
      if (due.length === 0) return [];
      const open = await stillLive(tx, due);
      const runs = await claimDue(tx, open, now.toString());
      await stepAll(tx, deps, live, runs, now);
      return runs;
    });
  } catch (error) {
    if (isRetryable(error)) throw error;
    deps.log.warn({ err: error }, "a batch of journey steps failed; taking them one by one");
    return stepOneByOne(deps, live, await dueIds(deps.db, due, now.toString()), now);
  }
}

/** One run that cannot be worked must not hold the others up. */
async function stepOneByOne(
  deps: JourneysDeps,
  live: LiveJourneys,
  ids: readonly { id: string; journey_id: string }[],
  now: Temporal.Instant,
): Promise<number> {
  let worked = 0;
  for (const { id, journey_id } of ids) {
    try {
      worked += await inOneGo(deps, async (tx) => {
        const isLive = (await stillLive(tx, [{ id: journey_id, n: 1 }])).length > 0;
        const run = isLive ? await claimOne(tx, id, now.toString()) : undefined;
        if (!run) return [];
        await stepAll(tx, deps, live, [run], now);
        return [run];
      });
    } catch (error) {
      deps.log.error({ err: error, run_id: id }, "a journey's run cannot be worked");
      await inTransaction(deps.db, async (tx) => {
        const ended = await postponeRun(tx, id, now);
        if (ended) await append(tx, [exitedEvent(deps.clock, { ...ended, exitReason: "error" }, ended.journeyName)]);
      });
      worked += 1;
    }
  }
  return worked;
}

async function stillLive(tx: Tx, due: readonly Portion[]): Promise<Portion[]> {
  const live = await shareLive(
    tx,
    due.map(({ id }) => id),
  );
  return due.filter(({ id }) => live.has(id));
}

/** What journeys with few get less than their even part of `limit`, those with many get more; each with any gets one. */
export function shareOut(due: readonly Portion[], limit: number): Portion[] {
  let left = limit;
  return due
    .toSorted((a, b) => a.n - b.n)
    .map(({ id, n }, at) => {
      const mine = Math.min(n, Math.max(1, Math.floor(left / (due.length - at))));
      left -= mine;
      return { id, n: mine };
    });
}

async function inOneGo(deps: JourneysDeps, work: (tx: Tx) => Promise<Run[]>): Promise<number> {
  const runs = await inTransaction(deps.db, work);
  if (runs.length > 0) {
    for (const topic of ["messages", "inbox", "outbox", "errands"] as const) deps.bus.wake(topic);
  }
  for (const id of new Set(runs.map((run) => run.journeyId))) deps.bus.changed("journey", id, ["counts"]);
  return runs.length;
}

/** All at once: what many of them ask is asked together. */
async function stepAll(
  tx: Tx,
  deps: JourneysDeps,
  live: LiveJourneys,
  runs: readonly Run[],
  now: Temporal.Instant,
): Promise<void> {
  if (runs.length === 0) return;
  const index: LiveIndex = await live.readFor(tx, runs);
  const facts = readFacts(tx, deps, now);
  const effects = noEffects();
  const walks = await Promise.all(
    runs.map((run) => stepRun({ clock: deps.clock, facts }, run, groundOf(index, run), now, effects)),
  );
  updateRuns(
    tx,
    walks.map((walk, at) => {
      const isSame = walk.run.carries === runs[at]?.carries;
      return isSame ? walk : { ...walk, carries: JSON.stringify(walk.run.carries) };
    }),
  );
  noteFlows(tx, walks);
  insertErrands(tx, effects.errands, now.toString());
  await deps.messages.enqueue(tx, effects.messages);
  await append(tx, effects.events);
  if (effects.entering.length > 0) {
    const told: JourneyNews = { touched: new Set(), isDue: false };
    await enterPeople(tx, deps, live, effects.entering, told);
  }
  const nameOf = (run: Run) => index.journeys.get(run.journeyId)?.name ?? "";
  await deps.tell(
    tx,
    walks.map((walk) =>
      walk.run.status === "ended"
        ? exitedEvent(deps.clock, walk.run, nameOf(walk.run), walk.steps)
        : movedEvent(deps.clock, walk, nameOf(walk.run)),
    ),
  );
}
