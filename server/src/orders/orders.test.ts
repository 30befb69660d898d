import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { unpack } from "../collect/index.ts";
import { profileForDevice } from "../identity/index.ts";
import { available } from "../inventory/index.ts";
import { findBreaches } from "../inventory/queries/find-breaches.pg.ts";
import { countersAt, IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { addToCart } from "../lists/change-cart.ts";
import { cartOf, type Holder } from "../lists/index.ts";
import { inTransaction, one, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import { type CheckOutDesk, checkOutDesk } from "./check-out.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import type { OrdersDeps } from "./index.ts";
import { createOrders } from "./index.ts";
import { gatewaysBy, type PaymentGateway, testGateway } from "./payment-gateway.ts";
import { sellAtTill } from "./sell-at-till.ts";
import { readOrder, readOrders, readOrdersOf } from "./show-orders.ts";
import { ordersDeps } from "./testing.ts";

describe("orders", () => {
  let world: World;
  let deps: OrdersDeps;
  let desk: CheckOutDesk;
  let phone: Holder;

  beforeAll(async () => {
    world = await createWorld();
    deps = ordersDeps(world);
    desk = checkOutDesk(deps);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await sql`delete from collect.inbox`.execute(world.db);
    phone = device();
  });
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const device = (): Holder => ({ kind: "device", anonymousId: newId(world.clock) });
  const profileOf = (holder: Holder) =>
    inTransaction(world.db, async (tx) => (await profileForDevice(tx, world, holder.anonymousId)) ?? "");
  const body = { channel: "web" as const, payment: "test" as const };
  const buy = (holder: Holder, idempotencyKey: string | null = null, given: Partial<OrdersDeps> = {}) =>
    (given.payments ? checkOutDesk({ ...deps, ...given }) : desk)({ holder, body, idempotencyKey });
  const sell = (variantId: string, given: object = {}, idempotencyKey: string | null = null) =>
    sellAtTill(deps, {
      sale: {
        channel: "store",
        store_id: IZMIR,
        lines: [{ variant_id: variantId, quantity: 1 }],
        payment: "card",
        ...given,
      },
      actor: "ada@dokuma.example",
      source: "till",
      idempotencyKey,
    });
  const webOf = async (id: string) => (await available(world.db, world.clock, [id])).get(id)?.web;
  const told = async (name: string) =>
    (await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`))
      .flatMap((row) => unpack(row))
      .filter((event) => event.name === name);
  const count = async () => (await one(world.db, sql<{ n: number }>`select count(*) as n from orders.book`))?.n ?? 0;
  const one1 = async (stock: Partial<Record<string, number>>) => {
    const { variantIds } = await stockedProduct(world, [stock]);
    return variantIds[0] ?? "";
  };

  test("ORD-1 a web order takes the cart, commits the stock and is told once it is paid", async () => {
    const id = await one1({ [WAREHOUSE]: 3 });
    await addToCart(deps, phone, { variant_id: id, quantity: 2 });
    const order = await buy(phone);
    const jane = await profileOf(phone);
    expect(await readOrder(deps, order.id)).toMatchObject({
      number: expect.stringMatching(/^K-\d+$/),
      status: "paid",
      channel: "web",
      profile_id: jane,
      profile_name: "Elif",
      total: { amount: 17800, currency: "EUR" },
      lines: [{ variant_id: id, quantity: 2, price: { amount: 8900, currency: "EUR" }, size: "36" }],
    });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 3, committed: 2, reserved: 0 });
    expect((await cartOf(world.db, world.clock, jane)).items).toEqual([]);
    expect(await told("Order Completed")).toMatchObject([
      {
        profileId: jane,
        anonymousId: phone.anonymousId,
        channel: "web",
        properties: {
          order_id: order.id,
          revenue: 178,
          total: 178,
          currency: "EUR",
          products: [{ variant_id: id, price: 89, quantity: 2 }],
          cart: { items: 0, value: 0 },
        },
      },
    ]);
    await fulfilOrder(deps, order.id, "ada@dokuma.example");
    await expect(fulfilOrder(deps, order.id, "x")).rejects.toMatchObject({ code: "not_fulfillable" });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 1, committed: 0 });
  });

  test("ORD-1 the moment of an order is the same in the answer and ever after, to the millisecond", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    world.clock.advance({ nanoseconds: 123_456 });
    const order = await buy(phone);
    expect(order.placed_at).toMatch(/T\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect((await readOrder(deps, order.id)).placed_at).toBe(order.placed_at);
  });

  test("ORD-2 the same Idempotency-Key is one order, however often and however close together", async () => {
    const id = await one1({ [WAREHOUSE]: 50 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const before = await count();
    const all = await Promise.all(Array.from({ length: 8 }, () => buy(phone, "tap")));
    expect(new Set(all.map((order) => order.id)).size).toBe(1);
    expect((await buy(phone, "tap")).id).toBe(all[0]?.id);
    expect((await count()) - before).toBe(1);
    expect(await webOf(id)).toBe(49);
    expect(await told("Order Completed")).toHaveLength(1);
    const other = { holder: phone, body: { ...body, email: "jane@x.example" }, idempotencyKey: "tap" };
    await expect(desk(other)).rejects.toMatchObject({ code: "key_reused" });
  });

  test("ORD-2 impatient taps without a key never order a cart twice", async () => {
    const id = await one1({ [WAREHOUSE]: 50 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => buy(phone)));
    expect(all.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    for (const r of all)
      if (r.status === "rejected") expect(["cart_empty", "checkout_under_way"]).toContain(r.reason.code);
    expect(await webOf(id)).toBe(49);
  });

  test("ORD-3 what is sold out is refused with its line, and nothing is written", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 5 }, { [WAREHOUSE]: 1, [JAKARTA]: 9 }]);
    const [plenty = "", scarce = ""] = variantIds;
    await addToCart(deps, phone, { variant_id: plenty, quantity: 1 });
    world.clock.advance({ seconds: 1 });
    await addToCart(deps, phone, { variant_id: scarce, quantity: 2 });
    const before = await count();
    await expect(buy(phone)).rejects.toMatchObject({
      code: "sold_out",
      entry: { status: 409 },
      fields: [{ path: "items.1.quantity", message: "2 wanted, 1 left" }],
    });
    expect(await count()).toBe(before);
    expect(await webOf(plenty)).toBe(5);
    await expect(buy(device())).rejects.toMatchObject({ code: "cart_empty" });
  });

  test("ORD-23 a crowd that checks out at once is placed together: each has her own order or her own refusal", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 100 }, { [WAREHOUSE]: 7 }]);
    const [plenty = "", scarce = ""] = variantIds;
    const crowd = await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const holder = device();
        if (i % 3 < 2) await addToCart(deps, holder, { variant_id: plenty, quantity: (i % 4) + 1 });
        if (i % 3 === 1) await addToCart(deps, holder, { variant_id: scarce, quantity: 1 });
        return { holder, wants: i % 3 };
      }),
    );
    const others = checkOutDesk(deps);
    const ends = await Promise.allSettled(
      crowd.map(({ holder }, i) => (i % 2 ? desk : others)({ holder, body, idempotencyKey: `crowd-${i}` })),
    );
    const codes = ends.map((end) => (end.status === "fulfilled" ? "ok" : (end.reason as { code: string }).code));
    const of = (wants: number) => codes.filter((_, i) => crowd[i]?.wants === wants).sort();
    expect(of(0)).toEqual(Array(8).fill("ok"));
    expect(of(1)).toEqual([...Array(7).fill("ok"), "sold_out"]);
    expect(of(2)).toEqual(Array(8).fill("cart_empty"));
    for (const [i, end] of ends.entries()) {
      if (end.status !== "fulfilled") continue;
      const shown = await readOrder(deps, end.value.id);
      expect(shown.lines.map(({ variant_id }) => variant_id)).toEqual(
        crowd[i]?.wants === 1 ? [plenty, scarce] : [plenty],
      );
      expect(shown).toMatchObject({ status: "paid", profile_id: await profileOf(crowd[i]?.holder ?? phone) });
      expect(shown.total.amount).toBe(shown.lines.reduce((sum, line) => sum + line.quantity * 8900, 0));
    }
    expect(await told("Order Completed")).toHaveLength(15);
    expect(new Set((await told("Order Completed")).map(({ profileId }) => profileId)).size).toBe(15);
    expect(await countersAt(world, scarce, WAREHOUSE)).toMatchObject({ committed: 7, reserved: 0 });
  });

  test("ORD-23 an order of which one part is short holds none of the other, whoever is placed with it", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 5 }, { [JAKARTA]: 5 }]);
    const [here = "", elsewhere = ""] = variantIds;
    const [split, whole] = [device(), device()];
    for (const id of variantIds) await addToCart(deps, split, { variant_id: id, quantity: 1 });
    await addToCart(deps, whole, { variant_id: here, quantity: 2 });
    const deliveries = [
      { kind: "delivery" as const, variant_ids: [here] },
      { kind: "pickup" as const, store_id: IZMIR, variant_ids: [elsewhere] },
    ];
    const ends = await Promise.allSettled([
      desk({ holder: split, body: { ...body, deliveries }, idempotencyKey: null }),
      buy(whole),
    ]);
    expect(ends[0]).toMatchObject({ status: "rejected", reason: { code: "sold_out" } });
    expect(ends[1]).toMatchObject({ status: "fulfilled" });
    expect(await countersAt(world, here, WAREHOUSE)).toMatchObject({ committed: 2, reserved: 0 });
  });

  test("ORD-23 of those who pay together one whose goods are gone does not cost the others theirs", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 5 }, { [WAREHOUSE]: 1 }]);
    const [plenty = "", last = ""] = variantIds;
    const [late, quick, ...others] = Array.from({ length: 5 }, device) as [Holder, Holder, ...Holder[]];
    for (const holder of [late, quick]) await addToCart(deps, holder, { variant_id: last, quantity: 1 });
    for (const holder of others) await addToCart(deps, holder, { variant_id: plenty, quantity: 1 });
    let waiting = 0;
    const open = Promise.withResolvers<void>();
    const payments: PaymentGateway = {
      ...testGateway,
      async confirm(reference, charge) {
        if (++waiting === 4) {
          world.clock.advance({ minutes: 11 });
          await buy(quick);
          open.resolve();
        }
        await open.promise;
        return testGateway.confirm(reference, charge);
      },
    };
    const together = checkOutDesk({ ...deps, payments });
    const ends = await Promise.allSettled(
      [late, ...others].map((holder) => together({ holder, body, idempotencyKey: null })),
    );
    expect(ends[0]).toMatchObject({ status: "rejected", reason: { code: "payment_too_late" } });
    expect(ends.slice(1).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect(await countersAt(world, plenty, WAREHOUSE)).toMatchObject({ committed: 3, reserved: 0 });
    expect(await countersAt(world, last, WAREHOUSE)).toMatchObject({ committed: 1, reserved: 0 });
    await carryOutRefunds(deps);
  });

  test("ORD-4 a declined payment gives the stock back and leaves the cart", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const payments: PaymentGateway = { ...testGateway, confirm: async () => ({ isApproved: false }) };
    await expect(buy(phone, null, { payments })).rejects.toMatchObject({ code: "payment_declined" });
    expect(await webOf(id)).toBe(1);
    expect((await cartOf(world.db, world.clock, await profileOf(phone))).items).toHaveLength(1);
    expect(await told("Order Completed")).toEqual([]);
    expect((await buy(phone)).payment_state).toBe("paid");
  });

  test("ORD-5 money that comes after the unit went to somebody else is given back once", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    const quick = device();
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    await addToCart(deps, quick, { variant_id: id, quantity: 1 });
    const voided: string[] = [];
    const payments: PaymentGateway = {
      ...testGateway,
      async confirm(reference, charge) {
        world.clock.advance({ minutes: 11 });
        await buy(quick);
        return testGateway.confirm(reference, charge);
      },
      release: async ({ reference }) => void voided.push(reference),
    };
    await expect(buy(phone, null, { payments })).rejects.toMatchObject({ code: "payment_too_late" });
    for (let i = 0; i < 2; i++) await carryOutRefunds({ ...deps, payments });
    expect(voided).toHaveLength(1);
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 1, committed: 1, reserved: 0 });
  });

  test("ORD-5 an order whose payment never comes is given up when its hold ends", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const never: PaymentGateway = { ...testGateway, confirm: () => Promise.reject(new Error("the process died")) };
    await expect(buy(phone, "k", { payments: never })).rejects.toThrow("the process died");
    await expect(buy(phone)).rejects.toMatchObject({ code: "checkout_under_way" });
    const room = createOrders(deps);
    await room.start?.();
    world.clock.advance({ minutes: 10 });
    await expect.poll(async () => (await readOrders(deps, { limit: 1 })).items[0]?.status).toBe("cancelled");
    await room.stop?.();
    expect(await webOf(id)).toBe(1);
    expect((await buy(phone)).payment_state).toBe("paid");
  });

  test("ORD-5 the same request after a crash goes on where it stopped", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const crash: PaymentGateway = { ...testGateway, confirm: () => Promise.reject(new Error("the process died")) };
    await expect(buy(phone, "again", { payments: crash })).rejects.toThrow("the process died");
    expect(await buy(phone, "again")).toMatchObject({ payment_state: "paid" });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ committed: 1, reserved: 0 });
  });

  test("ORD-5 a provider that is away is told as such, and the same order goes on once it is back", async () => {
    const id = await one1({ [WAREHOUSE]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const away: PaymentGateway = { ...testGateway, confirm: () => Promise.reject(new Error("socket hang up")) };
    const payments = gatewaysBy({ test: away }, ["test"]);
    await expect(buy(phone, "back", { payments })).rejects.toMatchObject({
      code: "payment_away",
      entry: { status: 503 },
      cause: { message: "socket hang up" },
    });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ committed: 0, reserved: 1 });
    expect(await buy(phone, "back")).toMatchObject({ payment_state: "paid" });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ committed: 1, reserved: 0 });
  });

  test("ORD-6 a sale at the till empties her cart and the web's stock at once", async () => {
    const id = await one1({ [IZMIR]: 1 });
    await addToCart(deps, phone, { variant_id: id, quantity: 1 });
    const jane = await profileOf(phone);
    const { order, discrepancies } = await sell(id, { profile_id: jane });
    expect(discrepancies).toEqual([]);
    expect(await readOrder(deps, order.id)).toMatchObject({
      status: "completed",
      store_name: "Alsancak",
      channel: "store",
    });
    expect(await webOf(id)).toBe(0);
    expect((await cartOf(world.db, world.clock, jane)).items).toEqual([]);
    expect(await told("Order Completed")).toMatchObject([
      {
        profileId: jane,
        anonymousId: null,
        channel: "store",
        touchpoint: "izm",
        properties: { store_id: IZMIR, cart: { items: 0 } },
      },
    ]);
    expect((await readOrdersOf(deps, jane, { limit: 10 })).items.map((o) => o.id)).toEqual([order.id]);
    await expect(buy(phone)).rejects.toMatchObject({ code: "cart_empty" });
  });

  test("ORD-6 a customer is found by the address she tells; a stranger buys without a profile", async () => {
    const id = await one1({ [IZMIR]: 5 });
    const jane = await profileOf(phone);
    const at = world.clock.now().toString();
    await sql`insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source)
      values ('email', 'jane@x.example', ${jane}, ${at}, ${at}, 'test')`.execute(world.db);
    expect((await sell(id, { email: "Jane@X.example" })).order.profile_id).toBe(jane);
    expect((await sell(id)).order.profile_id).toBeNull();
    expect((await told("Order Completed")).map((event) => event.profileId)).toEqual([jane, null]);
    await expect(sell(id, { profile_id: newId(world.clock) })).rejects.toMatchObject({ code: "profile_not_found" });
    await expect(sell(id, { store_id: newId(world.clock) })).rejects.toMatchObject({ code: "store_not_found" });
  });

  test("ORD-2 a till that sends its sale again, by key or by its own number, sold once", async () => {
    const id = await one1({ [IZMIR]: 9 });
    const byKey = await Promise.all(Array.from({ length: 5 }, () => sell(id, {}, "ticket-1")));
    const byNumber = await Promise.all(Array.from({ length: 5 }, () => sell(id, { order_id: "T1-0042" })));
    expect(new Set(byKey.map((s) => s.order.id)).size).toBe(1);
    expect(new Set(byNumber.map((s) => s.order.id)).size).toBe(1);
    expect(await webOf(id)).toBe(7);
  });

  test("ORD-7 web and till race for the last pair: one of them has it, or somebody is told", async () => {
    for (let round = 0; round < 12; round++) {
      const id = await one1({ [IZMIR]: 1 });
      const shopper = device();
      await addToCart(deps, shopper, { variant_id: id, quantity: 1 });
      const [web, till] = await Promise.allSettled([buy(shopper), sell(id)]);
      expect(till.status).toBe("fulfilled");
      const open = await one(
        world.db,
        sql<{ n: number }>`select count(*) as n from inventory.discrepancy where variant_id = ${id}`,
      );
      const level = await countersAt(world, id, IZMIR);
      if (web.status === "fulfilled") {
        expect(open?.n).toBe(1);
        expect(level).toMatchObject({ on_hand: 0, committed: 1 });
      } else {
        expect(["sold_out", "payment_too_late"]).toContain(web.reason.code);
        expect(level).toMatchObject({ on_hand: 0, committed: 0, reserved: 0 });
      }
    }
  });

  test("ORD-7 forty shoppers and ten pairs: ten orders", async () => {
    const id = await one1({ [WAREHOUSE]: 6, [IZMIR]: 4 });
    const shoppers = Array.from({ length: 40 }, device);
    await Promise.all(shoppers.map((shopper) => addToCart(deps, shopper, { variant_id: id, quantity: 1 })));
    const all = await Promise.allSettled(shoppers.map((shopper) => buy(shopper)));
    expect(all.filter((r) => r.status === "fulfilled")).toHaveLength(10);
    for (const r of all) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "sold_out" });
    expect(await webOf(id)).toBe(0);
  });

  test("ORD-8 what was ordered under an id that was merged into hers is hers", async () => {
    const id = await one1({ [IZMIR]: 2 });
    const before = await profileOf(phone);
    const { order } = await sell(id, { profile_id: before });
    const jane = await profileOf(device());
    await sql`insert into identity.aliases (from_id, into_id) values (${before}, ${jane})`.execute(world.db);
    expect((await readOrders(deps, { limit: 10, profile: jane })).items.map((o) => o.id)).toEqual([order.id]);
    expect((await readOrdersOf(deps, before, { limit: 10 })).items.map((o) => o.id)).toEqual([order.id]);
  });
});
