import { afterAll, beforeAll, expect, it } from "vitest";

import { inTransaction, one, sql, type Tx } from "../platform/db.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { readWatermark } from "./index.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

/** What a fill holds while it registers its conditions and marks the point from which batches fold for them. */
const holdDefinitions = (tx: Tx) => sql`select pg_advisory_xact_lock(7415502)`.execute(tx);

async function isBatchWaiting(): Promise<boolean> {
  const waiting = await one(
    server.db,
    sql`
    select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 7415502
      and database = (select oid from pg_database where datname = current_database())`,
  );
  return waiting !== undefined;
}

it("PIP-10 a batch that folds after a fill began has a number from after it: nothing is counted from both sides", async () => {
  const send = (messageId: string) =>
    server.call("POST", "/v1/batch", {
      writeKey: server.writeKey,
      batch: [{ type: "track", event: "Bought", userId: "ann", messageId }],
    });
  await send("first");
  await server.settle();
  const watermark = await inTransaction(server.db, async (tx) => {
    await holdDefinitions(tx);
    await send("second");
    await expect.poll(isBatchWaiting, { timeout: 20_000 }).toBe(true);
    return await readWatermark(tx);
  });
  await server.settle();
  const [row] = await server.history.query<{ batch: number }>("select batch from events where message_id = 'second'");
  expect(row?.batch).toBeGreaterThan(watermark);
});
