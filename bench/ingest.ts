/**
 * The way of an event at full load, on a whole Kilim with its embedded engines, 100,000 people, 12 segments and 3
 * journeys live: sustained batches of 100 from HTTP accept to visible in History; single-event requests; the time to a
 * live screen. Durable before each answer: fsync, synchronous_commit and full_page_writes are on.
 */
import { parseArgs } from "node:util";

import { defineLive } from "./ingest/live-definitions.ts";
import { batchesFor, batchOf, sendLoad, untilWorkedIn } from "./ingest/load.ts";
import { probeLive } from "./ingest/probe-live.ts";
import { type Part, startKilim } from "./lib/kilim-process.ts";
import { eventMaker } from "./lib/make-events.ts";
import { measureCopy } from "./lib/raw-copy.ts";
import { percentile, report, round } from "./lib/report.ts";

const { seconds, people, connections, events } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    people: { type: "string", default: "100000" },
    connections: { type: "string", default: "8" },
    /** The batches go on beyond `seconds` until so many events are in: for the memory after them. */
    events: { type: "string", default: "1000000" },
  },
}).values;
const PER_BATCH = 100;
const PEOPLE = Number(people);
const SECONDS = Number(seconds);

const maker = eventMaker(PEOPLE, `bench-${process.pid}`);
const kilim = await startKilim();
await defineLive(kilim);

let known = 0;
const identified = () => maker.identify(known++);
const batches = { connections: Number(connections), path: "/v1/batch" };
await sendLoad(kilim, { ...batches, next: () => (known < PEOPLE ? batchOf(PER_BATCH, identified) : null) });
await sendLoad(kilim, { ...batches, next: batchesFor(3, PER_BATCH, maker.next) });
await untilWorkedIn(kilim);

const cpuBefore = kilim.cpuSeconds();
const ownBefore = process.cpuUsage();
const began = performance.now();
const load = await sendLoad(kilim, { ...batches, next: batchesFor(SECONDS, PER_BATCH, maker.next) });
await untilWorkedIn(kilim);
const visibleAfter = (performance.now() - began) / 1000;
const cpuAfter = kilim.cpuSeconds();
const own = process.cpuUsage(ownBefore);
const memoryThen = kilim.memoryMb();

let left = Number(events) - load.accepted - PEOPLE;
await sendLoad(kilim, {
  ...batches,
  next: () => ((left -= PER_BATCH) >= 0 ? batchOf(PER_BATCH, maker.next) : null),
});
await untilWorkedIn(kilim);
const memory = kilim.memoryMb();

const singlesUntil = performance.now() + 10_000;
const singles = await sendLoad(kilim, {
  connections: 32,
  path: "/v1/track",
  next: () =>
    performance.now() < singlesUntil
      ? { body: JSON.stringify({ ...maker.next(), type: "track", event: "Product Viewed" }), events: 1 }
      : null,
});
await untilWorkedIn(kilim);

const probed = await probeLive(kilim, 20, maker.next, await freshPeople(400));
await untilWorkedIn(kilim);
await kilim.stop();
const copyRate = await measureCopy(maker.next);

const thousands = load.accepted / 1000;
const cpuOf = (part: Part) => (cpuAfter[part] - cpuBefore[part]) / thousands;
const parts = Object.keys(cpuAfter) as Part[];
report(`ingest: ${PER_BATCH} events a batch, ${PEOPLE} people, ${connections} connections, ${seconds} s`, {
  events: load.accepted,
  accepted_per_s: Math.round(load.accepted / load.seconds),
  events_per_s: Math.round(load.accepted / visibleAfter),
  batch_p50_ms: round(percentile(load.latencies, 0.5)),
  batch_p95_ms: round(percentile(load.latencies, 0.95)),
  batch_p99_ms: round(percentile(load.latencies, 0.99)),
  cpu_s_per_1000: round((sum(cpuAfter) - sum(cpuBefore)) / thousands, 4),
  ...Object.fromEntries(parts.map((part) => [`cpu_${part}`, round(cpuOf(part), 4)])),
  load_generator_cpu_s_per_1000: round((own.user + own.system) / 1e6 / thousands, 4),
  raw_copy_per_s: Math.round(copyRate),
  copy_ratio: round(load.accepted / visibleAfter / copyRate, 4),
  single_per_s: Math.round(singles.accepted / singles.seconds),
  single_p50_ms: round(percentile(singles.latencies, 0.5)),
  single_p95_ms: round(percentile(singles.latencies, 0.95)),
  single_p99_ms: round(percentile(singles.latencies, 0.99)),
  live_p50_ms: round(percentile(probed.live, 0.5)),
  live_p95_ms: round(percentile(probed.live, 0.95)),
  live_p99_ms: round(percentile(probed.live, 0.99)),
  live_from_send_p50_ms: round(percentile(probed.fromSend, 0.5)),
  live_from_send_p99_ms: round(percentile(probed.fromSend, 0.99)),
  profile_p50_ms: round(percentile(probed.reads, 0.5)),
  profile_p99_ms: round(percentile(probed.reads, 0.99)),
  rss_mb_after_load: Math.round(sum(memoryThen)),
  rss_mb: Math.round(sum(memory)),
  ...Object.fromEntries(parts.map((part) => [`rss_mb_${part}`, Math.round(memory[part])])),
});

function sum(byPart: Record<Part, number>): number {
  return Object.values(byPart).reduce((total, value) => total + value, 0);
}

/** People known by name who have never gone to pay: the event that brings each into a segment is ready. */
async function freshPeople(count: number) {
  const first = PEOPLE;
  let given = 0;
  await sendLoad(kilim, {
    connections: 1,
    path: "/v1/batch",
    next: () => (given < count ? batchOf(count, () => maker.identify(first + given++)) : null),
  });
  await untilWorkedIn(kilim);
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const response = await fetch(`${kilim.url}/v1/profiles/user_id:user-${first + i}`, {
        headers: { authorization: `Bearer ${kilim.apiKey}` },
      });
      const { id } = (await response.json()) as { id: string };
      return {
        id,
        probe: () => ({
          ...maker.identify(first + i),
          type: "track",
          event: "Checkout Started",
          properties: { order_id: `probe-${i}`, revenue: 10, currency: "EUR" },
        }),
      };
    }),
  );
}
