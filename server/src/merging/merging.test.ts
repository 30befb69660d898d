import { afterAll, beforeAll, expect, test } from "vitest";

import { newEvent } from "../collect/index.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { MergeAnswer, MergeEntry, UnmergeAnswer } from "./contracts.ts";
import { eventsInHistory, segmentsAreLive, send, wholePerson } from "./testing/whole-person.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
  for (const [name, definition] of Object.entries({
    "Bought twice": { did: "Order Completed", count: { op: "gte", value: 2 } },
    "Spent 40": { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 40 }, within: "P30D" },
    Izmir: { trait: "city", op: "is", value: "Izmir" },
  }))
    expect(await server.call("POST", "/v1/segments", { name, definition })).toMatchObject({ status: 201 });
  await segmentsAreLive(server);
}, 60_000);
afterAll(() => server.close());

let n = 0;
const id = () => `m${String(++n).padStart(5, "0")}`;
const identify = (userId: string | undefined, anonymousId: string | undefined, traits: object = {}) => ({
  type: "identify",
  messageId: id(),
  userId,
  anonymousId,
  traits,
});
const order = (who: object, orderId: string, revenue: number) => ({
  type: "track",
  event: "Order Completed",
  messageId: id(),
  ...who,
  properties: { order_id: orderId, revenue, currency: "EUR" },
});
const merge = (into: string, from: string) =>
  server.call<MergeAnswer>("POST", "/v1/profiles/merge", { into, from, reason: "the same woman, says she" });
const unmerge = (profile: string, from: string) =>
  server.call<UnmergeAnswer>("POST", "/v1/profiles/unmerge", { profile, from });

test("MRG-3 merging two people by hand and separating them again changes nothing of either", async () => {
  await send(
    server,
    identify("a1", "da1", { city: "Izmir", email: "a1@x.co" }),
    order({ userId: "a1" }, "o-a1", 25),
    identify("b1", "db1", { city: "Ankara", email: "b1@x.co", plan: "pro", first_name: "Bea" }),
    order({ anonymousId: "db1" }, "o-b1", 30),
  );
  // What she has proven of herself holds against the newer claim of the other, and after the separation, too.
  const proven = newEvent(server.clock, {
    messageId: id(),
    source: "test",
    name: "Identify",
    type: "identify",
    userId: "a1",
    verified: true,
    timestamp: "2026-03-01T09:00:00.000Z",
    traits: { first_name: "Ada" },
  });
  await server.rooms.pipeline.processNow([proven]);
  await server.settle();
  const a = await wholePerson(server, "user_id:a1");
  const b = await wholePerson(server, "user_id:b1");
  const merged = await merge(a.id, b.id);
  expect(merged).toMatchObject({ status: 200, body: { profile_id: a.id, from: b.id } });
  expect(merged.body.unusual).toEqual([{ rule: "limit", type: "user_id", count: 2, limit: 1 }]);
  await server.settle();
  const both = await wholePerson(server, "user_id:b1");
  expect(both.id).toBe(a.id);
  expect(both.person.computed).toMatchObject({ orders: 2, revenue: 5500 });
  expect(both.person.traits).toMatchObject({ first_name: "Ada" });
  expect(both.person.segments).toEqual(["Bought twice", "Spent 40"]);
  expect(both.events).toEqual([...a.events, ...b.events].sort());
  expect(await eventsInHistory(server, a.id)).toBe(5);
  const parted = await unmerge(a.id, b.id);
  expect(parted).toMatchObject({
    status: 200,
    body: { profile_id: a.id, separated: b.id, events: 2, events_since: 0 },
  });
  await server.settle();
  expect(await wholePerson(server, "user_id:a1")).toEqual(a);
  expect(await wholePerson(server, "user_id:b1")).toEqual(b);
  expect(await eventsInHistory(server, a.id)).toBe(3);
  expect(await eventsInHistory(server, b.id)).toBe(2);
}, 60_000);

test("MRG-4 case 39: a card linked by mistake is separated; its events since are its own and the next event does not join them", async () => {
  const till = (more: object = {}) => ({
    anonymousId: "till-L1",
    context: { channel: "store", externalIds: [{ type: "loyalty_id", id: "L1" }] },
    ...more,
  });
  await send(server, order(till(), "o-l1", 10), order(till(), "o-l2", 11), order(till(), "o-l3", 12));
  const card = await wholePerson(server, "loyalty_id:L1");
  await send(server, identify("c1", "dc1", { city: "Izmir" }));
  const web = await wholePerson(server, "user_id:c1");
  await send(server, identify("c1", "dc1", { loyalty_id: "L1" }));
  const linked = await wholePerson(server, "user_id:c1");
  expect(linked.person.merged_from).toEqual([card.id]);
  expect(linked.person.computed).toMatchObject({ orders: 3, revenue: 3300 });
  await send(server, order(till(), "o-l4", 13), order({ userId: "c1" }, "o-c1", 5));
  const log = await server.call<{ items: MergeEntry[] }>("GET", `/v1/profiles/${web.id}/merges`);
  expect(log.body.items).toMatchObject([
    { kind: "merge", into: web.id, from: card.id, actor: "pipeline", can_separate: true },
  ]);
  expect(log.body.items[0]?.identifiers).toContainEqual({ type: "loyalty_id", value: "L1" });
  const parted = await unmerge(web.id, card.id);
  expect(parted.body).toMatchObject({ separated: card.id, identifiers: 2, events: 5, events_since: 1 });
  await server.settle();
  const after = await wholePerson(server, "loyalty_id:L1");
  expect(after.id).toBe(card.id);
  expect(after.person.computed).toMatchObject({ orders: 4, revenue: 4600, events: 4 });
  expect(after.person.identifiers).toEqual(["anonymous_id:till-L1", "loyalty_id:L1"]);
  expect((await wholePerson(server, "user_id:c1")).person.computed).toMatchObject({ orders: 1, revenue: 500 });
  expect(await eventsInHistory(server, card.id)).toBe(4);
  await send(server, identify("c1", "dc1", { loyalty_id: "L1" }));
  expect((await wholePerson(server, "user_id:c1")).id).toBe(web.id);
  expect((await wholePerson(server, "loyalty_id:L1")).id).toBe(card.id);
  // Nor by way of a third: a device that is the card's now.
  await send(server, { ...order(till(), "o-l5", 1), anonymousId: "third" });
  await send(server, identify("c1", "third"));
  expect((await wholePerson(server, "anonymous_id:third")).id).toBe(card.id);
  expect((await wholePerson(server, "user_id:c1")).id).toBe(web.id);
  const apart = await server.call<{ items: { profile_id: string }[] }>("GET", `/v1/profiles/${web.id}/separations`);
  expect(apart.body.items).toMatchObject([{ profile_id: card.id }]);
  expect((await server.call("POST", "/v1/profiles/allow-merge", { profile: web.id, other: card.id })).status).toBe(200);
  await send(server, identify("c1", "dc1", { loyalty_id: "L1" }));
  expect((await wholePerson(server, "loyalty_id:L1")).id).toBe(web.id);
}, 60_000);
