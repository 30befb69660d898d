import { zstdCompressSync } from "node:zlib";

import { afterAll, beforeAll, expect, test } from "vitest";

import { append, newEvent } from "../collect/index.ts";
import { findProfile, loadIdentifiersOf } from "../identity/index.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { loadProfiles } from "../profiles/index.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { toHistoryRow } from "./history-rows.ts";
import { createPipeline, type Pipeline } from "./index.ts";

const noSegments: SegmentKeeper = {
  foldBatch: async () => [],
  takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
  nextDue: async () => null,
  countBeyond: async () => ({ people: 0, waiting: 0 }),
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

test("a line that ClickHouse refuses is set aside and its neighbours arrive, each once", async () => {
  const line = (name: string, more: object) =>
    JSON.stringify({ ...toHistoryRow(newEvent(world.clock, track(name)), null, 0), ...more });
  const lines = [line("Shipped 1", {}), line("Refused", { timestamp: "the day before" }), line("Shipped 2", {})];
  await sql`
    insert into pipeline.outbox (created_at, n, rows, profile_ids)
    values (${world.clock.now().toString()}, 3, ${zstdCompressSync(`${lines.join("\n")}\n`)}, '{}')`.execute(world.db);
  await pipeline.drain();
  expect(
    await world.history.query("select name from events where name like 'Shipped%' or name = 'Refused' order by name"),
  ).toEqual([{ name: "Shipped 1" }, { name: "Shipped 2" }]);
  expect(await rows(world.db, sql`select stage from collect.quarantine where stage = 'outbox'`)).toHaveLength(1);
});

test("while History is away State goes on; when it is back everything arrives once, also what was half shipped", async () => {
  const { db, history, clock, bus, secrets } = world;
  let isAway = true;
  const flaky: typeof history = {
    ...history,
    async insertRaw(table, lines, token) {
      // It took the rows and died before it could say so.
      await history.insertRaw(table, lines, token);
      if (isAway) throw new Error("connection lost");
    },
  };
  await pipeline.stop?.();
  const deps = {
    db,
    clock,
    bus,
    secrets,
    log: createLog("test", "silent"),
    rawDays: 7,
    segments: noSegments,
    followers: [],
  };
  const away = createPipeline({ ...deps, history: flaky });
  await away.start?.();
  await inTransaction(db, (tx) => append(tx, [newEvent(clock, track("Half Shipped", { userId: "h1" }))]));
  bus.wake("inbox");
  await expect(away.drain()).rejects.toThrow("connection lost");
  expect((await loadProfiles(db, [(await findProfile(db, "user_id:h1")) as string])).size).toBe(1);
  isAway = false;
  await away.drain();
  expect(await history.query("select count() as n from events where name = 'Half Shipped'")).toEqual([{ n: 1 }]);
  await away.stop?.();
  pipeline = createPipeline({ ...deps, history });
  await pipeline.start?.();
});

test("people who all meet in one, told in parallel over many connections, are one profile and no trait is lost", async () => {
  const together = Array.from({ length: 60 }, (_, i) =>
    pipeline.processNow([
      newEvent(
        world.clock,
        identify({
          userId: i % 2 ? "meet" : null,
          anonymousId: `meet-${i % 7}`,
          traits: { [`trait_${i}`]: i, ...(i % 3 ? { email: "meet@x.co" } : {}) },
        }),
      ),
    ]),
  );
  await Promise.all(together);
  await send(...[0, 1, 2, 3, 4].map((i) => identify({ userId: "meet", anonymousId: `meet-${i}` })));
  const id = (await findProfile(world.db, "email:meet@x.co")) as string;
  expect(await findProfile(world.db, "user_id:meet")).toBe(id);
  const profile = (await loadProfiles(world.db, [id])).get(id);
  const there = Object.keys(profile?.traits ?? {}).filter((name) => name.startsWith("trait_"));
  const others = await rows<{ n: number }>(
    world.db,
    sql`select count(*) as n from profiles.profiles, json_object_keys(data::json->'traits') as name where name like 'trait\\_%'`,
  );
  expect(others[0]?.n).toBe(60);
  expect(there.length).toBeGreaterThanOrEqual(50);
});
