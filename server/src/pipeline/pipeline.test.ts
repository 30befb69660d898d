import { afterAll, beforeAll, expect, test } from "vitest";

import { append, newEvent } from "../collect/index.ts";
import { findProfile, loadIdentifiersOf } from "../identity/index.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { loadProfiles } from "../profiles/index.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { createPipeline, type Pipeline } from "./index.ts";

const noSegments: SegmentKeeper = {
  foldBatch: async () => [],
  takeDue: async () => ({ changes: [], profileIds: [], more: false }),
  nextDue: async () => null,
};

let world: World;
let pipeline: Pipeline;
beforeAll(async () => {
  world = await createWorld();
  pipeline = createPipeline({
    ...world,
    log: createLog("test", "warn"),
    rawDays: 7,
    segments: noSegments,
    followers: [],
  });
  await pipeline.start?.();
});
afterAll(async () => {
  await pipeline.stop?.();
  await world.close();
});

async function send(...events: Parameters<typeof newEvent>[1][]): Promise<void> {
  await inTransaction(world.db, (tx) =>
    append(
      tx,
      events.map((event) => newEvent(world.clock, event)),
    ),
  );
  world.bus.wake("inbox");
  await pipeline.drain();
}

let n = 0;
function track(name: string, more: object = {}) {
  return { messageId: `m${++n}`, source: "test", name, ...more };
}
function identify(more: object) {
  return { messageId: `m${++n}`, source: "test", name: "Identify", type: "identify" as const, ...more };
}

test("two devices of one person become one profile with both histories", async () => {
  await send(
    track("Product Viewed", { anonymousId: "phone", channel: "web" }),
    track("Product Viewed", { anonymousId: "laptop", channel: "web" }),
  );
  await send(identify({ userId: "u1", anonymousId: "phone", traits: { email: "Jane@Example.com " } }));
  await send(identify({ userId: "u1", anonymousId: "laptop" }));
  const id = await findProfile(world.db, "email:jane@example.com");
  const held = await loadIdentifiersOf(world.db, [id as string]);
  expect(held.map((h) => `${h.type}:${h.value}`).sort()).toEqual([
    "anonymous_id:laptop",
    "anonymous_id:phone",
    "email:jane@example.com",
    "user_id:u1",
  ]);
  const profile = (await loadProfiles(world.db, [id as string])).get(id as string);
  expect(profile?.computed.channels.web?.events).toBe(2);
  expect(profile?.computed.events).toBe(4);
});

test("a repeated message changes nothing, in one batch or in another", async () => {
  const order = track("Order Completed", {
    userId: "u2",
    properties: { order_id: "o1", revenue: 25, currency: "EUR" },
    channel: "store",
  });
  await send(order, order);
  await send(order);
  const id = await findProfile(world.db, "user_id:u2");
  const profile = (await loadProfiles(world.db, [id as string])).get(id as string);
  expect(profile?.computed).toMatchObject({ orders: 1, revenue: 2500, currency: "EUR", events: 1 });
  expect(await world.history.query("select count() as n from events where order_id = 'o1'")).toEqual([{ n: 1 }]);
});

test("an event of nobody reaches History all the same", async () => {
  await send(track("Order Completed", { properties: { order_id: "till-1", revenue: 9 } }));
  expect(await world.history.query("select count() as n from events where order_id = 'till-1'")).toEqual([{ n: 1 }]);
});

test("a row that cannot be worked in is set aside and its neighbours arrive", async () => {
  await send(
    track("Fine", { anonymousId: "q1" }),
    track("Broken", { anonymousId: "q1", properties: { text: "\u0000" }, receivedAt: "not a time" }),
    track("Fine too", { anonymousId: "q1" }),
  );
  expect(await world.history.query("select name from events where anonymous_id = 'q1' order by name")).toEqual([
    { name: "Fine" },
    { name: "Fine too" },
  ]);
  expect(await rows(world.db, sql`select stage from collect.quarantine`)).toEqual([{ stage: "inbox" }]);
});

test("what was merged away is found by its old id and by History's overrides", async () => {
  await send(track("Product Viewed", { anonymousId: "m-a" }), track("Product Viewed", { userId: "m-u" }));
  const before = await findProfile(world.db, "anonymous_id:m-a");
  await send(identify({ userId: "m-u", anonymousId: "m-a" }));
  const after = await findProfile(world.db, "user_id:m-u");
  expect(await findProfile(world.db, before as string)).toBe(after);
  expect(
    await world.history.query("select into_id from profile_overrides where from_id = {id:UUID}", { id: before }),
  ).toEqual([{ into_id: after }]);
});
