import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { type DbHandle, openDb } from "./db.ts";
import { checkHistoryIsShared } from "./share-history.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
let other: DbHandle;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await other?.close();
  await world.close();
});

test("Kilims on one State start only with one History", async () => {
  const { db, clock } = world;
  const embedded = { databaseUrl: "postgres://x", clickhouseUrl: undefined };
  const shared = { databaseUrl: "postgres://x", clickhouseUrl: "http://y" };
  const start = (settings: typeof embedded | typeof shared) => checkHistoryIsShared(db, clock, settings, 0);
  await start(embedded);
  other = openDb({
    ...inject("postgres"),
    ...(world.pool.options.database ? { database: world.pool.options.database } : {}),
    max: 1,
    applicationName: "kilim worker",
  });
  await other.pool.query("select 1");
  await expect(start(shared)).rejects.toThrow("set CLICKHOUSE_URL to the same server");
  await expect(start(embedded)).rejects.toThrow("set CLICKHOUSE_URL to the same server");
  await other.close();
  while (
    (
      await world.pool.query(
        "select from pg_stat_activity where application_name = 'kilim worker' and datname = current_database()",
      )
    ).rowCount !== 0
  );
  await start(shared);
  other = openDb({ ...other.pool.options, max: 1, applicationName: "kilim api" } as Parameters<typeof openDb>[0]);
  await other.pool.query("select 1");
  await start(shared);
  await expect(start(embedded)).rejects.toThrow("set CLICKHOUSE_URL to the same server");
});
