/**
 * What journeys cost, on a whole Kilim with people known:
 * - steps: people who fall due at once go through a wait, a branch and a change of a trait, beside `--beside` events/s;
 * - entry: people who leave a segment within a second enter a journey, while another journey answers an event of somebody
 *   else by a mail every `--trigger-every` ms: from when the event was accepted until an SMTP server had taken the mail,
 *   before the crowd comes (`triggered_p50_ms`) and while it comes in (`triggered_during_entry_p50_ms`, `..._p99_ms`);
 * - waits: how late people go on of whom `--due` fall due each second for `--over` seconds, beside the same events;
 * - waiting: CPU of worker and PostgreSQL per event with `--waiting` runs that wait and without, on two installations
 *   that get the same load in turns, `--pairs` times.
 * `--only steps,waits,entry,waiting` runs some of them.
 */

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import type pg from "pg";

import { openHistory } from "../server/src/platform/history.ts";
import { batchesFor, sendLoad, untilWorkedIn } from "./ingest/load.ts";
import { lateness } from "./journeys/fall-due.ts";
import { leaveTogether } from "./journeys/leave-together.ts";
import { type KilimProcess, startKilim } from "./lib/kilim-process.ts";
import { addPeople, openState } from "./lib/known-people.ts";
import { percentile, report, round } from "./lib/report.ts";
import { openSink, openTriggers, type Sink, type Triggers } from "./messages/triggers.ts";
import { ask, createSegment, untilLive } from "./segments/definitions.ts";
import { beside, viewOf } from "./segments/send-views.ts";

const given = parseArgs({
  options: {
    people: { type: "string", default: "250000" },
    steps: { type: "string", default: "60000" },
    entering: { type: "string", default: "200000" },
    waiting: { type: "string", default: "1000000" },
    beside: { type: "string", default: "2000" },
    due: { type: "string", default: "1000" },
    over: { type: "string", default: "30" },
    seconds: { type: "string", default: "6" },
    pairs: { type: "string", default: "9" },
    "trigger-every": { type: "string", default: "100" },
    only: { type: "string", default: "steps,waits,entry,waiting" },
  },
}).values;
/** So long a mail that was asked for may still be on its way. */
const LONGEST_MAIL_MS = 120_000;
const only = new Set(given.only.split(","));
const figures: Record<string, number> = {};

if (only.has("steps") || only.has("waits") || only.has("entry")) {
  const sink = await openSink();
  const kilim = await startKilim({ SMTP_URL: sink.smtpUrl });
  const state = await openState(kilim);
  await addPeople(state, 0, Number(given.people));
  await state.query("analyze");
  if (only.has("steps")) figures.steps_per_s = await stepsPerSecond(kilim, state);
  if (only.has("waits")) Object.assign(figures, await waitLateness(kilim, state));
  if (only.has("entry")) Object.assign(figures, await crowdComesIn(kilim, state, sink));
  await state.end();
  await kilim.stop();
  sink.close();
}
if (only.has("waiting")) Object.assign(figures, await waitingOverhead());
report("journeys", figures);

async function publish(kilim: KilimProcess, graph: object): Promise<string> {
  const { id } = await ask<{ id: string }>(kilim, "/v1/journeys", { name: "Bench", graph });
  await ask(kilim, `/v1/journeys/${id}/publish`, {});
  return id;
}

/** A wait, a branch and a change of a trait, then a long rest. */
function threeSteps(): object {
  return {
    entry: { kind: "event", event: "Never Told" },
    start: "first",
    nodes: {
      first: { kind: "wait", duration: "PT1H", next: "which" },
      which: {
        kind: "branch",
        cases: [{ condition: { trait: "city", op: "is", value: "Izmir" }, next: "told" }],
        otherwise: "end",
      },
      told: { kind: "update_trait", traits: { near: true }, next: "rest" },
      rest: { kind: "wait", duration: "P30D", next: "end" },
      end: { kind: "exit" },
    },
  };
}

