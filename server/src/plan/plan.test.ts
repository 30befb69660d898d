import { afterAll, beforeAll, expect, test } from "vitest";

import type { Stream } from "../debugger/contracts.ts";
import { PgBus } from "../platform/bus.ts";
import { createLog } from "../platform/log.ts";
import type { Page } from "../platform/pages.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { EventPlan, PlanItem, PlannedEvent, Suggestion, Trial } from "./contracts.ts";
import { PlanBook } from "./plan-book.ts";
import { STANDARD_NAMES } from "./standard.ts";
import { ViolationLog } from "./violation-log.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const PRICED = { type: "object", properties: { price: { type: "number" } }, required: ["price"] };

async function plan(name: string, body: object) {
  return server.call<PlannedEvent & { code?: string; errors?: { path: string; message: string }[] }>(
    "PUT",
    `/v1/plan/events/${encodeURIComponent(name)}`,
    body,
  );
}

async function send(...batch: readonly object[]) {
  const { body } = await server.call<{ rejected?: { index: number; code: string; field?: string; message: string }[] }>(
    "POST",
    "/v1/batch",
    { batch: batch.map((event) => ({ type: "track", userId: "p1", ...event })) },
    { authorization: `Bearer ${server.writeKey}` },
  );
  return body.rejected ?? [];
}

async function page(name: string): Promise<EventPlan> {
  return (await server.call<EventPlan>("GET", `/v1/plan/events/${encodeURIComponent(name)}`)).body;
}

/** Returns when the event's page says so; violations are written within a second or two. */
async function until(name: string, holds: (page: EventPlan) => boolean): Promise<EventPlan> {
  for (;;) {
    const found = await page(name);
    if (holds(found)) return found;
  }
}

test("PLN-1 without a plan everything goes in; `block` refuses with the place, `warn` counts, `off` does nothing", async () => {
  expect(await send({ event: "Tried", properties: { price: "x" } })).toEqual([]);
  expect((await plan("Tried", { mode: "block", schema: PRICED })).body).toMatchObject({
    version: 1,
    updated_by: "API",
  });
  expect(
    await send(
      { event: "Tried", properties: { price: 1 } },
      { event: "Tried", properties: { price: "x" } },
      { event: "Tried" },
      { event: "Other" },
    ),
  ).toMatchObject([
    { index: 1, code: "plan_violation", field: "properties.price", message: "properties.price must be number" },
    { index: 2, code: "plan_violation", field: "properties.price", message: "properties.price is missing" },
  ]);
  await plan("Tried", { mode: "warn", schema: PRICED });
  expect(await send({ event: "Tried", messageId: "warned", properties: { price: "y" } })).toEqual([]);
  await plan("Tried", { mode: "off", schema: PRICED });
  expect(await send({ event: "Tried", properties: { price: "z" } })).toEqual([]);
  const found = await until("Tried", ({ violations }) => violations.reduce((sum, { n }) => sum + n, 0) === 3);
  expect(found.violations).toMatchObject([
    { path: "properties.price", rule: "type", n: 2, blocked: 1, message: "must be number", message_id: "warned" },
    { path: "properties.price", rule: "required", n: 1, blocked: 1 },
  ]);
  expect(found.violations[0]?.days).toEqual([{ day: "2026-03-02", n: 2 }]);
});

test("what a plan blocks is in the event debugger, with the place, and found by the example's id", async () => {
  await plan("Blocked", { mode: "block", schema: PRICED });
  await send({ event: "Blocked", properties: { price: "dear" } });
  const { violations } = await until("Blocked", (found) => found.violations.length > 0);
  const example = violations[0]?.message_id ?? "";
  for (;;) {
    const { body } = await server.call<Stream>("GET", `/v1/events?outcome=rejected&identifier=${example}`);
    if (body.items.length === 0) continue;
    expect(body.items).toMatchObject([{ code: "plan_violation", field: "properties.price", value: '"dear"' }]);
    break;
  }
});

