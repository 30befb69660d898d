import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { one, openDb, sql } from "../db.ts";
import { openHistory } from "../history.ts";
import { openEngines, startEngines } from "./open.ts";
import { isAlive } from "./postgres-orphan.ts";

const quiet = { info() {}, warn() {} };
let dataDir: string;
beforeEach(async () => {
  // Too deep for a socket's path, so that the engines' sockets lie elsewhere.
  dataDir = join(await mkdtemp(join(tmpdir(), "kilim-open-")), "d".repeat(100));
});
afterEach(() => rm(join(dataDir, ".."), { recursive: true, force: true }));

test("both engines come back on the same address with their rows after kill -9", async () => {
  const killed: number[] = [];
  const engines = await openEngines({ dataDir }, { info() {}, warn: (text) => killed.push(text.length) });
  const state = openDb({ ...engines.postgres, max: 1 });
  const history = openHistory(engines.history);
  await state.pool.query("create table kept as select 1 as n");
  await history.command("create table kept (n Int32) engine = MergeTree order by n");
  await history.insert("kept", [{ n: 2 }]);
  for (const pid of Object.values(engines.pids())) process.kill(pid ?? 0, "SIGKILL");
  await vi.waitFor(
    async () => {
      expect(await one(state.db, sql`select n from kept`)).toEqual({ n: 1 });
      expect(await history.query("select n from kept")).toEqual([{ n: 2 }]);
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(killed).toHaveLength(2);
  await state.close();
  await history.close();
  await engines.stop();
});

test("who asks while the history child is away waits for it", async () => {
  const engines = await openEngines({ dataDir, databaseUrl: undefined }, quiet);
  const { history: child = 0 } = engines.pids();
  process.kill(child, "SIGKILL");
  await vi.waitFor(() => expect(isAlive(child)).toBe(false));
  const history = openHistory(engines.history);
  expect(await history.query("select 1 as one")).toEqual([{ one: 1 }]);
  await history.close();
  await engines.stop();
});

test("a folder in use is refused before any engine is touched", async () => {
  const first = await startEngines({ dataDir, databaseUrl: "postgres://nobody@127.0.0.1:1/x" }, quiet);
  await expect(startEngines({ dataDir }, quiet)).rejects.toThrow(/^Another Kilim is running on/);
  await first.stop();
});

test("servers that do not answer end in a sentence that names the setting", async () => {
  const databaseUrl = "postgres://kilim@127.0.0.1:1/kilim";
  const clickhouseUrl = "http://127.0.0.1:1";
  await expect(openEngines({ dataDir, databaseUrl, clickhouseUrl }, quiet)).rejects.toThrow(
    /^PostgreSQL does not answer at DATABASE_URL \(ECONNREFUSED\): check host, port and network/,
  );
  await expect(openEngines({ dataDir, clickhouseUrl }, quiet)).rejects.toThrow(
    /^ClickHouse does not answer at CLICKHOUSE_URL \(ECONNREFUSED\): check host, port and network/,
  );
});

test("a database that does not exist ends in a sentence", async () => {
  const engines = await openEngines({ dataDir, clickhouseUrl: undefined }, quiet);
  const { host = "", user = "" } = engines.postgres;
  const databaseUrl = `postgres://${user}@/nowhere?host=${encodeURIComponent(host)}`;
  await expect(openEngines({ dataDir, databaseUrl, clickhouseUrl: "http://127.0.0.1:1" }, quiet)).rejects.toThrow(
    /^The database named in DATABASE_URL does not exist: create it/,
  );
  await engines.stop();
});

test("servers by URL: the database in ClickHouse's path is made when missing, and used", async () => {
  const servers = await openEngines({ dataDir }, quiet);
  const proxy = createServer((socket) => {
    const upstream = connect(servers.history.socketPath ?? "");
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const { port } = proxy.address() as { port: number };
  const { host = "", user = "" } = servers.postgres;
  const engines = await openEngines(
    {
      dataDir,
      databaseUrl: `postgres://${user}@/kilim?host=${encodeURIComponent(host)}`,
      clickhouseUrl: `http://127.0.0.1:${port}/shop_history`,
    },
    quiet,
  );
  const state = openDb({ ...engines.postgres, max: 1 });
  const history = openHistory(engines.history);
  expect(await one(state.db, sql`select current_database() as name`)).toEqual({ name: "kilim" });
  expect(await history.query("select currentDatabase() as name")).toEqual([{ name: "shop_history" }]);
  await state.close();
  await history.close();
  await engines.stop();
  proxy.close();
  await servers.stop();
});