/** Nodes passed in a second: each person passes a wait, a branch and a change of a trait. */
async function stepsPerSecond(kilim: KilimProcess, state: pg.Client): Promise<number> {
  const id = await publish(kilim, threeSteps());
  const people = Number(given.steps);
  return beside(kilim, Number(given.beside), Number(given.people), async () => {
    await pause(3_000);
    await insertRuns(state, id, "first", people, "now()");
    const began = performance.now();
    for (;;) {
      const { rows } = await state.query(
        "select count(*)::int as left from journeys.runs where journey_id = $1 and node = 'first'",
        [id],
      );
      if (rows[0].left === 0) break;
      await pause(200);
    }
    return Math.round((people * 3) / ((performance.now() - began) / 1000));
  });
}

/** People fall due evenly, so many a second; from their time until they are seen to have gone on. */
async function waitLateness(kilim: KilimProcess, state: pg.Client): Promise<Record<string, number>> {
  const id = await publish(kilim, threeSteps());
  const [due, over] = [Number(given.due), Number(given.over)];
  return beside(kilim, Number(given.beside), Number(given.people), async () => {
    await pause(3_000);
    await insertRuns(state, id, "first", due * over, `now() + interval '10 s' + random() * interval '${over} s'`);
    const { p50, p99, max } = await lateness(state, id, "first");
    return { wait_late_p50_ms: round(p50), wait_late_p99_ms: round(p99), wait_late_max_ms: round(max) };
  });
}

/** From the moment at which many leave a segment until all of them are in; and what others wait for a mail meanwhile. */
async function crowdComesIn(kilim: KilimProcess, state: pg.Client, sink: Sink): Promise<Record<string, number>> {
  const post = <T>(path: string, body: object) => ask<T>(kilim, path, body);
  const triggers = await openTriggers(post, kilim.writeKey);
  const history = openHistory({ socketPath: join(kilim.dataDir, "run/history/http.sock") });
  const people = Number(given.entering);
  const segment = await createSegment(kilim, "Called lately", { did: "Called", within: "P30D" });
  await untilLive(kilim);
  const id = await publish(kilim, {
    entry: { kind: "segment", segment_id: segment, on: "exit" },
    start: "rest",
    nodes: { rest: { kind: "wait", duration: "P30D", next: "end" }, end: { kind: "exit" } },
  });
  const due = await leaveTogether(state, segment, "Called", people);
  const quiet = await mailsUntil(triggers, sink, async () => Date.now() >= due - 2_000);
  await pause(Math.max(0, due - Date.now()));
  await sink.tell("reset");
  const began = performance.now();
  let took = 0;
  const crowded = await mailsUntil(triggers, sink, async () => {
    // To count them ten times a second would cost as much as they do.
    if (performance.now() - began < (took + 1) * 1000) return false;
    const { rows } = await state.query("select count(*)::int as n from journeys.runs where journey_id = $1", [id]);
    took = (performance.now() - began) / 1000;
    return rows[0].n >= people;
  });
  await history.close();
  return {
    entry_200k_s: round(took),
    triggered_p50_ms: round(percentile(quiet, 0.5)),
    triggered_during_entry_p50_ms: round(percentile(crowded, 0.5)),
    triggered_during_entry_p99_ms: round(percentile(crowded, 0.99)),
    triggered_during_entry: crowded.length,
  };
}

/** Triggers a mail now and then until `isOver`, and waits for the last of them; what each took. */
async function mailsUntil(triggers: Triggers, sink: Sink, isOver: () => Promise<boolean>): Promise<number[]> {
  const before = triggers.count();
  for (let next = performance.now(); ; ) {
    await triggers.trigger();
    if (await isOver()) break;
    next = Math.max(next + Number(given["trigger-every"]), performance.now());
    await pause(Math.max(0, next - performance.now()));
  }
  const asked = triggers.count() - before;
  for (const since = performance.now(); ; await pause(100)) {
    const counts = await sink.tell();
    if (counts.triggered.length >= asked) return triggers.delays(counts, "accepted");
    if (performance.now() - since > LONGEST_MAIL_MS)
      throw new Error(`of ${asked} mails that were asked for only ${counts.triggered.length} have come`);
  }
}

