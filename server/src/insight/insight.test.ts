import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type App, buildApp } from "../platform/http.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { EventCounts, Overview } from "./contracts.ts";
import { createInsight } from "./index.ts";

const [ANNA, BEN, OLD_ANNA] = [
  "019c0000-0000-7000-8000-000000000001",
  "019c0000-0000-7000-8000-000000000002",
  "019c0000-0000-7000-8000-000000000003",
];
const NOBODY = "00000000-0000-0000-0000-000000000000";

let world: World;
let app: App;
beforeAll(async () => {
  world = await createWorld();
  app = buildApp({
    log: createLog("test", "warn"),
    publicUrl: "http://kilim.test",
    authenticate: async ({ headers }) =>
      headers.authorization ? { kind: "secret", keyId: "k", source: "k" } : { kind: "anonymous" },
  });
  createInsight({ ...world, namesOf: async () => new Map([[ANNA, "Anna Kaya"]]) }).routes?.(app);
});
afterAll(async () => {
  await app.close();
  await world.close();
});

let n = 0;
function event(name: string, at: string, more: object = {}) {
  n += 1;
  const base = { type: "track", channel: "web", source: "shop", profile_id: ANNA, properties: "{}", batch: 1 };
  return { message_id: `m${n}`, name, timestamp: at, received_at: at, ...base, ...more };
}
function order(id: string, at: string, cents: number, more: object = {}) {
  return event("Order Completed", at, { order_id: id, revenue_minor: cents, currency: "EUR", ...more });
}

async function ask<T>(url: string): Promise<T> {
  const response = await app.inject({ url, headers: { authorization: "Bearer k" } });
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
}

test("an empty installation has an overview of nothing", async () => {
  expect(await ask<Overview>("/v1/overview?days=30")).toMatchObject({
    events: 0,
    profiles: 0,
    has_events: false,
    orders: 0,
    revenue: { amount: 0 },
    by_month: [],
    recent: [],
  });
});

describe("figures", () => {
  beforeAll(async () => {
    await world.history.insert("profile_overrides", [{ from_id: OLD_ANNA, into_id: ANNA, version: 1 }]);
    await world.history.insert("events", [
      event("Page Viewed", "2026-01-10T10:00:00.000Z", { type: "page", profile_id: OLD_ANNA }),
      order("1", "2026-01-10T11:00:00.000Z", 10_000),
      // The same order told again by a client that had lost its answer.
      order("1", "2026-01-10T11:00:05.000Z", 10_000),
      // Another source may use the same number.
      order("1", "2026-01-31T23:59:59.999Z", 500, { source: "till", channel: "store", profile_id: BEN }),
      order("2", "2026-02-01T00:00:00.000Z", 3_000, { channel: "store", profile_id: BEN }),
      order("3", "2026-02-02T00:00:00.000Z", 7_000, { profile_id: NOBODY, properties: '{"guest":true}' }),
      order("4", "2026-02-03T00:00:00.000Z", 900, { currency: "GBP" }),
      order("5", "2026-02-04T00:00:00.000Z", 66_600),
      event("Order Cancelled", "2026-02-05T00:00:00.000Z", { order_id: "5", currency: "EUR" }),
      // Bought on the web, brought back to the store a month later.
      event("Order Refunded", "2026-02-20T00:00:00.000Z", {
        order_id: "1",
        revenue_minor: 4_000,
        currency: "EUR",
        channel: "store",
      }),
      // A refund that names no amount is one of the whole order.
      event("Order Refunded", "2026-02-21T00:00:00.000Z", { order_id: "2", revenue_minor: 0, currency: "EUR" }),
    ]);
  });

  test("INS-1 INS-3 INS-5 orders once, refunds in their own month and for the channel that sold", async () => {
    const { by_month, by_channel, orders, revenue } = await ask<Overview>("/v1/overview");
    expect(by_month).toEqual([
      { month: "2026-01", orders: 2, revenue: 10_500, buyers: 2, guest_orders: 0, people: 2, events: 4 },
      {
        month: "2026-02",
        orders: 2,
        revenue: 10_000 - 4_000 - 3_000,
        buyers: 1,
        guest_orders: 1,
        people: 2,
        events: 7,
      },
    ]);
    expect({ orders, revenue }).toEqual({ orders: 4, revenue: { amount: 13_500, currency: "EUR" } });
    expect(by_channel).toMatchObject([
      { channel: "store", orders: 2, revenue: 500 },
      { channel: "web", orders: 2, revenue: 13_000 },
    ]);
  });

  test("INS-2 merged profiles are one person", async () => {
    expect((await ask<Overview>("/v1/overview")).profiles).toBe(2);
  });

  test("INS-4 currencies are listed, never added", async () => {
    const { currencies } = await ask<Overview>("/v1/overview");
    expect(currencies).toEqual([
      { currency: "EUR", orders: 4, revenue: 13_500 },
      { currency: "GBP", orders: 1, revenue: 900 },
    ]);
    const pounds = await ask<Overview>("/v1/overview?currency=GBP");
    expect(pounds).toMatchObject({ orders: 1, revenue: { amount: 900, currency: "GBP" } });
    expect(pounds.by_month.map((row) => row.orders)).toEqual([0, 1]);
  });

  test("the last days begin at this moment so many days ago", async () => {
    const { orders, from, has_events } = await ask<Overview>("/v1/overview?days=30");
    expect({ orders, from, has_events }).toEqual({ orders: 3, from: "2026-01-31T09:00:00.000Z", has_events: true });
  });

  test("the newest events carry the names of people", async () => {
    const { recent } = await ask<Overview>("/v1/overview?days=1");
    expect(recent[0]).toMatchObject({ event: "Order Refunded", profile_id: ANNA, profile_name: "Anna Kaya" });
    expect(recent.find((row) => row.timestamp === "2026-02-02T00:00:00.000Z")).toMatchObject({ profile_id: null });
    expect(recent.at(-1)).toMatchObject({ event: "Page Viewed", profile_id: ANNA });
  });

  test("events are counted by name, also for one channel", async () => {
    const counts = await ask<EventCounts>("/v1/events/counts");
    expect(counts.total).toBe(11);
    expect(counts.items[0]).toMatchObject({ name: "Order Completed", count: 7, people: 2 });
    expect((await ask<EventCounts>("/v1/events/counts?channel=store")).total).toBe(3);
  });
});

test("only staff and secret keys may ask, and bad questions are refused", async () => {
  expect((await app.inject({ url: "/v1/overview" })).statusCode).toBe(401);
  const bad = await app.inject({ url: "/v1/overview?days=0", headers: { authorization: "Bearer k" } });
  expect(bad.statusCode).toBe(400);
});