test("identify is checked by its traits", async () => {
  const schema = { type: "object", properties: { age: { type: "integer" } } };
  await plan("Identify", { mode: "block", schema });
  expect(await send({ type: "identify", traits: { age: "old" } })).toMatchObject([{ field: "traits.age" }]);
  await server.call("DELETE", "/v1/plan/events/Identify");
  expect(await send({ type: "identify", traits: { age: "old" } })).toEqual([]);
});

test("PLN-1 events without a plan are allowed, counted or refused, as the rule says", async () => {
  await server.call("PUT", "/v1/plan", { unplanned: "block" });
  expect(await send({ event: "Surprise" }, { event: "Tried", properties: {} })).toMatchObject([
    { index: 0, code: "unplanned_event", field: "event" },
  ]);
  await server.call("PUT", "/v1/plan", { unplanned: "warn" });
  expect(await send({ event: "Surprise" })).toEqual([]);
  const { violations } = await until("Surprise", (found) => found.violations[0]?.n === 2);
  expect(violations).toMatchObject([{ rule: "unplanned", n: 2, blocked: 1 }]);
  await server.call("PUT", "/v1/plan", { unplanned: "allow" });
});

test("PLN-2 another process hears of a change by notice", async () => {
  const other = server.connect(2);
  const bus = await PgBus.open(other.pool);
  const violations = new ViolationLog({ db: other.db, clock: server.clock, bus });
  const book = new PlanBook({ db: other.db, bus, log: createLog("test", "warn") }, violations);
  await book.load();
  const event = { name: "Elsewhere", type: "track", properties: {}, traits: {}, receivedAt: "2026-03-02T09:00:00Z" };
  expect(book.check(event as never)).toBeNull();
  await plan("Elsewhere", { mode: "block", schema: PRICED });
  while (book.check(event as never) === null) await new Promise((next) => setImmediate(next));
  book.close();
  await violations.close();
  await bus.close();
  await other.close();
});

test("PLN-3 a schema that could be slow, endless or look elsewhere is refused with the place", async () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `d${i}`,
      i === 19 ? { type: "string" } : { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
    ]),
  );
  const bad: [object, string][] = [
    [{ $ref: "https://example.com/schema.json" }, "schema.$ref"],
    [{ $ref: "#" }, "schema.$ref"],
    [{ $ref: "#/$defs/gone" }, "schema.$ref"],
    [{ $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }, "schema.$defs.b.$ref"],
    [{ $defs: doubling, $ref: "#/$defs/d0" }, "schema"],
    [{ properties: { a: { type: "nothing" } } }, "schema"],
    [{ properties: { a: { pattern: "(a" } } }, "schema"],
    [{ properties: { a: { uniqueItems: true } } }, "schema.properties.a.uniqueItems"],
    [{ tpye: "object" }, "schema"],
    [{ description: "x".repeat(40_000) }, "schema"],
    [JSON.parse(`${'{"not":'.repeat(40)}{}${"}".repeat(40)}`) as object, `schema${".not".repeat(25)}`],
  ];
  for (const [schema, path] of bad) {
    const { status, body } = await plan("Bad", { mode: "warn", schema });
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, "invalid_schema", path]);
  }
  // Takes for ever with the browser's own engine.
  await plan("Evil", { mode: "block", schema: { properties: { a: { type: "string", pattern: "^(a+)+$" } } } });
  expect(await send({ event: "Evil", properties: { a: `${"a".repeat(20_000)}!` } })).toHaveLength(1);
  expect(await send({ event: "Evil", properties: { a: "a".repeat(20_000) } })).toEqual([]);
});

test("PLN-5 versions are kept, an older one comes back as a new one, deleting is undone, and nobody overwrites unseen", async () => {
  await plan("Kept", { mode: "warn", schema: {} });
  await plan("Kept", { mode: "block", schema: PRICED, base_version: 1 });
  expect((await plan("Kept", { mode: "off", schema: {}, base_version: 1 })).body.code).toBe("plan_conflict");
  await server.call("POST", "/v1/plan/events/Kept/versions/1/restore", {});
  const { plan: kept, versions } = await page("Kept");
  expect(kept).toMatchObject({ version: 3, mode: "block", schema: {} });
  expect(versions.map(({ version, mode, author }) => [version, mode, author])).toEqual([
    [3, "block", "API"],
    [2, "block", "API"],
    [1, "warn", "API"],
  ]);
  await plan("Kept", { mode: "block", schema: PRICED });
  await server.call("DELETE", "/v1/plan/events/Kept");
  expect(await send({ event: "Kept" })).toEqual([]);
  await server.call("POST", "/v1/plan/events/Kept/restore", {});
  expect(await send({ event: "Kept" })).toHaveLength(1);
});

