import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import { createRooms } from "../rooms.ts";

let server: TestServer;
let otherKey: string;
beforeAll(async () => {
  server = await createServer();
  const keys = await server.call<{ value: string }>("POST", "/v1/keys", { kind: "write", name: "Other shop" });
  otherKey = keys.body.value;
});
afterAll(() => server.close());

async function post(events: readonly object[], more: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: "POST",
    body: JSON.stringify({ batch: events, ...more }),
    headers: { authorization: `Bearer ${server.writeKey}`, ...headers },
  });
  expect(await response.json()).toEqual({ success: true });
  await server.settle();
}

const order = (user: string, more: object = {}) => ({
  type: "track",
  userId: user,
  event: "Order Completed",
  messageId: `order-${user}`,
  timestamp: "2026-03-01T08:00:00.000Z",
  properties: { order_id: user, revenue: 20, currency: "EUR" },
  ...more,
});

async function state(user: string) {
  const { body } = await server.call<{ computed: { orders: number; events: number; revenue: number } }>(
    "GET",
    `/v1/profiles/user_id:${user}`,
  );
  const [row] = await server.history.query<{ n: number }>(
    "select count() as n from events where user_id = {user:String}",
    { user },
  );
  return {
    orders: body.computed.orders,
    events: body.computed.events,
    revenue: body.computed.revenue,
    history: row?.n,
  };
}
const ONCE = { orders: 1, events: 1, revenue: 2000, history: 1 };

interface Listed {
  readonly items: readonly { code: string | null; value: string | null }[];
}

async function conflicts(): Promise<number> {
  const { body } = await server.call<{ sources: { codes: { code: string; n: number }[] }[] }>(
    "GET",
    "/v1/events/health?hours=24",
  );
  return body.sources
    .flatMap(({ codes }) => codes)
    .filter(({ code }) => code === "message_id_conflict")
    .reduce((sum, { n }) => sum + n, 0);
}

test("PIP-8 a repeat in a batch, in another request, from another place, after hours or days changes nothing", async () => {
  const event = order("repeats");
  await post([event, event]);
  await post([event]);
  await post([event], { sentAt: new Date().toISOString() }, { "x-retry-count": "2", origin: "https://shop.example" });
  await post([{ ...event, sentAt: "2026-03-01T08:00:05Z" }]);
  server.clock.advance({ hours: 5 });
  await post([event]);
  server.clock.advance({ days: 3 });
  await post([event, order("another")]);
  expect(await state("repeats")).toEqual(ONCE);
  expect(await state("another")).toEqual(ONCE);
  expect(await conflicts()).toBe(0);
});

test("PIP-8 a repeat after a restart changes nothing", async () => {
  const event = order("restart");
  await post([event]);
  for (const room of Object.values(server.rooms)) await room.stop?.();
  const rooms = createRooms(server.context);
  for (const room of Object.values(rooms)) await room.start?.();
  const response = await fetch(`${server.url}/v1/track`, {
    method: "POST",
    body: JSON.stringify(event),
    headers: { authorization: `Bearer ${server.writeKey}` },
  });
  expect(response.status).toBe(200);
  await rooms.pipeline.drain();
  expect(await state("restart")).toEqual(ONCE);
  for (const room of Object.values(rooms)) await room.stop?.();
  for (const room of Object.values(server.rooms)) await room.start?.();
});

test("PIP-8 the same id with another payload is a conflict: the first stays, the second is listed with both digests", async () => {
  const first = order("conflict");
  const second = order("conflict", { properties: { order_id: "conflict", revenue: 99, currency: "EUR" } });
  await post([first]);
  await post([second]);
  await post([first]);
  expect(await state("conflict")).toEqual(ONCE);
  expect(await conflicts()).toBe(1);
  const { body } = await server.call<Listed>("GET", "/v1/events?identifier=order-conflict");
  const listed = body.items.filter(({ code }) => code === "message_id_conflict");
  expect(listed).toHaveLength(1);
  expect(listed[0]).toMatchObject({ message_id: "order-conflict", field: "messageId" });
  const digests = JSON.parse(listed[0]?.value ?? "") as { first: string; second: string };
  expect(digests.first).toMatch(/^[\da-f]{8}$/);
  expect(digests.second).toMatch(/^[\da-f]{8}$/);
  expect(digests.first).not.toBe(digests.second);
});

test("PIP-8 two payloads under one id in a single batch are a conflict too", async () => {
  const before = await conflicts();
  const first = order("conflict-inside");
  await post([first, { ...first, event: "Order Cancelled" }, first]);
  expect(await state("conflict-inside")).toEqual(ONCE);
  expect((await conflicts()) - before).toBe(1);
});

test("PIP-8 the same id from another source is another event", async () => {
  const before = await conflicts();
  const event = order("sources", { properties: {} });
  await post([event]);
  await post([{ ...event, event: "Product Viewed" }], {}, { authorization: `Bearer ${otherKey}` });
  expect(await state("sources")).toMatchObject({ events: 2, history: 2 });
  expect(await conflicts()).toBe(before);
});

test("PIP-8 a thousand conflicts of one key are counted all and kept within bounds", async () => {
  const before = await conflicts();
  const events = Array.from({ length: 1_000 }, (_, i) => order("flood", { properties: { i } }));
  await post(events);
  expect((await conflicts()) - before).toBe(999);
  const kept = await server.pool.query("select 1 from collect.rejections where code = 'message_id_conflict'");
  expect(kept.rows.length).toBeLessThanOrEqual(300);
  expect(await state("flood")).toMatchObject({ events: 1, history: 1 });
});
