/**
 * Whether an event costs the same whatever number of people is known: 10,000 to 2,000,000 (`--sizes`). The people are
 * written by SQL, as the fold would have left them after some visits; what is measured comes in over HTTP.
 */
import { parseArgs } from "node:util";

import { defineLive } from "./ingest/live-definitions.ts";
import { batchesFor, sendLoad, untilWorkedIn } from "./ingest/load.ts";
import { type Part, startKilim } from "./lib/kilim-process.ts";
import { addPeople, openState } from "./lib/known-people.ts";
import { eventMaker } from "./lib/make-events.ts";
import { report, round } from "./lib/report.ts";

const { sizes, seconds } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,500000,2000000" },
    seconds: { type: "string", default: "15" },
  },
}).values;

const kilim = await startKilim();
const state = await openState(kilim);
await defineLive(kilim);
const figures: Record<string, number> = {};
let known = 0;
for (const size of sizes.split(",").map(Number)) {
  await addPeople(state, known, size);
  known = size;
  const maker = eventMaker(size, `growth-${size}`);
  const batches = { connections: 8, path: "/v1/batch" };
  await sendLoad(kilim, { ...batches, next: batchesFor(5, 100, maker.next) });
  await untilWorkedIn(kilim);
  const before = kilim.cpuSeconds();
  const began = performance.now();
  const { accepted } = await sendLoad(kilim, { ...batches, next: batchesFor(Number(seconds), 100, maker.next) });
  await untilWorkedIn(kilim);
  const took = (performance.now() - began) / 1000;
  const after = kilim.cpuSeconds();
  const cpu = (Object.keys(after) as Part[]).reduce((sum, part) => sum + after[part] - before[part], 0);
  figures[`events_per_s_at_${size}`] = Math.round(accepted / took);
  figures[`cpu_s_per_1000_at_${size}`] = round(cpu / (accepted / 1000), 4);
}
await state.end();
await kilim.stop();
report(`growth: batches of 100, ${seconds} s at each number of people`, figures);
