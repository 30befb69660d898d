import { randomBytes } from "node:crypto";

import type pg from "pg";
import { inject } from "vitest";

import { PgBus } from "../bus.ts";
import { VirtualClock } from "../clock.ts";
import { type Db, openDb } from "../db.ts";
import { type History, openHistory } from "../history.ts";
import { migrateHistory } from "../migrate.ts";
import { createSecrets, type Secrets } from "../secrets.ts";

/** Both real engines, with a database of one's own in each, and a clock that stands still. */
export interface World {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly history: History;
  readonly clock: VirtualClock;
  readonly bus: PgBus;
  readonly secrets: Secrets;
  /** Another pool on the same database, as a second node would have. */
  connect(max?: number): { readonly db: Db; readonly pool: pg.Pool; close(): Promise<void> };
  close(): Promise<void>;
}

export const START = "2026-03-02T09:00:00Z";

export async function createWorld(start = START): Promise<World> {
  const name = `world_${randomBytes(6).toString("hex")}`;
  const server = inject("postgres");
  const admin = openDb({ ...server, max: 1 });
  await admin.pool.query(`create database ${name} template ${inject("template")}`);
  const state = openDb({ ...server, database: name, max: 20 });
  const defaultHistory = openHistory({ ...inject("history"), database: "default" });
  await defaultHistory.command(`create database ${name}`);
  await defaultHistory.close();
  const history = openHistory({ ...inject("history"), database: name });
  await migrateHistory(history);
  const bus = await PgBus.open(state.pool);
  return {
    db: state.db,
    pool: state.pool,
    history,
    clock: new VirtualClock(start),
    bus,
    secrets: createSecrets(Buffer.alloc(32, 7)),
    connect: (max = 5) => openDb({ ...server, database: name, max }),
    async close() {
      await bus.close();
      await state.close();
      await history.close();
      await admin.pool.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}
