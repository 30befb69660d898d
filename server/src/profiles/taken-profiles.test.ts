import { afterAll, beforeAll, expect, it } from "vitest";

import { newEvent } from "../collect/index.ts";
import { type Db, inTransaction, one, sql, type Tx } from "../platform/db.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { type AtHand, foldBatch, takeProfiles } from "./index.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const order = (id: string) => ({
  event: "Order Completed",
  properties: { order_id: id, revenue: 10, currency: "EUR" },
});

async function send(userId: string, told: object): Promise<void> {
  const batch = [{ type: "track", userId, ...told }];
  expect((await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch })).status).toBe(200);
}

/** A person with one order. */
async function makePerson(userId: string): Promise<string> {
  await send(userId, order(`first of ${userId}`));
  await server.settle();
  return (await readPerson(userId)).id;
}

async function readPerson(userId: string): Promise<{ id: string; computed: { orders: number } }> {
  return (await server.call("GET", `/v1/profiles/user_id:${userId}`)).body as never;
}

const take = (tx: Tx, id: string, isOnlyRead: boolean): Promise<AtHand> =>
  takeProfiles(tx, [id], async () => new Set(), new Set(isOnlyRead ? [id] : []));

function foldOrder(tx: Tx, atHand: AtHand, id: string, orderId: string): void {
  const { event: name, properties } = order(orderId);
  const event = newEvent(server.clock, { messageId: orderId, source: "test", name, channel: "web", properties });
  foldBatch(tx, atHand, new Set(), [], [{ event, profileId: id }]);
}

const isWaiting = (db: Db) => async () =>
  (await one(
    db,
    sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )) !== undefined;

it("PRO-4 what another transaction changes after a batch has read it is not lost: the batch is worked once more", async () => {
  const id = await makePerson("ann");
  // Her identifier is due to be seen again.
  server.clock.advance({ hours: 2 });
  await inTransaction(server.db, async (tx) => {
    const atHand = await take(tx, id, false);
    await send("ann", order("hers"));
    // The batch has read her as she was, and waits to write.
    await expect.poll(isWaiting(server.db), { timeout: 20_000 }).toBe(true);
    // Who holds her may go on to her identifiers: the batch has not been there before.
    await sql`select from identity.identifiers where profile_id = ${id} for update nowait`.execute(tx);
    foldOrder(tx, atHand, id, "ours");
  });
  await server.settle();
  expect((await readPerson("ann")).computed.orders).toBe(3);
});

it("PRO-4 whom a batch has read, and changes nothing of, is locked from then on", async () => {
  const id = await makePerson("bea");
  await inTransaction(server.db, async (tx) => {
    foldBatch(tx, await take(tx, id, true), new Set(), [], []);
    await sql`select 1`.execute(tx);
    const lock = sql`select from profiles.profiles where id = ${id} for update nowait`.execute(server.db);
    await expect(lock).rejects.toMatchObject({ code: "55P03" });
  });
});

it("PRO-4 who has been changed since, and is not written either, is read once more", async () => {
  const id = await makePerson("cem");
  const attempts: number[] = [];
  await inTransaction(server.db, async (tx, attempt) => {
    attempts.push(attempt);
    const atHand = await take(tx, id, true);
    if (attempt === 1) {
      await send("cem", order("second"));
      await server.settle();
    }
    foldBatch(tx, atHand, new Set(), [], []);
  });
  expect(attempts).toEqual([1, 2]);
});
