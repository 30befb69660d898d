import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../server/src/main.ts", import.meta.url));
const TICKS_PER_S = 100;
const PAGE = 4096;

export type Part = "api" | "worker" | "history" | "postgres" | "supervisor";

export interface KilimProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** CPU seconds used so far by the processes of this Kilim, by part, engines included. */
  cpuSeconds(): Record<Part, number>;
  /** Memory of its processes by part, shared pages counted once where the kernel tells (PSS), in MB. */
  memoryMb(): Record<Part, number>;
  stop(): Promise<void>;
}

/** A whole Kilim on a fresh folder, as `npm start` runs it. */
export async function startKilim(env: Readonly<Record<string, string>> = {}): Promise<KilimProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), "kilim-bench-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, KILIM_DATA: dataDir, KILIM_PORT: String(port), KILIM_DEMO: "0", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilReady(url, child);
  const access = JSON.parse(await readFile(join(dataDir, "access.json"), "utf8")) as {
    write_key: string;
    api_key: string;
  };
  return {
    url,
    dataDir,
    writeKey: access.write_key,
    apiKey: access.api_key,
    cpuSeconds() {
      const seconds = { api: 0, worker: 0, history: 0, postgres: 0, supervisor: 0 };
      for (const pid of tree(child.pid ?? 0)) seconds[partOf(pid)] += cpuOf(pid);
      return seconds;
    },
    memoryMb() {
      const megabytes = { api: 0, worker: 0, history: 0, postgres: 0, supervisor: 0 };
      for (const pid of tree(child.pid ?? 0)) megabytes[partOf(pid)] += memoryOf(pid);
      return megabytes;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Kilim ended at its start with code ${child.exitCode}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** CPU seconds of a process and everything it started. */
export function cpuSecondsOf(root: number): number {
  return tree(root).reduce((sum, pid) => sum + cpuOf(pid), 0);
}

/** The process and everything it started; PostgreSQL runs in a group of its own but is still its child. */
function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (fields) children.set(Number(fields[1]), [...(children.get(Number(fields[1])) ?? []), Number(name)]);
  }
  const all: number[] = [];
  for (const queue = [root]; queue.length > 0; ) {
    const pid = queue.pop() as number;
    all.push(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return all;
}

function partOf(pid: number): Part {
  let command = "";
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // It has ended meanwhile.
  }
  if (command.includes("postgres")) return "postgres";
  if (command.includes("--part worker")) return "worker";
  if (command.includes("--part api")) return "api";
  return command.includes("history-child") ? "history" : "supervisor";
}

/** Fields of /proc/PID/stat from the state on (the name before it may hold spaces). */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** utime and stime, with those of children that have ended. */
function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return fields ? [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) / TICKS_PER_S : 0;
}

function memoryOf(pid: number): number {
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
    return Number(pss?.[1] ?? 0) / 1024;
  } catch {
    const fields = statOf(pid);
    return fields ? (Number(fields[21]) * PAGE) / 2 ** 20 : 0;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
