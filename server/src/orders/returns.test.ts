import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { findBreaches } from "../inventory/queries/find-breaches.pg.ts";
import { countersAt } from "../inventory/testing.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { announceReturn, withdrawReturn } from "./announce-return.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import { hashReceipt, receiptCode } from "./collection-code.ts";
import type { ReturnBody, TillSale } from "./contracts.ts";
import { shipFulfilment, trackFulfilment } from "./hand-over-fulfilment.ts";
import type { OrdersDeps } from "./index.ts";
import { findByReceipt } from "./queries/orders.pg.ts";
import { readReturnable, returnOrder } from "./return-order.ts";
import { sellAtTill } from "./sell-at-till.ts";
import { readOrder } from "./show-orders.ts";
import { readRefunds, readReturns, readReturnsOf } from "./show-returns.ts";
import {
  countingGateway,
  IZMIR,
  JAKARTA,
  live,
  order as orderOf,
  ordersDeps,
  setPolicy,
  type Till,
  toldSince,
  variantsWith,
  WAREHOUSE,
} from "./testing.ts";

describe("returns", () => {
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
    await setPolicy(world, { return_days: 14, zone: "Europe/Istanbul" });
  });
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) => (await variantsWith(world, [stock]))[0] ?? "";
  const sell = async (lines: Record<string, number>, given: Partial<TillSale> = {}) => {
    const { order } = await sellAtTill(deps, {
      sale: {
        channel: "store",
        store_id: IZMIR,
        lines: Object.entries(lines).map(([variant_id, quantity]) => ({ variant_id, quantity })),
        payment: "card",
        ...given,
      },
      actor: "ada",
      source: "till",
      idempotencyKey: null,
    });
    return order.id;
  };
  const bring = (orderId: string, quantity: number, given: Partial<ReturnBody> = {}, position = 0) =>
    returnOrder(deps, {
      orderId,
      body: {
        channel: "store",
        store_id: JAKARTA,
        lines: [{ position, quantity, condition: "sellable" }],
        ...given,
      },
      actor: "bo",
    });
  const sum = (amounts: Iterable<number>) => [...amounts].reduce((a, b) => a + b, 0);

  test("ORD-14 bought on the web, brought to another store by its receipt: on that store's shelf, money back", async () => {
    const id = await one({ [WAREHOUSE]: 2 });
    const placed = await orderOf(world, deps, { [id]: 2 });
    await shipFulfilment(deps, {
      id: live(placed).id,
      carrier: "PTT",
      trackingNumber: null,
      trackingUrl: null,
      actor: "x",
    });
    const found = await findByReceipt(world.db, hashReceipt(world.secrets, placed.receipt_code));
    expect(found?.id).toBe(placed.id);
    await bring(placed.id, 1);
    expect(await countersAt(world, id, JAKARTA)).toMatchObject({ on_hand: 1, damaged: 0 });
    await carryOutRefunds(deps);
    expect([...till.given.values()]).toEqual([8900]);
    expect(await readOrder(deps, placed.id)).toMatchObject({
      payment: { state: "partially_refunded" },
      lines: [{ returned: 1 }],
    });
    expect(await readReturns(world.db, placed.id)).toMatchObject([
      {
        number: expect.stringMatching(/^R-\d+$/),
        location_id: JAKARTA,
        refund: { amount: 8900 },
        refunds: [{ state: "done" }],
      },
    ]);
    expect((await toldSince(world, 0)).at(-1)).toMatchObject({ name: "Order Refunded", properties: { total: 89 } });
    expect(receiptCode(world.secrets, placed.id)).not.toContain(placed.id);
  });

  test("ORD-14 never more than was handed out: three returns of one against a sale of two, also all at once", async () => {
    const id = await one({ [IZMIR]: 5 });
    const sold = await sell({ [id]: 2 });
    const all = await Promise.allSettled([bring(sold, 1), bring(sold, 1), bring(sold, 1)]);
    expect(all.filter((r) => r.status === "fulfilled")).toHaveLength(2);
    for (const r of all) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "not_returnable" });
    expect(await countersAt(world, id, JAKARTA)).toMatchObject({ on_hand: 2 });
    const ordered = await orderOf(world, deps, { [id]: 1 });
    await expect(bring(ordered.id, 1)).rejects.toMatchObject({
      code: "not_returnable",
      fields: [{ path: "lines.0.quantity", message: "0 may come back" }],
    });
  });

  test("ORD-14 damaged goods lie apart; what somebody has to look at does, too", async () => {
    const id = await one({ [IZMIR]: 2 });
    const sold = await sell({ [id]: 2 });
    const lines: ReturnBody["lines"] = [
      { position: 0, quantity: 1, condition: "damaged", reason: "torn" },
      { position: 0, quantity: 1, condition: "check" },
    ];
    await bring(sold, 1, { lines });
    expect(await countersAt(world, id, JAKARTA)).toMatchObject({ on_hand: 2, damaged: 1, quality_control: 1 });
  });

  test("ORD-14 the time begins with the delivery, not the order, and ends with the last day there", async () => {
    const id = await one({ [WAREHOUSE]: 3 });
    const placed = await orderOf(world, deps, { [id]: 1 });
    await shipFulfilment(deps, {
      id: live(placed).id,
      carrier: "PTT",
      trackingNumber: null,
      trackingUrl: null,
      actor: "x",
    });
    world.clock.advance({ hours: 24 * 20 });
    const before = await readReturnable(world.db, world.clock.now(), placed.id);
    expect(before).toEqual([{ position: 0, quantity: 1, until: null, is_over: false, in_time: 1 }]);
    const at = world.clock.now().toString();
    await trackFulfilment(deps, live(placed).id, { state: "delivered", at });
    const [line] = await readReturnable(world.db, world.clock.now(), placed.id);
    const end = world.clock.now().toZonedDateTimeISO("Europe/Istanbul").add({ days: 15 }).startOfDay();
    expect(line?.until).toBe(end.subtract({ milliseconds: 1 }).toInstant().toString());
    world.clock.set(end.toInstant());
    await expect(bring(placed.id, 1)).rejects.toMatchObject({
      code: "not_returnable",
      fields: [{ path: "lines.0.position" }],
    });
    await bring(placed.id, 1, { override: "She was in hospital." });
    expect(await readReturns(world.db, placed.id)).toMatchObject([{ override: "She was in hospital." }]);
  });

  test("ORD-15 a discount is split so that parts sum to the whole, and goes back with the goods, cent by cent", async () => {
    const [a = "", b = ""] = await variantsWith(world, [{ [IZMIR]: 9 }, { [IZMIR]: 9 }]);
    const sold = await sell({ [a]: 3, [b]: 1 }, { discount: 1001, tax: 333 });
    const order = await readOrder(deps, sold);
    expect(order.total.amount).toBe(4 * 8900 - 1001);
    expect(sum(order.lines.map((line) => line.total.amount))).toBe(order.total.amount);
    for (let i = 0; i < 3; i++) await bring(sold, 1);
    await bring(sold, 1, {}, 1);
    expect(await readOrder(deps, sold)).toMatchObject({
      payment: { state: "refunded" },
      refunded: { amount: order.total.amount },
    });
  });

  test("ORD-15 paid in parts: stored value goes back first, then the card, then the drawer, never more than each", async () => {
    const id = await one({ [IZMIR]: 9 });
    const payment: TillSale["payment"] = [
      { method: "cash", amount: 5000 },
      { method: "gift_card", amount: 10_000 },
      { method: "card", amount: 11_700 },
    ];
    const wrong = sell({ [id]: 3 }, { payment: [{ method: "cash", amount: 1 }] });
    await expect(wrong).rejects.toMatchObject({ code: "bad_payment" });
    const sold = await sell({ [id]: 3 }, { payment });
    await bring(sold, 2);
    await bring(sold, 1);
    const refunds = await readRefunds(world.db, sold);
    expect(refunds.map(({ method, amount }) => [method, amount.amount])).toEqual([
      ["gift_card", 10_000],
      ["card", 7_800],
      ["card", 3_900],
      ["cash", 5_000],
    ]);
  });

  test("ORD-6 a till that was offline took what its price list said: that is what the book says, whatever it costs now", async () => {
    const id = (await variantsWith(world, [{ [IZMIR]: 5 }]))[0] ?? "";
    const { order } = await sellAtTill(deps, {
      sale: {
        channel: "store",
        store_id: IZMIR,
        lines: [{ variant_id: id, quantity: 2, unit_price: 7_900 }],
        payment: [{ method: "cash", amount: 15_800 }],
      },
      actor: "ada",
      source: "till",
      idempotencyKey: null,
    });
    expect(await readOrder(deps, order.id)).toMatchObject({
      total: { amount: 15_800 },
      lines: [{ price: { amount: 7_900 }, total: { amount: 15_800 } }],
    });
  });

  test("ORD-6 a till that was offline: sold then, told now; its time to be returned began then", async () => {
    const id = await one({ [IZMIR]: 2 });
    const soldAt = world.clock.now().toString({ smallestUnit: "millisecond" });
    world.clock.advance({ hours: 30 });
    const sold = await sell({ [id]: 1 }, { sold_at: soldAt });
    expect(await readOrder(deps, sold)).toMatchObject({ placed_at: soldAt, fulfilments: [{ collected_at: soldAt }] });
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 1 });
  });

  describe("announced by post", () => {
    const announce = (orderId: string, quantity: number, position = 0) =>
      announceReturn(deps, orderId, { lines: [{ position, quantity, reason: "too_small" }] });
    const told = (orderId: string) => readReturnsOf(world.db, world.clock.now(), orderId);

    test("ORD-24 never more than came out and is not announced yet: three at once of two are two", async () => {
      const sold = await sell({ [await one({ [IZMIR]: 5 })]: 2 });
      const all = await Promise.allSettled([announce(sold, 1), announce(sold, 1), announce(sold, 1)]);
      expect(all.filter((r) => r.status === "fulfilled")).toHaveLength(2);
      for (const r of all) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "not_returnable" });
      expect((await told(sold)).announced).toHaveLength(2);
      const twice = { position: 0, quantity: 1, reason: "other" } as const;
      const other = await sell({ [await one({ [IZMIR]: 5 })]: 2 });
      await expect(announceReturn(deps, other, { lines: [twice, twice] })).rejects.toMatchObject({
        fields: [{ path: "lines.1.position", message: "is named twice" }],
      });
      await expect(announce(other, 1, 7)).rejects.toMatchObject({
        fields: [{ path: "lines.0.quantity", message: "0 may come back" }],
      });
    });

    test("ORD-24 what has not left, and what is too late, is not announced", async () => {
      const ordered = await orderOf(world, deps, { [await one({ [WAREHOUSE]: 1 })]: 1 });
      await expect(announce(ordered.id, 1)).rejects.toMatchObject({ code: "not_returnable" });
      const sold = await sell({ [await one({ [IZMIR]: 1 })]: 1 });
      world.clock.advance({ hours: 24 * 15 });
      await expect(announce(sold, 1)).rejects.toMatchObject({ fields: [{ path: "lines.0.position" }] });
      expect((await told(sold)).announced).toEqual([]);
    });

    test("ORD-24 what is taken back, by post or in a store, was what had been announced, the oldest first", async () => {
      const sold = await sell({ [await one({ [IZMIR]: 5 })]: 3 });
      await announce(sold, 1);
      await announce(sold, 2);
      await bring(sold, 2);
      const halfway = await told(sold);
      expect(halfway.announced).toMatchObject([
        { state: "received", lines: [{ quantity: 1, received: 1, reason: "too_small" }] },
        { state: "announced", lines: [{ quantity: 2, received: 1 }] },
      ]);
      expect(halfway.taken_back).toMatchObject([{ refund: { amount: 17_800 }, lines: [{ position: 0, quantity: 2 }] }]);
      expect(halfway.taken_back[0]).not.toHaveProperty("override");
      await bring(sold, 1, { channel: "post", store_id: undefined, location_id: WAREHOUSE });
      expect((await told(sold)).announced.map(({ state }) => state)).toEqual(["received", "received"]);
    });

    test("ORD-24 who keeps it after all takes it back, and may announce it again", async () => {
      const sold = await sell({ [await one({ [IZMIR]: 5 })]: 1 });
      await announce(sold, 1);
      const [first] = (await told(sold)).announced;
      await withdrawReturn(deps, sold, first?.id ?? "");
      await withdrawReturn(deps, sold, first?.id ?? "");
      await announce(sold, 1);
      expect((await told(sold)).announced.map(({ state }) => state)).toEqual(["withdrawn", "announced"]);
      const other = await sell({ [await one({ [IZMIR]: 1 })]: 1 });
      await expect(withdrawReturn(deps, other, first?.id ?? "")).rejects.toMatchObject({
        code: "return_not_announced",
      });
    });
  });
});
