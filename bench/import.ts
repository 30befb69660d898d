/**
 * Rows per second of a file of events (CSV, `--rows` 1,000,000 of 100,000 people), from its start to all of it being in
 * History, while single live events come in at `--live` (50) a second. Memory is looked at as the file goes by: it must
 * not grow with it.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import type { ImportDetail } from "../server/src/imports/contracts.ts";
import { uploadFile } from "../server/src/imports/index.ts";
import { type Part, startKilim } from "./lib/kilim-process.ts";
import { percentile, report, round } from "./lib/report.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    people: { type: "string", default: "100000" },
    live: { type: "string", default: "50" },
  },
});
const ROWS = Number(values.rows);
const PEOPLE = Number(values.people);
const LIVE_PER_S = Number(values.live);

const folder = await mkdtemp(join(tmpdir(), "kilim-bench-import-"));
const path = join(folder, "events.csv");
await writeFile();
const kilim = await startKilim();
const receiver = { url: kilim.url, key: kilim.apiKey };

const uploadBegan = performance.now();
const file = await uploadFile(receiver, path, () => {});
const uploadSeconds = (performance.now() - uploadBegan) / 1000;

const fields = {
  id: "id",
  who: "user_id",
  event: "event",
  at: "time",
  product: "property:product_id",
  price: "property:price",
};
const columns = Object.entries(fields).map(([column, field]) => ({
  column,
  field,
  ...(column === "price" ? { type: "number" } : {}),
}));
const memory: number[] = [];
const workerMemory: number[] = [];
const latencies: number[] = [];
const cpuBefore = kilim.cpuSeconds();
const began = performance.now();
const { id } = await call<ImportDetail>("POST", "/v1/imports", { file, kind: "events", columns });
let isOver = false;
const live = sendLive();
let view = await call<ImportDetail>("GET", `/v1/imports/${id}`);
while (view.state === "waiting" || view.state === "running") {
  const now = kilim.memoryMb();
  memory.push(Object.values(now).reduce((sum, megabytes) => sum + megabytes, 0));
  workerMemory.push(now.worker);
  await pause(1_000);
  view = await call<ImportDetail>("GET", `/v1/imports/${id}`);
}
const readSeconds = (performance.now() - began) / 1000;
isOver = true;
await live;
for (;;) {
  const { inbox, outbox } = await call<{ inbox: number; outbox: number }>("GET", "/v1/pipeline");
  if (inbox === 0 && outbox === 0) break;
  await pause(20);
}
const seconds = (performance.now() - began) / 1000;
const cpuAfter = kilim.cpuSeconds();
const per1000 = (part: Part) => round((cpuAfter[part] - cpuBefore[part]) / (ROWS / 1000), 4);
const cpu = (Object.keys(cpuAfter) as Part[]).reduce((sum, part) => sum + cpuAfter[part] - cpuBefore[part], 0);
const { size } = await stat(path);
await kilim.stop();
await rm(folder, { recursive: true });
if (view.state !== "done" || view.accepted !== ROWS) throw new Error(`not all was taken in: ${JSON.stringify(view)}`);
latencies.sort((a, b) => a - b);
const quarter = Math.max(1, Math.floor(memory.length / 4));
const meanOf = (part: readonly number[]) =>
  Math.round(part.reduce((sum, mb) => sum + mb, 0) / Math.max(1, part.length));

report(`import: ${ROWS} rows of ${PEOPLE} people beside ${LIVE_PER_S} live events a second`, {
  rows: ROWS,
  file_mb: Math.round(size / 1e6),
  upload_mb_per_s: Math.round(size / 1e6 / uploadSeconds),
  rows_per_s: Math.round(ROWS / seconds),
  read_rows_per_s: Math.round(ROWS / readSeconds),
  cpu_s_per_1000: round(cpu / (ROWS / 1000), 4),
  cpu_api: per1000("api"),
  cpu_worker: per1000("worker"),
  cpu_postgres: per1000("postgres"),
  cpu_history: per1000("history"),
  live_accept_p50_ms: round(percentile(latencies, 0.5)),
  live_accept_p99_ms: round(percentile(latencies, 0.99)),
  rss_first_quarter_mb: meanOf(memory.slice(0, quarter)),
  rss_last_quarter_mb: meanOf(memory.slice(-quarter)),
  worker_first_quarter_mb: meanOf(workerMemory.slice(0, quarter)),
  worker_last_quarter_mb: meanOf(workerMemory.slice(-quarter)),
  rss_peak_mb: Math.round(Math.max(...memory)),
});

async function writeFile(): Promise<void> {
  const out = createWriteStream(path);
  out.write("id,who,event,at,product,price\n");
  for (let i = 0; i < ROWS; i++) {
    const at = new Date(Date.UTC(2025, 0, 1) + i * 20_000).toISOString();
    const line = `e-${i},user-${(i * 7919) % PEOPLE},Product Viewed,${at},p-${i % 500},${(i % 90) + 0.9}\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/** Single events with durable answers, at a steady rate, as a shop sends them beside. */
async function sendLive(): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
  const sending = new Set<Promise<void>>();
  for (let n = 0; !isOver; n++) {
    const event = { type: "track", event: "Cart Viewed", anonymousId: `live-${n % 500}`, messageId: `live-${n}` };
    const from = performance.now();
    const sent = fetch(`${kilim.url}/v1/track`, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify(event),
    }).then(async (response) => {
      await response.text();
      latencies.push(performance.now() - from);
      sending.delete(sent);
    });
    sending.add(sent);
    await pause(1000 / LIVE_PER_S);
  }
  await Promise.all(sending);
}

async function call<T>(method: string, route: string, body?: unknown): Promise<T> {
  const response = await fetch(kilim.url + route, {
    method,
    headers: { authorization: `Bearer ${kilim.apiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}
