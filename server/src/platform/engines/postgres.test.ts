import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type RunningPostgres, startPostgres } from "./postgres.ts";
import { isAlive } from "./postgres-orphan.ts";

const quiet = { info() {}, warn() {} };
let folder: string;
let running: RunningPostgres | undefined;

beforeEach(async () => {
  // Of mode 0700: as root, PostgreSQL's account may not pass here by itself.
  folder = await mkdtemp(join(tmpdir(), "kilim-pg-"));
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function ask(server: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host: server.host, port: server.port, user: server.user, database: "postgres" });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function start(dataDir = folder): Promise<RunningPostgres> {
  running = await startPostgres({ dataDir, log: quiet });
  return running;
}

test("starts in a folder that only its owner may enter, on a private socket, durable, in C.UTF-8", async () => {
  const server = await start();
  expect((await stat(server.host)).mode & 0o777).toBe(0o700);
  const [row] = await ask(
    server,
    `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit, datlocprovider::text as provider, datlocale as locale
       from pg_database where datname = 'postgres'`,
  );
  expect(row).toEqual({ addresses: "", fsync: "on", commit: "on", provider: "b", locale: "C.UTF-8" });
});

test("keeps what was committed over a stop and a start", async () => {
  await ask(await start(), "create table kept as select 42 as answer");
  await running?.stop();
  expect(await ask(await start(), "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("a server whose Kilim was killed is stopped, and its folder taken over", async () => {
  const owner = join(import.meta.dirname, "testing", "dying-owner.ts");
  const ended = await promisify(execFile)(process.execPath, [owner, folder]).catch((error: unknown) => error);
  const orphan = Number((ended as { stdout: string }).stdout);
  expect(orphan).toBeGreaterThan(0);
  expect(await ask(await start(), "select 1 as one")).toEqual([{ one: 1 }]);
  expect(isAlive(orphan)).toBe(false);
});

test("a pid file that names a process of another program is no obstacle", async () => {
  const server = await start();
  const pidFile = join(folder, "postgres", "postmaster.pid");
  const text = await readFile(pidFile, "utf8");
  await server.stop();
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
  expect(await ask(await start(), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("half a cluster left by an interrupted first start is made anew", async () => {
  await mkdir(join(folder, "postgres.new", "base"), { recursive: true });
  await mkdir(join(folder, "postgres"));
  expect(await ask(await start(), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a data folder too deep for a socket's path gets its socket elsewhere", async () => {
  const deep = join(folder, "d".repeat(60), "e".repeat(60));
  expect(await ask(await start(deep), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a folder that cannot be made ends in a sentence", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(startPostgres({ dataDir: join(folder, "file", "data"), log: quiet })).rejects.toThrow(
    /is not a folder: move that file away, or set KILIM_DATA/,
  );
});
