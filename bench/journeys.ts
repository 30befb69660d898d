/**
 * What journeys cost, on a whole Kilim with people known:
 * - steps: people who fall due at once go through a wait, a branch and a change of a trait, beside `--beside` events/s;
 * - entry: people who leave a segment within a second enter a journey;
 * - waiting: CPU of worker and PostgreSQL per event without and with `--waiting` runs that wait.
 * `--only steps,entry,waiting` runs some of them.
 */

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import type pg from "pg";

import { openHistory } from "../server/src/platform/history.ts";
import { batchesFor, sendLoad, untilWorkedIn } from "./ingest/load.ts";
import { leaveTogether } from "./journeys/leave-together.ts";
import { type KilimProcess, startKilim } from "./lib/kilim-process.ts";
import { addPeople, openState } from "./lib/known-people.ts";
import { report, round } from "./lib/report.ts";
import { ask, createSegment, untilLive } from "./segments/definitions.ts";
import { beside, viewOf } from "./segments/send-views.ts";

const given = parseArgs({
  options: {
    people: { type: "string", default: "250000" },
    steps: { type: "string", default: "60000" },
    entering: { type: "string", default: "200000" },
    waiting: { type: "string", default: "1000000" },
    beside: { type: "string", default: "2000" },
    seconds: { type: "string", default: "15" },
    only: { type: "string", default: "steps,entry,waiting" },
  },
}).values;
const only = new Set(given.only.split(","));
const figures: Record<string, number> = {};

if (only.has("steps") || only.has("entry")) {
  const kilim = await startKilim();
  const state = await openState(kilim);
  await addPeople(state, 0, Number(given.people));
  await state.query("analyze");
  if (only.has("steps")) figures.steps_per_s = await stepsPerSecond(kilim, state);
  if (only.has("entry")) figures.entry_200k_s = await entrySeconds(kilim, state);
  await state.end();
  await kilim.stop();
}
if (only.has("waiting")) figures.waiting_1m_overhead_pct = await waitingOverhead();
report("journeys", figures);

async function publish(kilim: KilimProcess, graph: object): Promise<string> {
  const { id } = await ask<{ id: string }>(kilim, "/v1/journeys", { name: "Bench", graph });
  await ask(kilim, `/v1/journeys/${id}/publish`, {});
  return id;
}

/** Nodes passed in a second: each person passes a wait, a branch and a change of a trait. */
async function stepsPerSecond(kilim: KilimProcess, state: pg.Client): Promise<number> {
  const rest = { kind: "wait", duration: "P30D", next: "end" };
  const id = await publish(kilim, {
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
      rest,
      end: { kind: "exit" },
    },
  });
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

/** From the moment at which many leave a segment until all of them are in. */
async function entrySeconds(kilim: KilimProcess, state: pg.Client): Promise<number> {
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
  await pause(Math.max(0, due - Date.now()));
  const began = performance.now();
  for (;;) {
    const { rows } = await state.query("select count(*)::int as n from journeys.runs where journey_id = $1", [id]);
    if (rows[0].n >= people) break;
    await pause(200);
  }
  const seconds = (performance.now() - began) / 1000;
  await history.close();
  return round(seconds);
}

async function waitingOverhead(): Promise<number> {
  const people = Number(given.waiting);
  const kilim = await startKilim();
  const state = await openState(kilim);
  for (let from = 0; from < people; from += 250_000) await addPeople(state, from, Math.min(people, from + 250_000));
  await state.query("vacuum analyze");
  const id = await publish(kilim, {
    entry: { kind: "event", event: "Product Added" },
    goal: { event: "Order Completed" },
    start: "rest",
    nodes: { rest: { kind: "wait", duration: "P30D", next: "end" }, end: { kind: "exit" } },
  });
  let person = 0;
  const next = () => viewOf((person = (person + 7919) % people));
  await cost(kilim, next);
  const without = await cost(kilim, next);
  await insertRuns(state, id, "rest", people, "now() + interval '20 days'");
  await state.query("vacuum analyze journeys.runs");
  await cost(kilim, next);
  const beside = await cost(kilim, next);
  await state.end();
  await kilim.stop();
  console.log(`  CPU per event: ${round(without)} us without, ${round(beside)} us with ${people} waiting`);
  return round((beside / without - 1) * 100);
}

/** Microseconds of worker and PostgreSQL per event. */
async function cost(kilim: KilimProcess, next: () => object): Promise<number> {
  const before = kilim.cpuSeconds();
  const batches = batchesFor(Number(given.seconds), 100, next);
  const load = await sendLoad(kilim, { connections: 8, path: "/v1/batch", next: batches });
  await untilWorkedIn(kilim);
  const after = kilim.cpuSeconds();
  return ((after.worker - before.worker + after.postgres - before.postgres) / load.accepted) * 1e6;
}

/** Runs as the engine would have left them. */
async function insertRuns(state: pg.Client, id: string, node: string, people: number, wakeAt: string): Promise<void> {
  await state.query(
    `insert into journeys.runs (id, journey_id, version, profile_id, node, status, wake_at, steps, began_at, entered_at,
       trail)
     select uuidv7(), $1, 1, profile_id, $2, 'waiting', ${wakeAt}, 2, now(), now(),
       '[["first", "2026-11-01T10:00:00.000Z", "entered: event", "entry"], ["first", "2026-11-01T10:00:00.000Z", "waits"]]'
     from segments.people limit $3`,
    [id, node, people],
  );
  await state.query("select pg_notify('kilim_bus', $1)", [JSON.stringify({ s: "bench", w: ["timers"] })]);
}
