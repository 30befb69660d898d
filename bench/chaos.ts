/**
 * What is left of exactly once after a storm: `--events` (20,000) of `--people` (2,000) stream in from clients that try
 * again until they are acknowledged, while `--rounds` (3) of blows fall at random moments: `kill -9` of everything and
 * of each part and engine, PostgreSQL restarted fast and at once, History frozen for two seconds. Before that the same
 * clients send for 20 seconds at rest and for 20 seconds with History frozen, and the answers' times are compared. Ends
 * with 1 when anything was lost, counted twice or left behind. `--seed` repeats a storm.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { createRandom } from "../server/src/demo/random.ts";
import { findWrongs, makeSegments, untilWorkedIn } from "./lib/chaos/audit.ts";
import { createCrowd } from "./lib/chaos/crowd.ts";
import { engineAddresses, layOutNode } from "./lib/chaos/node.ts";
import { blows, freezeHistory, storm } from "./lib/chaos/storm.ts";
import { percentile, report, round } from "./lib/report.ts";

const given = parseArgs({
  options: {
    events: { type: "string", default: "20000" },
    people: { type: "string", default: "2000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: Math.random().toString(36).slice(2, 10) },
  },
}).values;
const STEADY_S = 20;
const STEADY_EVENTS_PER_S = 500;
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
console.log(`seed ${given.seed}`);
const began = performance.now();
const tell = (text: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

const random = createRandom(given.seed);
const falling = Array.from({ length: Number(given.rounds) }, () => shuffle(blows)).flat();
const node = await layOutNode();
node.start();
await node.untilReady();
const segments = await makeSegments(node);
const crowd = createCrowd({
  urls: [node.url],
  writeKey: node.writeKey,
  people: Number(given.people),
  seed: given.seed,
});
const calm = await sendSteadily();
tell("20 s at rest are over");
const ice = freezeHistory(STEADY_S * 1_000).strike(node);
const frozen = await sendSteadily();
await ice;
const thawed = performance.now();
await untilWorkedIn(node, 300_000);
const caughtUpAfter = performance.now() - thawed;
tell(`20 s with History frozen are over; it had caught up ${round(caughtUpAfter)} ms later`);
await storm({ node, crowd, random, blows: falling, events: Number(given.events), tell });
tell("everything is acknowledged");
await untilWorkedIn(node, 300_000);
tell("everything is worked in and shipped");
const wrongs = await findWrongs(node, await engineAddresses(node), crowd, segments);
for (const wrong of wrongs.slice(0, 50)) console.log(`WRONG  ${wrong}`);
await node.stop();
const latencies = crowd.takeLatencies();
const { failed, repeated } = crowd.retries();
report(`chaos: ${given.events} events of ${given.people} people, ${falling.length} blows, seed ${given.seed}`, {
  acknowledged: crowd.acknowledged(),
  blows: falling.length,
  requests_failed: failed,
  requests_repeated: repeated,
  calm_p50_ms: round(percentile(calm, 0.5)),
  calm_p99_ms: round(percentile(calm, 0.99)),
  frozen_p50_ms: round(percentile(frozen, 0.5)),
  frozen_p99_ms: round(percentile(frozen, 0.99)),
  caught_up_after_ms: Math.round(caughtUpAfter),
  storm_p50_ms: round(percentile(latencies, 0.5)),
  storm_p99_ms: round(percentile(latencies, 0.99)),
  seconds: round((performance.now() - began) / 1000),
  wrongs: wrongs.length,
});
process.exit(wrongs.length > 0 ? 1 : 0);

/** Milliseconds of the answers while 500 events/s come in for a while, sorted. */
async function sendSteadily(): Promise<number[]> {
  crowd.takeLatencies();
  for (let i = 0; i < STEADY_S * 10; i++) {
    crowd.release(STEADY_EVENTS_PER_S / 10);
    await pause(100);
  }
  await crowd.untilAcknowledged(crowd.released());
  return crowd.takeLatencies();
}

function shuffle<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as T);
}