/** The median of pairs: what one installation pays beside what the other does, a moment before or after. */
async function waitingOverhead(): Promise<Record<string, number>> {
  const [without, waiting] = [await openHouse(0), await openHouse(Number(given.waiting))];
  const ratios: number[] = [];
  const costs: [number, number][] = [];
  for (let pair = -1; pair < Number(given.pairs); pair++) {
    const order = pair % 2 === 0 ? [without, waiting] : [waiting, without];
    const paid = new Map<House, number>();
    for (const house of order) paid.set(house, await cost(house));
    const [a = 1, b = 1] = [paid.get(without), paid.get(waiting)];
    // The first pair warms up.
    if (pair < 0) continue;
    ratios.push(b / a);
    costs.push([a, b]);
    console.log(`  CPU per event: ${round(a)} us without, ${round(b)} us with ${given.waiting} waiting`);
  }
  for (const house of [without, waiting]) {
    await house.state.end();
    await house.kilim.stop();
  }
  return {
    waiting_1m_overhead_pct: round((median(ratios) - 1) * 100),
    event_us_without: round(median(costs.map(([a]) => a))),
    event_us_with_waiting: round(median(costs.map(([, b]) => b))),
  };
}

interface House {
  readonly kilim: KilimProcess;
  readonly state: pg.Client;
  next(): object;
}

/** A Kilim with a live journey and people, so many of whom wait in it. */
async function openHouse(waiting: number): Promise<House> {
  const people = Number(given.waiting);
  const kilim = await startKilim();
  const state = await openState(kilim);
  for (let from = 0; from < people; from += 250_000) await addPeople(state, from, Math.min(people, from + 250_000));
  const id = await publish(kilim, {
    entry: { kind: "event", event: "Product Added" },
    goal: { event: "Order Completed" },
    start: "rest",
    nodes: { rest: { kind: "wait", duration: "P30D", next: "end" }, end: { kind: "exit" } },
  });
  if (waiting > 0) await insertRuns(state, id, "rest", waiting, "now() + interval '20 days'");
  await state.query("vacuum analyze");
  await state.query("checkpoint");
  let person = 0;
  return { kilim, state, next: () => viewOf((person = (person + 7919) % people)) };
}

/** Microseconds of worker and PostgreSQL per event. */
async function cost({ kilim, next }: House): Promise<number> {
  const before = kilim.cpuSeconds();
  const batches = batchesFor(Number(given.seconds), 100, next);
  const load = await sendLoad(kilim, { connections: 8, path: "/v1/batch", next: batches });
  await untilWorkedIn(kilim);
  const after = kilim.cpuSeconds();
  return ((after.worker - before.worker + after.postgres - before.postgres) / load.accepted) * 1e6;
}

function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Runs as the engine would have left them. */
async function insertRuns(state: pg.Client, id: string, node: string, people: number, wakeAt: string): Promise<void> {
  await state.query(
    `insert into journeys.runs (id, journey_id, version, profile_id, node, status, wake_at, steps, began_at, entered_at,
       trail)
     select uuidv7(), $1, 1, profile_id, $2, 'waiting', ${wakeAt}, 2, now(), now(),
       '[["first", "2026-11-01T10:00:00.000Z", {"code": "entered", "came": {"by": "api"}}, "entry"],
         ["first", "2026-11-01T10:00:00.000Z", {"code": "waits", "duration": "PT1H"}]]'
     from segments.people limit $3`,
    [id, node, people],
  );
  await state.query("select pg_notify('kilim_bus', $1)", [JSON.stringify({ s: "bench", w: ["timers"] })]);
}