test("a schema is suggested from what was seen, and tried on it before it holds", async () => {
  await send(
    ...Array.from({ length: 12 }, (_, i) => ({
      event: "Seen",
      messageId: `seen-${i}`,
      properties: { id: `s${i}`, price: i === 3 ? "4.50" : i, ...(i < 6 ? { note: "x" } : {}) },
    })),
  );
  await server.settle();
  const { body } = await server.call<Suggestion>("GET", "/v1/plan/events/Seen/suggestion?from=seen");
  expect(body).toEqual({
    samples: 12,
    schema: {
      type: "object",
      properties: {
        id: { type: "string" },
        note: { type: "string" },
        price: { type: ["number", "string"], pattern: "^-?[0-9]+([.][0-9]+)?$" },
      },
      required: ["id", "price"],
    },
  });
  const tried = await server.call<Trial>("POST", "/v1/plan/events/Seen/try", { schema: PRICED });
  expect(tried.body).toEqual({
    checked: 12,
    broken: 1,
    faults: [{ path: "properties.price", rule: "type", message: "must be number", n: 1, message_id: "seen-3" }],
  });
  const { body: list } = await server.call<Page<PlanItem>>("GET", "/v1/plan/events?q=seen");
  expect(list.items).toMatchObject([{ name: "Seen", mode: null, seen: 12, is_standard: false }]);
});

test("the names of the e-commerce standard come built in, and take numbers as texts", async () => {
  for (const name of STANDARD_NAMES) {
    const { body } = await server.call<Suggestion>(
      "GET",
      `/v1/plan/events/${encodeURIComponent(name)}/suggestion?from=standard`,
    );
    expect((await plan(name, { mode: "block", schema: body.schema })).status, name).toBe(200);
  }
  const order = {
    order_id: 7,
    total: "27.50",
    revenue: 25,
    currency: "usd",
    products: [{ product_id: "1", price: "25" }],
  };
  expect(await send({ event: "Order Completed", properties: order })).toEqual([]);
  expect(
    await send({ event: "Order Completed", properties: { ...order, products: [{ product_id: "1", price: "cheap" }] } }),
  ).toMatchObject([{ field: "properties.products[].price" }]);
});

test("names of the first standard are kept under those of the second, and checked by their plan", async () => {
  expect((await plan("Completed Order", { mode: "block", schema: {} })).body.code).toBe("old_name");
  const properties = { orderId: "v1", total: 30, revenue: 30, currency: "EUR", products: [{ id: "sku-9", price: 30 }] };
  expect(await send({ event: "Completed Order", userId: "old", messageId: "v1-order", properties })).toEqual([]);
  expect(await send({ event: "Completed Order", properties: { total: 1 } })).toMatchObject([
    { code: "plan_violation" },
  ]);
  await server.settle();
  const [row] = await server.history.query<Record<string, unknown>>(
    "select name, order_id, revenue_minor, properties, context from events where message_id = 'v1-order'",
  );
  expect(row).toMatchObject({ name: "Order Completed", order_id: "v1", revenue_minor: 3_000 });
  expect(JSON.parse(String(row?.properties))).toMatchObject({
    orderId: "v1",
    products: [{ id: "sku-9", product_id: "sku-9" }],
  });
  expect(JSON.parse(String(row?.context))).toEqual({ sent_event: "Completed Order" });
  const { body } = await server.call<{ computed: { orders: number } }>("GET", "/v1/profiles/user_id:old");
  expect(body.computed.orders).toBe(1);
});
