import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import { type DbOptions, sqlState } from "../db.ts";
import { StartError } from "../start-error.ts";

/** Its recovery after a crash replays at most 2 GB of log. */
const PATIENCE_MS = 60_000;
/** It starts (57P03), stops (57P01), or nobody listens on its socket. */
const AWAY = new Set(["57P03", "57P01", "ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE"]);

/** Returns when State takes connections, should it just be coming back from a crash. Throws StartError. */
export async function untilPostgresAnswers(options: DbOptions): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(50)) {
    const client = new pg.Client(options as pg.ClientConfig);
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (AWAY.has(sqlState(error) ?? "") && Date.now() < until) continue;
      throw new StartError(`PostgreSQL takes no connection: ${error instanceof Error ? error.message : error}`, error);
    }
  }
}
