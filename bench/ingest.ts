/**
 * Events per second from HTTP to visible in History: batches of 100 events of 10,000 people from 8 connections for
 * `--seconds` (20), durable before each answer (fsync, synchronous_commit and full_page_writes on).
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import pg from "pg";

import { startPostgres } from "../server/src/platform/engines/postgres.ts";
import { type Part, startKilim } from "./lib/kilim-process.ts";
import { percentile, report, round } from "./lib/report.ts";

const { seconds, people, connections } = parseArgs({
  options: {
    seconds: { type: "string", default: "20" },
    people: { type: "string", default: "10000" },
    connections: { type: "string", default: "8" },
  },
}).values;
const PER_BATCH = 100;
const PEOPLE = Number(people);
const NAMES = [
  "Product Viewed",
  "Product Viewed",
  "Product Viewed",
  "Product List Viewed",
  "Product Added",
  "Checkout Started",
  "Order Completed",
];

let made = 0;
function makeEvent(): object {
  const i = made++;
  const person = (i * 7919) % PEOPLE;
  const name = NAMES[i % NAMES.length] as string;
  return {
    type: i % 25 === 0 ? "identify" : "track",
    messageId: `bench-${process.pid}-${i}`,
    anonymousId: `device-${person}`,
    ...(i % 25 === 0
      ? {
          userId: `user-${person}`,
          traits: { email: `user${person}@bench.example`, city: "Izmir", first_name: "Ayşe" },
        }
      : { event: name }),
    timestamp: new Date().toISOString(),
    properties: {
      product_id: `p-${i % 500}`,
      category: `category-${i % 12}`,
      name: "Linen dress with a long name",
      price: 49.9,
      quantity: 1,
      currency: "EUR",
      ...(name === "Order Completed" ? { order_id: `o-${i}`, revenue: 49.9 } : {}),
    },
    context: {
      library: { name: "analytics.js", version: "next-1.84.3" },
      page: { path: "/p/linen-dress", url: "https://shop.example/p/linen-dress", referrer: "" },
      locale: "tr-TR",
    },
  };
}

const kilim = await startKilim();
const authorization = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
const latencies: number[] = [];
let accepted = 0;

async function send(until: number): Promise<void> {
  while (performance.now() < until) {
    const batch = Array.from({ length: PER_BATCH }, makeEvent);
    const body = JSON.stringify({ batch, sentAt: new Date().toISOString() });
    const began = performance.now();
    const response = await fetch(`${kilim.url}/v1/batch`, { method: "POST", body, headers: { authorization } });
    const answer = (await response.json()) as { success: boolean; rejected?: unknown[] };
    latencies.push(performance.now() - began);
    if (!answer.success || answer.rejected) throw new Error(`an event was not accepted: ${JSON.stringify(answer)}`);
    accepted += PER_BATCH;
  }
}

async function call<T>(path: string): Promise<T> {
  return (await (await fetch(kilim.url + path, { headers: { authorization: `Bearer ${kilim.apiKey}` } })).json()) as T;
}

async function untilWorkedIn(): Promise<void> {
  for (;;) {
    const { inbox, outbox } = await call<{ inbox: number; outbox: number }>("/v1/pipeline");
    if (inbox === 0 && outbox === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Warm the code paths; what is measured begins after it.
await send(performance.now() + 2_000);
await untilWorkedIn();
latencies.length = 0;
accepted = 0;
const cpuBefore = kilim.cpuSeconds();
const ownCpuBefore = process.cpuUsage();
const began = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, () => send(began + Number(seconds) * 1000)));
const acceptedAfter = (performance.now() - began) / 1000;
await untilWorkedIn();
const visibleAfter = (performance.now() - began) / 1000;
const cpuAfter = kilim.cpuSeconds();
const per1000 = (part: Part) => round((cpuAfter[part] - cpuBefore[part]) / (accepted / 1000), 4);
const cpu = (Object.keys(cpuAfter) as Part[]).reduce((sum, part) => sum + cpuAfter[part] - cpuBefore[part], 0);
const ownCpu = process.cpuUsage(ownCpuBefore);
const memory = kilim.memoryMb();
await kilim.stop();
const copyRate = await measureCopy();
latencies.sort((a, b) => a - b);

report(`ingest: ${PER_BATCH} events a batch, ${PEOPLE} people, ${connections} connections, ${seconds} s`, {
  events: accepted,
  accepted_per_s: Math.round(accepted / acceptedAfter),
  events_per_s: Math.round(accepted / visibleAfter),
  batch_p50_ms: round(percentile(latencies, 0.5)),
  batch_p95_ms: round(percentile(latencies, 0.95)),
  batch_p99_ms: round(percentile(latencies, 0.99)),
  cpu_s_per_1000: round(cpu / (accepted / 1000), 4),
  cpu_api: per1000("api"),
  cpu_worker: per1000("worker"),
  cpu_postgres: per1000("postgres"),
  cpu_history: per1000("history"),
  load_generator_cpu_s_per_1000: round((ownCpu.user + ownCpu.system) / 1e6 / (accepted / 1000), 4),
  rss_mb: Math.round(memory),
  raw_copy_per_s: Math.round(copyRate),
  copy_ratio: round(accepted / visibleAfter / copyRate, 3),
});

/** The physical limit beside it: the same events as one text column each, by COPY in transactions of 10,000, fsync on. */
async function measureCopy(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "kilim-copy-"));
  const postgres = await startPostgres({ dataDir: folder, log: { info() {}, warn() {} } });
  const client = new pg.Client({ host: postgres.host, port: postgres.port, user: postgres.user, database: "postgres" });
  await client.connect();
  await client.query("create table raw (line text)");
  const rounds = 10;
  const rows = 10_000;
  const file = join(tmpdir(), `kilim-copy-${process.pid}.txt`);
  await writeFile(
    file,
    Array.from({ length: rows }, () => `${JSON.stringify(makeEvent()).replaceAll("\\", "\\\\")}\n`).join(""),
    { mode: 0o644 },
  );
  const start = performance.now();
  for (let i = 0; i < rounds; i++) await client.query(`copy raw from '${file}'`);
  const rate = (rounds * rows) / ((performance.now() - start) / 1000);
  await client.end();
  await postgres.stop();
  await rm(file);
  await rm(folder, { recursive: true, force: true });
  return rate;
}
