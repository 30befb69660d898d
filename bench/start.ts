/**
 * How long Kilim takes to be ready on an empty folder (cold) and on one it knows (warm, median of five), how long it
 * takes to stop, and what all its processes hold in memory when idle. Memory is the sum of proportional set sizes:
 * a page shared by several processes counts once. Packages are installed and screens are built before.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../server/src/main.ts", import.meta.url));
const WARM_STARTS = 5;
/** Long enough for the work after a start to end and for the collectors to have run. */
const IDLE_MS = 15_000;

const dataDir = await mkdtemp(join(tmpdir(), "kilim-bench-"));
const port = await freePort();

const cold = await startKilim();
await stopKilim(cold.child);
const warm: number[] = [];
const stops: number[] = [];
let memory = 0;
for (let i = 0; i < WARM_STARTS; i++) {
  const { child, ms } = await startKilim();
  warm.push(ms);
  if (i === WARM_STARTS - 1) {
    await pause(IDLE_MS);
    memory = await memoryOf(child.pid ?? 0);
  }
  stops.push(await stopKilim(child));
}
await rm(dataDir, { recursive: true, force: true });

console.log(`cold start  ${cold.ms} ms`);
console.log(`warm start  ${median(warm)} ms   (${warm.join(", ")})`);
console.log(`stop        ${median(stops)} ms`);
console.log(`idle memory ${memory} MB`);
console.log(
  JSON.stringify({ bench: "start", cold_ms: cold.ms, warm_ms: median(warm), stop_ms: median(stops), idle_mb: memory }),
);

async function startKilim(): Promise<{ child: ChildProcess; ms: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, KILIM_DATA: dataDir, KILIM_PORT: String(port), KILIM_DEMO: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = `http://127.0.0.1:${port}/readyz`;
  while ((await fetch(address).catch(() => undefined))?.status !== 200) {
    if (child.exitCode !== null) throw new Error("Kilim did not start");
    await pause(10);
  }
  return { child, ms: Math.round(performance.now() - began) };
}

async function stopKilim(child: ChildProcess): Promise<number> {
  const began = performance.now();
  child.kill("SIGTERM");
  await once(child, "exit");
  return Math.round(performance.now() - began);
}

/** Proportional set size of a process and all below it, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const kilobytes = async (one: number): Promise<number> => {
    const text = await readFile(`/proc/${one}/smaps_rollup`, "utf8");
    const children = (await readFile(`/proc/${one}/task/${one}/children`, "utf8")).trim().split(" ").filter(Boolean);
    const below = await Promise.all(children.map((child) => kilobytes(Number(child))));
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) + below.reduce((sum, kb) => sum + kb, 0);
  };
  return Math.round((await kilobytes(pid)) / 1024);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
