/**
 * What is left of exactly once after a storm: `--events` (20,000) of `--people` (2,000) stream in from clients that try
 * again until they are acknowledged, while `--rounds` (3) of blows fall at random moments: `kill -9` of everything and
 * of each part and engine, PostgreSQL restarted fast and at once, History frozen for 2 and for 20 seconds. Ends with 1
 * when anything was lost, counted twice or left behind. `--seed` repeats a storm.
 */
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
await storm({ node, crowd, random, blows: [...falling, freezeHistory(20_000)], events: Number(given.events), tell });
tell("everything is acknowledged");
await untilWorkedIn(node, 300_000);
tell("everything is worked in and shipped");
const wrongs = await findWrongs(node, await engineAddresses(node), crowd, segments);
for (const wrong of wrongs.slice(0, 50)) console.log(`WRONG  ${wrong}`);
await node.stop();
const latencies = crowd.takeLatencies();
const { failed, repeated } = crowd.retries();
report(`chaos: ${given.events} events of ${given.people} people, ${falling.length + 1} blows, seed ${given.seed}`, {
  acknowledged: crowd.acknowledged(),
  blows: falling.length + 1,
  requests_failed: failed,
  requests_repeated: repeated,
  request_p50_ms: round(percentile(latencies, 0.5)),
  request_p99_ms: round(percentile(latencies, 0.99)),
  seconds: round((performance.now() - began) / 1000),
  wrongs: wrongs.length,
});
process.exit(wrongs.length > 0 ? 1 : 0);

function shuffle<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as T);
}
