import { batchesFor, batchOf, sendLoad, untilWorkedIn } from "../ingest/load.ts";
import { type KilimProcess, startKilim } from "../lib/kilim-process.ts";
import { addPeople, openState } from "../lib/known-people.ts";
import { defineSegments } from "./definitions.ts";
import { viewOf } from "./send-views.ts";

const HEAVY_EVENTS = 100_000;

export interface CostOptions {
  readonly segments: number;
  readonly people: number;
  readonly seconds: number;
}

/** Microseconds of CPU, of the worker and PostgreSQL together, that one view of a product costs. */
export async function measureCost({ segments, people, seconds }: CostOptions): Promise<number> {
  const kilim = await startKilim();
  await defineSegments(kilim, segments);
  const state = await openState(kilim);
  await addPeople(state, 0, people);
  await state.query("analyze");
  await state.end();
  let person = 0;
  const next = () => viewOf((person = (person + 7919) % people));
  await sendFor(kilim, Math.max(3, seconds / 2), next);
  const cost = await sendFor(kilim, seconds, next);
  await kilim.stop();
  return cost;
}

/** Of many people; and the same when each twentieth event is of one person, who has made a hundred thousand before. */
export async function measureHeavy({ people, seconds }: Omit<CostOptions, "segments">): Promise<[number, number]> {
  const kilim = await startKilim();
  await defineSegments(kilim, 10);
  const state = await openState(kilim);
  await addPeople(state, 0, people);
  await state.end();
  let left = HEAVY_EVENTS;
  const ofHeavy = () => viewOf(0);
  const all = () => ((left -= 100) >= 0 ? batchOf(100, ofHeavy) : null);
  await sendLoad(kilim, { connections: 8, path: "/v1/batch", next: all });
  await untilWorkedIn(kilim);
  let n = 0;
  const ofMany = () => viewOf(1 + ((n++ * 7919) % (people - 1)));
  await sendFor(kilim, 3, ofMany);
  const without = await sendFor(kilim, seconds, ofMany);
  const beside = await sendFor(kilim, seconds, () => (n % 20 === 0 && n++ ? ofHeavy() : ofMany()));
  await kilim.stop();
  return [without, beside];
}

async function sendFor(kilim: KilimProcess, seconds: number, next: () => object): Promise<number> {
  const before = kilim.cpuSeconds();
  const load = await sendLoad(kilim, { connections: 8, path: "/v1/batch", next: batchesFor(seconds, 100, next) });
  await untilWorkedIn(kilim);
  const after = kilim.cpuSeconds();
  const cpu = after.worker - before.worker + after.postgres - before.postgres;
  return (cpu / load.accepted) * 1e6;
}
