/**
 * What segments cost. Each part on a whole Kilim of its own with people known:
 * - CPU of worker and PostgreSQL per event with 0, 10, 100 and 1,000 live segments, of which 5 mention the event; and of
 *   a person with 100,000 events in a window beside others;
 * - preview and backfill of three conditions on what people did, over `--history` events, the backfill beside
 *   `--beside` (2,000) events/s;
 * - the sweep: 1,000 people a second falling due for 30 s, then `--due` people within one minute, beside as many events.
 * `--only cost,heavy,history,sweep` runs some of them.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { openHistory } from "../server/src/platform/history.ts";
import { startKilim } from "./lib/kilim-process.ts";
import { addPeople, openState } from "./lib/known-people.ts";
import { percentile, report, round } from "./lib/report.ts";
import { ask, createSegment, untilLive } from "./segments/definitions.ts";
import { measureCost, measureHeavy } from "./segments/measure-cost.ts";
import { writePastEvents } from "./segments/past-events.ts";
import { beside } from "./segments/send-views.ts";
import { sweepDue } from "./segments/sweep-due.ts";

const given = parseArgs({
  options: {
    people: { type: "string", default: "500000" },
    history: { type: "string", default: "10000000" },
    due: { type: "string", default: "500000" },
    sizes: { type: "string", default: "0,10,100,1000" },
    seconds: { type: "string", default: "20" },
    beside: { type: "string", default: "2000" },
    only: { type: "string", default: "cost,heavy,history,sweep" },
  },
}).values;
const PEOPLE = Number(given.people);
const SECONDS = Number(given.seconds);
const EVENTS_PER_S = Number(given.beside);
const THREE_CONDITIONS = {
  all: [
    { did: "Product Viewed", count: { op: "gte", value: 3 }, within: "P30D" },
    { did: "Product Added", sum: { property: "price", op: "gte", value: 40 }, within: "P90D" },
    { not: { did: "Order Completed", within: "P30D" } },
  ],
};
const only = new Set(given.only.split(","));
const figures: Record<string, number> = {};

if (only.has("cost")) {
  for (const segments of given.sizes.split(",").map(Number)) {
    const us = await measureCost({ segments, people: PEOPLE, seconds: SECONDS });
    figures[`us_per_event_${segments}`] = round(us);
  }
}
if (only.has("heavy")) {
  const [without, withHeavy] = await measureHeavy({ people: PEOPLE, seconds: SECONDS });
  figures.us_per_event_without_heavy = round(without);
  figures.us_per_event_with_heavy = round(withHeavy);
}
if (only.has("history") || only.has("sweep")) {
  const kilim = await startKilim();
  const state = await openState(kilim);
  const history = openHistory({ socketPath: join(kilim.dataDir, "run/history/http.sock") });
  await addPeople(state, 0, PEOPLE);
  await state.query("analyze");
  if (only.has("history")) {
    await writePastEvents(state, history, Number(given.history));
    const previews: number[] = [];
    for (let n = 0; n < 5; n++) {
      const asked = performance.now();
      await ask(kilim, "/v1/segments/preview", { definition: THREE_CONDITIONS });
      previews.push(performance.now() - asked);
    }
    figures.preview_ms = Math.round(
      percentile(
        previews.sort((a, b) => a - b),
        0.5,
      ),
    );
    figures.backfill_s = await beside(kilim, EVENTS_PER_S, PEOPLE, async () => {
      const began = performance.now();
      const before = kilim.cpuSeconds();
      await createSegment(kilim, "Looks, adds, and does not buy", THREE_CONDITIONS);
      await untilLive(kilim);
      const after = kilim.cpuSeconds();
      for (const part of ["worker", "postgres", "history"] as const)
        figures[`backfill_cpu_${part}`] = round(((after[part] - before[part]) / PEOPLE) * 1e6);
      return round((performance.now() - began) / 1000);
    });
  }
  if (only.has("sweep")) {
    await beside(kilim, EVENTS_PER_S, PEOPLE, async () => {
      const steady = await sweepDue(kilim, state, history, { people: Math.min(30_000, PEOPLE), over: 30 });
      figures.late_p99_ms_at_1000_per_s = Math.round(steady.lateP99Ms);
      figures.late_max_ms_at_1000_per_s = Math.round(steady.lateMaxMs);
      const rush = await sweepDue(kilim, state, history, { people: Math.min(Number(given.due), PEOPLE), over: 60 });
      figures.sweep_per_s = rush.perS;
      figures.sweep_s = round(rush.seconds);
      figures.sweep_late_max_ms = Math.round(rush.lateMaxMs);
      figures.us_per_swept = Math.round(rush.usEach);
    });
  }
  await history.close();
  await state.end();
  await kilim.stop();
}
report(`segments: ${PEOPLE} people`, figures);
