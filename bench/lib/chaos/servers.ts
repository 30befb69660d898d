import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openDb } from "../../../server/src/platform/db.ts";
import { startHistory } from "../../../server/src/platform/engines/history-process.ts";
import { startPostgres } from "../../../server/src/platform/engines/postgres.ts";

/** A PostgreSQL and a History that several nodes share, reached by URL as servers are. */
export async function startServers() {
  const dataDir = await mkdtemp(join(tmpdir(), "kilim-chaos-"));
  const log = { info() {}, warn() {} };
  const [postgres, history] = await Promise.all([startPostgres({ dataDir, log }), startHistory({ dataDir })]);
  const { host, port, user } = postgres;
  const admin = openDb({ host, port, user, database: "postgres", max: 1 });
  await admin.pool.query("create database kilim");
  await admin.close();
  const bridge = await openBridge(history.socketPath);
  return {
    databaseUrl: `postgres://${user}@/kilim?host=${encodeURIComponent(host)}&port=${port}`,
    clickhouseUrl: `http://127.0.0.1:${bridge.port}`,
    engines: {
      postgres: { host, port, user, database: "kilim" },
      history: { socketPath: history.socketPath, database: "kilim" },
    },
    historyPid: history.pid,
    async stop() {
      bridge.close();
      await history.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The history child listens on a socket only; a port in front of it. */
async function openBridge(socketPath: string) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(socketPath);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => open.delete(from));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as { port: number }).port,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
