import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../server/src/main.ts", import.meta.url));
const WRITE_KEY = "wk_of_the_chaos_tests";
const API_KEY = "sk_of_the_chaos_tests";
const START_PATIENCE_MS = 120_000;

export type Piece = "api" | "worker" | "history" | "postgres";

/** One Kilim in processes of its own, on a folder and a port that outlive them. */
export interface Node {
  readonly url: string;
  readonly dataDir: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** Starts the processes; does not wait for them. */
  start(): void;
  untilReady(): Promise<void>;
  /** The process of a part or an embedded engine, undefined while there is none. */
  pid(piece: Piece): number | undefined;
  /** All its processes at this moment, the supervisor first. */
  pids(): number[];
  signal(signal: NodeJS.Signals): void;
  /** `kill -9` of every process at once; returns when none is left. */
  killAll(): Promise<void>;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** What its processes wrote. */
  said(): string;
  stop(): Promise<void>;
}

export async function layOutNode(variables: Readonly<Record<string, string>> = {}): Promise<Node> {
  const dataDir = await mkdtemp(join(tmpdir(), "kilim-chaos-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = "";

  function start(): void {
    const env = { KILIM_DATA: dataDir, KILIM_PORT: String(port), KILIM_DEMO: "0", ...variables };
    child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, KILIM_WRITE_KEY: WRITE_KEY, KILIM_API_KEY: API_KEY, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-200_000);
      });
    }
  }

  const root = () => child?.pid ?? 0;
  // A test that was given up must not leave it running.
  const atExit = () => {
    for (const pid of tree(root())) kill(pid, "SIGKILL");
  };
  process.once("exit", atExit);
  return {
    url,
    dataDir,
    writeKey: WRITE_KEY,
    apiKey: API_KEY,
    start,
    async untilReady() {
      for (const until = Date.now() + START_PATIENCE_MS; !(await isReady(url)); await pause(50)) {
        if (child?.exitCode !== null && child?.exitCode !== undefined) throw new Error(`Kilim ended:\n${said}`);
        if (Date.now() > until) throw new Error(`Kilim is not ready:\n${said}`);
      }
    },
    pid: (piece) => childrenOf(root()).find((pid) => nameOf(pid) === piece),
    pids: () => tree(root()),
    signal(signal) {
      for (const pid of tree(root())) kill(pid, signal);
    },
    async killAll() {
      const all = tree(root());
      for (const pid of all) kill(pid, "SIGKILL");
      while (all.some(isAlive)) await pause(5);
    },
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    said: () => said,
    async stop() {
      if (child && child.exitCode === null && child.signalCode === null) {
        for (const pid of tree(root())) kill(pid, "SIGCONT");
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      process.off("exit", atExit);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** A process that ended and was not waited for yet (Z) is gone. */
function isAlive(pid: number): boolean {
  const fields = statOf(pid);
  return fields !== null && fields[0] !== "Z";
}

function nameOf(pid: number): string | undefined {
  const words = read(`/proc/${pid}/cmdline`).split("\0");
  if (words.includes("--part")) return words[words.indexOf("--part") + 1];
  if (words.some((word) => word.endsWith("history-child.ts"))) return "history";
  return words.some((word) => word.endsWith("/postgres")) ? "postgres" : undefined;
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(" ").filter(Boolean).map(Number);
}

function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? Number(statOf(Number(name))?.[1] ?? 0) : 0;
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all: number[] = [];
  for (const queue = root > 0 ? [root] : []; queue.length > 0; ) {
    const pid = queue.shift() as number;
    all.push(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return all;
}

/** Fields of /proc/PID/stat from the state on (the name before it may hold spaces). */
function statOf(pid: number): string[] | null {
  const text = read(`/proc/${pid}/stat`);
  return text === "" ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** How the embedded engines of a node are reached from outside of it. */
export async function engineAddresses(node: Node) {
  const lines = (await readFile(join(node.dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
  const child = node.pid("history");
  const socketPath = read(`/proc/${child}/cmdline`)
    .split("\0")
    .find((word) => word.endsWith("/http.sock"));
  if (!socketPath) throw new Error("the history child is not running");
  return {
    postgres: { host: lines[4] ?? "", port: Number(lines[3]), user: "kilim", database: "kilim" },
    history: { socketPath, database: "kilim" },
  };
}
