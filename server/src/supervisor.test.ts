import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { isAlive } from "./platform/engines/postgres-orphan.ts";

/** A whole Kilim as an operator starts it, in processes of its own. */
interface Kilim {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
}

const PATIENCE = { timeout: 60_000, interval: 100 };
let dataDir: string;
let port: number;
const started: Kilim[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "kilim-supervisor-"));
  port = await freePort();
});

afterEach(async () => {
  for (const kilim of started.splice(0)) {
    kilim.child.kill("SIGTERM");
    await kilim.ended;
  }
  await rm(dataDir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function start(variables: Record<string, string> = {}): Kilim {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { PATH: "/usr/bin:/bin", KILIM_DATA: dataDir, KILIM_PORT: String(port), KILIM_DEMO: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  const kilim = { child, ended, said: () => said };
  started.push(kilim);
  return kilim;
}

async function untilReady(kilim: Kilim): Promise<void> {
  await vi.waitFor(() => expect(kilim.said()).toContain("Kilim is ready"), PATIENCE);
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer?.status === 200;
}

/** Children of Kilim by what they run: "api", "worker", "history-child.ts", "postgres". */
async function children(kilim: Kilim): Promise<Map<string, number>> {
  const { pid } = kilim.child;
  const pids = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ").map(Number);
  const named = await Promise.all(
    pids.map(async (child): Promise<[string, number]> => {
      const words = (await readFile(`/proc/${child}/cmdline`, "utf8")).split("\0");
      const name = words.includes("--part")
        ? words[words.indexOf("--part") + 1]
        : words.find((word) => /history-child\.ts$|\/postgres$/.test(word));
      return [name?.split("/").at(-1) ?? "", child];
    }),
  );
  return new Map(named);
}

test("each part and engine comes back after kill -9, and all stop in order on SIGTERM", {
  timeout: 180_000,
}, async () => {
  const kilim = start();
  await untilReady(kilim);
  const before = await children(kilim);
  expect([...before.keys()].sort()).toEqual(["api", "history-child.ts", "postgres", "worker"]);
  for (const pid of before.values()) process.kill(pid, "SIGKILL");
  await vi.waitFor(async () => {
    const after = await children(kilim);
    for (const [name, pid] of before) expect(after.get(name), name).not.toBe(pid);
    expect(after.size).toBe(before.size);
    expect(await isReady()).toBe(true);
  }, PATIENCE);
  const all = await children(kilim);
  kilim.child.kill("SIGTERM");
  expect(await kilim.ended).toBe(0);
  expect(kilim.said()).not.toMatch(/^\s+at /m);
  for (const [name, pid] of all) expect(isAlive(pid), name).toBe(false);
});

test("api and worker live through the death of both engines", { timeout: 180_000 }, async () => {
  const kilim = start();
  await untilReady(kilim);
  const before = await children(kilim);
  const { api_key } = JSON.parse(await readFile(join(dataDir, "access.json"), "utf8")) as { api_key: string };
  const headers = { authorization: `Bearer ${api_key}` };
  const signIn = () =>
    fetch(`http://127.0.0.1:${port}/v1/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify({ email: "nobody@example.org", password: "wrong password" }),
    });
  // Every pool of the api has a connection, and some are in use.
  await signIn();
  const ask = () => fetch(`http://127.0.0.1:${port}/v1/profiles`, { headers });
  const asking = Array.from({ length: 20 }, ask);
  for (const name of ["postgres", "history-child.ts"]) process.kill(before.get(name) ?? 0, "SIGKILL");
  await Promise.all(asking);
  await vi.waitFor(async () => expect(await isReady()).toBe(true), PATIENCE);
  const after = await children(kilim);
  for (const name of ["api", "worker"]) expect(after.get(name), kilim.said()).toBe(before.get(name));
});

test("after kill -9 of the supervisor everything ends, and the next start is ready at once", {
  timeout: 180_000,
}, async () => {
  const first = start();
  await untilReady(first);
  const orphans = await children(first);
  first.child.kill("SIGKILL");
  const second = start();
  await untilReady(second);
  expect(await isReady()).toBe(true);
  for (const [name, pid] of orphans) expect(isAlive(pid), name).toBe(false);
});

test("a second Kilim on the same folder is refused with one sentence", { timeout: 120_000 }, async () => {
  await untilReady(start());
  const second = start({ KILIM_PORT: String(await freePort()) });
  expect(await second.ended).toBe(1);
  expect(second.said().trim()).toBe(
    `Another Kilim is running on ${dataDir}: stop it first, or set KILIM_DATA to another folder for this one.`,
  );
});

test("a port in use ends with one sentence, and the engines are stopped again", { timeout: 120_000 }, async () => {
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const kilim = start();
  expect(await kilim.ended).toBe(1);
  expect(kilim.said().trim()).toBe(
    `Port ${port} on 127.0.0.1 is in use: stop the program that uses it, or set KILIM_PORT to another port.`,
  );
  other.close();
});

test("wrong settings and servers that do not answer end with one sentence each", { timeout: 120_000 }, async () => {
  const wrong = start({ KILIM_PORT: "no", KILIM_RAW_DAYS: "-1" });
  expect(await wrong.ended).toBe(1);
  expect(wrong.said().trim()).toMatch(
    /^Kilim's settings are not valid: KILIM_PORT must be .*; KILIM_RAW_DAYS must be .*\.$/,
  );

  const lost = start({ DATABASE_URL: "postgres://kilim@127.0.0.1:1/kilim", CLICKHOUSE_URL: "http://127.0.0.1:1" });
  expect(await lost.ended).toBe(1);
  expect(lost.said().trim()).toMatch(/^PostgreSQL does not answer at DATABASE_URL \(ECONNREFUSED\): .*\.$/);
});
