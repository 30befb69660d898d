/**
 * What open streams cost: `--streams` (5,000) of `GET /v1/live` on one node, held by another process: two fifths show
 * one person each, two fifths are devices that hear of products, one fifth are dashboards with topics. 1,000 events/s of
 * 10,000 people come in without them and beside them, `--seconds` (30) each.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { KeepAlive } from "./lib/keep-alive.ts";
import { startKilim } from "./lib/kilim-process.ts";
import { eventMaker } from "./lib/make-events.ts";
import { percentile, report, round } from "./lib/report.ts";
import type { Heard, Opening } from "./live/listeners.ts";

const given = parseArgs({
  options: {
    streams: { type: "string", default: "5000" },
    seconds: { type: "string", default: "30" },
  },
}).values;
const STREAMS = Number(given.streams);
const SECONDS = Number(given.seconds);
const PEOPLE = 10_000;
const EVENTS_PER_S = 1_000;
const PER_BATCH = 10;
const CONNECTIONS = 4;
const TOPICS = ["event", "event,segment", "order,message", "journey", "store"];

const kilim = await startKilim();
const maker = eventMaker(PEOPLE, `live-${process.pid}`);
const write = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
const secret = `Bearer ${kilim.apiKey}`;
await identifyAll();
await load(5);
await untilWorkedIn();

const alone = await load(SECONDS);
await untilWorkedIn();
const memoryBefore = kilim.memoryMb().api;
const listeners = fork(join(import.meta.dirname, "live/listeners.ts"));
const openedIn = await openStreams(listeners);
const memoryAfter = kilim.memoryMb().api;
const idle = await load(0);
const beside = await load(SECONDS);
await pause(1_000);
const heard = await tell(listeners);
const delays = delaysOf(beside.sent, heard);
await untilWorkedIn();
listeners.disconnect();
await kilim.stop();

report(`live: ${STREAMS} open streams, ${EVENTS_PER_S} events/s, ${SECONDS} s`, {
  streams: heard.opened,
  streams_lost: heard.ended,
  opened_per_s: Math.round(STREAMS / openedIn),
  api_kb_per_stream: round(((memoryAfter - memoryBefore) * 1024) / STREAMS),
  notices: delays.length,
  live_p50_ms: round(percentile(delays, 0.5)),
  live_p99_ms: round(percentile(delays, 0.99)),
  intake_p50_ms_alone: round(percentile(alone.latencies, 0.5)),
  intake_p99_ms_alone: round(percentile(alone.latencies, 0.99)),
  intake_p50_ms: round(percentile(beside.latencies, 0.5)),
  intake_p99_ms: round(percentile(beside.latencies, 0.99)),
  api_cpu_percent_alone: round(alone.apiCpu),
  api_cpu_percent: round(beside.apiCpu),
  api_cpu_percent_idle: round(idle.apiCpu),
  kb_per_s_out: Math.round(heard.bytes / 1024 / SECONDS),
});

async function identifyAll(): Promise<void> {
  const connection = await KeepAlive.open(kilim.url, write);
  for (let from = 0; from < PEOPLE; from += 500) {
    const batch = Array.from({ length: 500 }, (_, i) => maker.identify(from + i));
    await connection.post("/v1/batch", JSON.stringify({ batch }));
  }
  connection.close();
}

interface Loaded {
  /** Of each request, sorted. */
  readonly latencies: number[];
  /** [person, milliseconds since the epoch] of each event. */
  readonly sent: [number, number][];
  readonly apiCpu: number;
}

/** The usual rate for so long; with 0 seconds nothing at all for five. */
async function load(seconds: number): Promise<Loaded> {
  const latencies: number[] = [];
  const sent: [number, number][] = [];
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => KeepAlive.open(kilim.url, write)));
  const cpuBefore = kilim.cpuSeconds().api;
  const began = performance.now();
  const gap = 1000 / (EVENTS_PER_S / PER_BATCH / CONNECTIONS);
  if (seconds === 0) await pause(5_000);
  await Promise.all(
    connections.map(async (connection, i) => {
      for (let next = began + (i * gap) / CONNECTIONS; next < began + seconds * 1000; next += gap) {
        const wait = next - performance.now();
        if (wait > 0) await pause(wait);
        const batch = Array.from({ length: PER_BATCH }, () => maker.next() as { anonymousId: string });
        const at = performance.timeOrigin + performance.now();
        for (const { anonymousId } of batch) sent.push([Number(anonymousId.slice("device-".length)), at]);
        const asked = performance.now();
        const { status } = await connection.post("/v1/batch", JSON.stringify({ batch }));
        if (status !== 200) throw new Error(`a batch was answered ${status}`);
        latencies.push(performance.now() - asked);
      }
    }),
  );
  const took = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  const apiCpu = ((kilim.cpuSeconds().api - cpuBefore) / took) * 100;
  return { latencies: latencies.sort((a, b) => a - b), sent, apiCpu };
}

async function openStreams(child: ChildProcess): Promise<number> {
  const openings = Array.from({ length: STREAMS }, (_, i): Opening => {
    const kind = i % 5;
    const person = Math.floor(i / 5) * 2 + kind;
    if (kind < 2) return opening(`profiles=user_id:user-${person}`, secret, person);
    if (kind < 4) return opening("topics=product", write, null);
    return opening(`topics=${TOPICS[Math.floor(i / 5) % TOPICS.length]}`, secret, null);
  });
  const began = performance.now();
  child.send({ open: openings });
  const [first] = (await once(child, "message")) as [Heard];
  if (first.opened !== STREAMS) throw new Error(`${first.opened} streams are open`);
  return (performance.now() - began) / 1000;
}

function opening(query: string, authorization: string, person: number | null): Opening {
  return { url: kilim.url, path: `/v1/live?${query}`, headers: { authorization }, person };
}

async function tell(child: ChildProcess): Promise<Heard> {
  child.send("tell");
  return ((await once(child, "message")) as [Heard])[0];
}

/** From each event of a watched person to the first notice of that person after it, sorted. */
function delaysOf(sent: readonly [number, number][], { notices }: Heard): number[] {
  const byPerson = Map.groupBy(notices, ([person]) => person);
  return sent
    .flatMap(([person, at]) => {
      const first = byPerson.get(person)?.find(([, heardAt]) => heardAt >= at);
      return first ? [first[1] - at] : [];
    })
    .sort((a, b) => a - b);
}

async function untilWorkedIn(): Promise<void> {
  const connection = await KeepAlive.open(kilim.url, secret);
  for (;;) {
    const { body } = await connection.get("/v1/pipeline");
    const { inbox, outbox } = JSON.parse(body) as { inbox: number; outbox: number };
    if (inbox === 0 && outbox === 0) break;
    await pause(50);
  }
  connection.close();
}
