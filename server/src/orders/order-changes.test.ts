import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { findBreaches } from "../inventory/queries/find-breaches.pg.ts";
import { countersAt } from "../inventory/testing.ts";
import { inTransaction, sql } from "../platform/db.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import { cancelOrder, editOrder } from "./change-order.ts";
import { collectionCode } from "./collection-code.ts";
import { dropLines } from "./drop-lines.ts";
import { collectFulfilment, findCollectable, shipFulfilment, trackFulfilment } from "./hand-over-fulfilment.ts";
import type { OrdersDeps } from "./index.ts";
import { acceptFulfilment, readyFulfilment } from "./prepare-fulfilment.ts";
import { loadOrder, lockOrder } from "./queries/orders.pg.ts";
import { loadPayments } from "./queries/payments.pg.ts";
import { quoteShipping, shippingCost } from "./shipping-cost.ts";
import { readOrder } from "./show-orders.ts";
import {
  countingGateway,
  IZMIR,
  live,
  order as orderOf,
  ordersDeps,
  setPolicy,
  type Till,
  toldSince,
  variantsWith,
  WAREHOUSE,
} from "./testing.ts";
import { trackOrder } from "./track-order.ts";

describe("changes of orders", () => {
  let world: World;
  let deps: OrdersDeps;
  let till: Till;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    till = countingGateway();
    deps = ordersDeps(world, till);
    await carryOutRefunds(deps);
    till.given.clear();
    await setPolicy(world, {});
    await sql`delete from collect.inbox`.execute(world.db);
  });
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) => (await variantsWith(world, [stock]))[0] ?? "";
  const order = (cart: Record<string, number>, body = {}) => orderOf(world, deps, cart, body);
  const cancel = (orderId: string) => cancelOrder(deps, { orderId, reason: "x", actor: "x", isShopper: false });
  const given = async () => {
    await carryOutRefunds(deps);
    return [...till.given.values()];
  };
  const add = (orderId: string, variantId: string, quantity: number) =>
    editOrder(
      deps,
      orderId,
      { add: { lines: [{ variant_id: variantId, quantity }], paid_with: "card" } },
      "ada@dokuma.example",
    );

  test("ORD-18 lines are added before it leaves: held, paid, on their own way; the whole order can still be cancelled", async () => {
    const [shoe, bag] = [await one({ [WAREHOUSE]: 3 }), await one({ [WAREHOUSE]: 2 })];
    const placed = await order({ [shoe]: 1 });
    await add(placed.id, bag, 2);
    const more = await readOrder(deps, placed.id);
    expect(more).toMatchObject({ total: { amount: 3 * 8900 }, state: "placed", payment: { state: "paid" } });
    expect(more.lines.map(({ position, quantity }) => [position, quantity])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(await countersAt(world, bag, WAREHOUSE)).toMatchObject({ committed: 2, reserved: 0 });
    expect((await toldSince(world, 0)).map(({ name }) => name)).toContain("Order Updated");
    await expect(add(placed.id, bag, 1)).rejects.toMatchObject({
      code: "sold_out",
      fields: [{ path: "add.lines.0.quantity" }],
    });
    await cancel(placed.id);
    expect(await readOrder(deps, placed.id)).toMatchObject({ state: "cancelled", refunded: { amount: 3 * 8900 } });
    await expect(add(placed.id, bag, 1)).rejects.toMatchObject({ code: "not_editable" });
  });

  test("ORD-18 two add at the same moment: both are in it, each under a position of its own", async () => {
    const [shoe, bag] = [await one({ [WAREHOUSE]: 3 }), await one({ [WAREHOUSE]: 9 })];
    const placed = await order({ [shoe]: 1 });
    await Promise.all([add(placed.id, bag, 1), add(placed.id, bag, 2), add(placed.id, bag, 3)]);
    const more = await readOrder(deps, placed.id);
    expect(more.lines.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(more.total.amount).toBe(7 * 8900);
    const paid = await loadPayments(world.db, placed.id);
    expect(paid.reduce((sum, payment) => sum + payment.amount, 0)).toBe(more.total.amount);
  });

  test("ORD-18 two drop units of one line at the same moment: each waits for the other's sum, all of it is given back", async () => {
    const shoe = await one({ [WAREHOUSE]: 2 });
    const placed = await order({ [shoe]: 2 });
    // An odd amount: its halves differ by a cent, and who reads before the other has counted gives back the smaller twice.
    await sql`update orders.line set discount = 1 where order_id = ${placed.id}`.execute(world.db);
    await sql`update orders.book set total = total - 1, discount = 1 where id = ${placed.id}`.execute(world.db);
    await sql`update orders.payment set amount = amount - 1 where order_id = ${placed.id}`.execute(world.db);
    const drop = (source: string) =>
      inTransaction(world.db, async (tx) => {
        const row = await loadOrder(tx, placed.id);
        if (!row) throw new Error("no order");
        const lines = [{ position: 0, quantity: 1 }];
        await dropLines(tx, world.clock, { order: row, lines, reason: "x", source, actor: null });
      });
    let both: Promise<unknown> = Promise.resolve();
    await inTransaction(world.db, async (tx) => {
      await lockOrder(tx, placed.id);
      both = Promise.all([drop("one"), drop("two")]);
      await untilWaiting(world, 2);
    });
    await both;
    expect(await readOrder(deps, placed.id)).toMatchObject({ lines: [{ cancelled: 2 }], refunded: { amount: 17_799 } });
  });

  test("ORD-22 postage by the first rule that fits; picked up or worth enough it is free", async () => {
    const rules = [
      { currency: "EUR", countries: ["TR"], price: 500, free_from: 20_000 },
      { currency: "EUR", countries: [], price: 1_500, free_from: null },
    ];
    const cost = (country: string | null, worth: number, currency = "EUR") =>
      shippingCost(rules, { currency, country, worth });
    expect([
      cost("TR", 19_999),
      cost("TR", 20_000),
      cost("ID", 90_000),
      cost(null, 1),
      cost("TR", 1, "IDR"),
      cost("TR", 0),
    ]).toEqual([500, 0, 1_500, 1_500, 0, 0]);
    expect(quoteShipping(rules, { currency: "EUR", country: "TR", worth: 100 })).toEqual({
      price: { amount: 500, currency: "EUR" },
      free_from: { amount: 20_000, currency: "EUR" },
    });
    await setPolicy(world, { shipping: rules });
    const shoe = await one({ [WAREHOUSE]: 5, [IZMIR]: 5 });
    const home = { address: { name: "Elif", line1: "1", city: "Izmir", country: "TR" } };
    const sent = await order({ [shoe]: 1 }, home);
    expect(sent).toMatchObject({ shipping: { amount: 500 }, total: { amount: 9_400 } });
    expect((await toldSince(world, 0)).find(({ name }) => name === "Order Completed")?.properties).toMatchObject({
      revenue: 89,
      shipping: 5,
      total: 94,
    });
    const fetched = await order({ [shoe]: 1 }, { ...home, deliveries: [{ kind: "pickup", store_id: IZMIR }] });
    expect(fetched).toMatchObject({ shipping: { amount: 0 }, total: { amount: 8_900 } });
    await cancel(sent.id);
    expect(await given()).toEqual([9_400]);
    expect(await readOrder(deps, sent.id)).toMatchObject({ payment: { state: "refunded" } });
  });

  test("ORD-22 of an order that is cut the postage stays until nothing of it is left", async () => {
    await setPolicy(world, { shipping: [{ currency: "EUR", price: 700 }] });
    const shoe = await one({ [WAREHOUSE]: 5 });
    const placed = await order({ [shoe]: 2 });
    const cut = () => editOrder(deps, placed.id, { remove: [{ position: 0, quantity: 1 }] }, "ada");
    await cut();
    expect(await given()).toEqual([8_900]);
    await cut();
    expect(await given()).toEqual([8_900, 9_600]);
  });

  test("ORD-11 a locker: filled by a store, opened once by the code or by who else may fetch it", async () => {
    const shoe = await one({ [IZMIR]: 2 });
    const toLocker = { deliveries: [{ kind: "locker" as const, store_id: IZMIR }] };
    await expect(order({ [shoe]: 1 }, toLocker)).rejects.toMatchObject({
      code: "no_locker",
      fields: [{ path: "deliveries.0.store_id" }],
    });
    await sql`update catalog.store set services = '{locker}' where id = ${IZMIR}`.execute(world.db);
    const placed = await order({ [shoe]: 1 }, toLocker);
    const { id } = live(placed);
    expect(live(placed)).toMatchObject({ kind: "locker", state: "assigned", store_id: IZMIR });
    await expect(
      shipFulfilment(deps, { id, carrier: "x", trackingNumber: null, trackingUrl: null, actor: "ada" }),
    ).rejects.toMatchObject({ code: "not_now" });
    await acceptFulfilment(deps, id, "ada");
    await expect(readyFulfilment(deps, id, null, "ada")).rejects.toMatchObject({
      code: "no_compartment",
      fields: [{ path: "compartment" }],
    });
    await readyFulfilment(deps, id, "B12", "ada");
    expect(live(await readOrder(deps, placed.id))).toMatchObject({ state: "ready", compartment: "B12" });
    const found = await findCollectable(deps, IZMIR, collectionCode(world.secrets, id));
    await collectFulfilment(deps, { id: found.id, by: "locker", actor: "locker" });
    await expect(findCollectable(deps, IZMIR, collectionCode(world.secrets, id))).rejects.toMatchObject({
      code: "code_unknown",
    });
    expect(await countersAt(world, shoe, IZMIR)).toMatchObject({ on_hand: 1, committed: 0 });
  });

  test("ORD-17 the way of an order is told by when things happened, whatever order we heard of them in", async () => {
    const placed = await order({ [await one({ [WAREHOUSE]: 1 })]: 1 });
    const { id } = live(placed);
    world.clock.advance({ hours: 1 });
    await shipFulfilment(deps, { id, carrier: "Yurtiçi", trackingNumber: "42", trackingUrl: null, actor: "ada" });
    const at = (hours: number) => world.clock.now().add({ hours }).toString();
    const [out, hub, door] = [at(3), at(1), at(5)];
    await trackFulfilment(deps, id, { state: "out for delivery", at: out });
    await trackFulfilment(deps, id, { state: "at the hub", at: hub, note: "Manisa" });
    await trackFulfilment(deps, id, { state: "delivered", at: door });
    const { steps, fulfilment } = await trackOrder(world.db, placed.id);
    expect(fulfilment).toBe("fulfilled");
    expect(steps.map(({ step, note }) => note ?? step)).toEqual([
      "placed",
      "paid",
      "accepted",
      "Yurtiçi 42",
      "Manisa",
      "out for delivery",
      expect.stringMatching(/delivered/),
      expect.stringMatching(/delivered/),
    ]);
  });
});

/** Until so many other connections of this database wait for a lock. */
async function untilWaiting(world: World, many: number): Promise<void> {
  await expect
    .poll(async () => {
      const found = await sql<{ n: number }>`
        select count(*)::int4 as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db);
      return found.rows[0]?.n ?? 0;
    })
    .toBe(many);
}
