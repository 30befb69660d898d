import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { available } from "../inventory/index.ts";
import { findBreaches } from "../inventory/queries/find-breaches.pg.ts";
import { countersAt } from "../inventory/testing.ts";
import { inTransaction, onOneConnection, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import { cancelOrder, editOrder } from "./change-order.ts";
import { collectionCode } from "./collection-code.ts";
import { FULFILMENT_STATES, type Order } from "./contracts.ts";
import {
  collectFulfilment,
  expireFulfilment,
  findCollectable,
  shipFulfilment,
  trackFulfilment,
} from "./hand-over-fulfilment.ts";
import { createOrders, type OrdersDeps } from "./index.ts";
import { readPickupTimes } from "./pickup-times.ts";
import { acceptFulfilment, readyFulfilment, rejectFulfilment } from "./prepare-fulfilment.ts";
import { takeStep } from "./queries/fulfilments.pg.ts";
import { readOrder } from "./show-orders.ts";
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
import { NEXT } from "./transitions.ts";

describe("fulfilments", () => {
  let world: World;
  let deps: OrdersDeps;
  let till: Till;
  beforeAll(async () => {
    world = await createWorld();
    await onOneConnection(world.db, async (db) => {
      await sql`update catalog.store set hours = '{}'`.execute(db);
    });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    till = countingGateway();
    deps = ordersDeps(world, till);
    await setPolicy(world, {});
    await sql`delete from collect.inbox`.execute(world.db);
  });
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) => (await variantsWith(world, [stock]))[0] ?? "";
  const order = (cart: Record<string, number>, body = {}) => orderOf(world, deps, cart, body);
  const pickup = { deliveries: [{ kind: "pickup" as const, store_id: IZMIR }] };
  const again = (given: Order) => readOrder(deps, given.id);
  const ready = async (given: Order) => {
    const { id } = live(given);
    await acceptFulfilment(deps, id, "ada");
    await readyFulfilment(deps, id, null, "ada");
    return id;
  };
  const names = async () => (await toldSince(world, 0)).map((event) => event.name);
  const given = async () => {
    await carryOutRefunds(deps);
    return [...till.given.values()];
  };

  test("ORD-10 legal steps only: every other is refused, by the same statement that takes it", async () => {
    const id = await one({ [IZMIR]: 60, [WAREHOUSE]: 60 });
    const placed = await order({ [id]: 1 }, pickup);
    const at = world.clock.now().toString();
    for (const from of FULFILMENT_STATES) {
      for (const to of FULFILMENT_STATES) {
        const taken = await inTransaction(world.db, async (tx) => {
          await sql`update orders.fulfilment set state = ${from}, due_at = null, code_hash = null
            where id = ${live(placed).id}`.execute(tx);
          const row = await takeStep(tx, live(placed).id, to, at);
          await sql`update orders.fulfilment set state = 'assigned', due_at = null, code_hash = null
            where id = ${live(placed).id}`.execute(tx);
          return row !== undefined;
        });
        expect([from, to, taken]).toEqual([from, to, NEXT[from].includes(to)]);
      }
    }
    expect(NEXT.delivered).toEqual([]);
  });

  test("ORD-11 pick-up: held at that one store, accepted, ready with a code, handed over once", async () => {
    const id = await one({ [WAREHOUSE]: 5, [IZMIR]: 1 });
    await expect(order({ [id]: 2 }, pickup)).rejects.toMatchObject({
      code: "sold_out",
      fields: [{ path: "items.0.quantity", message: "2 wanted, 1 left" }],
    });
    const placed = await order({ [id]: 1 }, pickup);
    expect(live(placed)).toMatchObject({ kind: "pickup", state: "assigned", store_id: IZMIR, location_id: IZMIR });
    const fulfilmentId = await ready(placed);
    const code = collectionCode(world.secrets, fulfilmentId);
    const kept = await rows(world.db, sql<{ text: string }>`select f::text as text from orders.fulfilment f`);
    expect(kept.some(({ text }) => text.includes(code))).toBe(false);
    await expect(findCollectable(deps, JAKARTA, code)).rejects.toMatchObject({ code: "code_unknown" });
    const spelled = `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`;
    const found = await findCollectable(deps, IZMIR, spelled);
    const both = await Promise.allSettled([
      collectFulfilment(deps, { id: found.id, by: "code", actor: "ada" }),
      collectFulfilment(deps, { id: found.id, by: "code", actor: "bo" }),
    ]);
    expect(both.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    await expect(findCollectable(deps, IZMIR, code)).rejects.toMatchObject({ code: "code_unknown" });
    expect(await again(placed)).toMatchObject({ state: "completed", status: "completed" });
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 0, committed: 0 });
    expect(await names()).toEqual(expect.arrayContaining(["Order Ready for Pickup", "Order Collected"]));
    expect(JSON.stringify(await toldSince(world, 0))).not.toContain(code);
  });

  test("ORD-11 nobody tries all codes: after ten wrong ones a store's counter waits", async () => {
    world.clock.advance({ minutes: 16 });
    for (let i = 0; i < 10; i++) {
      await expect(findCollectable(deps, JAKARTA, `WRONG${i}`)).rejects.toMatchObject({ code: "code_unknown" });
    }
    await expect(findCollectable(deps, JAKARTA, "WRONG")).rejects.toMatchObject({ entry: { status: 429 } });
    world.clock.advance({ minutes: 16 });
    await expect(findCollectable(deps, JAKARTA, "WRONG")).rejects.toMatchObject({ code: "code_unknown" });
  });

  test("ORD-11 hand-over and expiry at the same moment: one of them happened, and money follows", async () => {
    for (let round = 0; round < 6; round++) {
      till.given.clear();
      const id = await one({ [IZMIR]: 1 });
      const placed = await order({ [id]: 1 }, pickup);
      const fulfilmentId = await ready(placed);
      const [collected] = await Promise.allSettled([
        collectFulfilment(deps, { id: fulfilmentId, by: "code", actor: "ada" }),
        expireFulfilment(deps, fulfilmentId),
      ]);
      const isCollected = collected.status === "fulfilled";
      expect((await again(placed)).fulfilments[0]?.state).toBe(isCollected ? "collected" : "expired");
      expect(await given()).toEqual(isCollected ? [] : [8900]);
      expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: isCollected ? 0 : 1, committed: 0 });
    }
  });

  test("ORD-11 part of a pick-up is taken: the rest is on sale again and refunded", async () => {
    const id = await one({ [IZMIR]: 3 });
    const placed = await order({ [id]: 3 }, pickup);
    const fulfilmentId = await ready(placed);
    const lines = [{ position: 0, quantity: 1 }];
    const tooMany = [{ position: 0, quantity: 4 }];
    const many = collectFulfilment(deps, { id: fulfilmentId, lines: tooMany, by: "code", actor: "ada" });
    await expect(many).rejects.toMatchObject({ code: "not_in_fulfilment" });
    await collectFulfilment(deps, { id: fulfilmentId, lines, by: "code", actor: "ada" });
    expect(await again(placed)).toMatchObject({
      state: "completed",
      payment: { state: "partially_refunded" },
      refunded: { amount: 17800 },
      lines: [{ quantity: 3, cancelled: 2 }],
    });
    expect(await given()).toEqual([17800]);
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 2, committed: 0 });
  });

  test("ORD-13 by themselves: another store after 30 minutes, a reminder after a day, back on sale after three", async () => {
    const id = await one({ [IZMIR]: 1, [JAKARTA]: 1 });
    await setPolicy(world, { pickup_moves_km: 500 });
    const placed = await order({ [id]: 1 }, pickup);
    const room = createOrders(deps);
    await room.start?.();
    world.clock.advance({ minutes: 30 });
    await expect.poll(async () => live(await again(placed)).store_id).toBe(JAKARTA);
    const fulfilmentId = await ready(await again(placed));
    world.clock.advance({ hours: 24 });
    await expect.poll(names).toContain("Order Pickup Reminder");
    expect((await again(placed)).fulfilments.map((one) => one.state)).toEqual(["rejected", "ready"]);
    world.clock.advance({ hours: 48 });
    await expect.poll(async () => (await again(placed)).state).toBe("cancelled");
    await expect.poll(() => [...till.given.values()]).toEqual([8900]);
    await room.stop?.();
    expect((await names()).filter((name) => name === "Order Pickup Reminder")).toHaveLength(1);
    expect(await countersAt(world, id, JAKARTA)).toMatchObject({ on_hand: 1, committed: 0 });
    await expect(collectFulfilment(deps, { id: fulfilmentId, by: "x", actor: "ada" })).rejects.toMatchObject({
      code: "not_now",
    });
  });

  test("ORD-13 a store that does not find it: not on sale again there, another place is asked; none has it, money back", async () => {
    const id = await one({ [WAREHOUSE]: 1, [IZMIR]: 1 });
    await setPolicy(world, { closed_locations: [WAREHOUSE] });
    const placed = await order({ [id]: 1 });
    expect(live(placed)).toMatchObject({ kind: "delivery", location_id: IZMIR, state: "assigned" });
    await setPolicy(world, {});
    await rejectFulfilment(deps, { id: live(placed).id, reason: "missing", actor: "ada" });
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 0, committed: 0 });
    const moved = await again(placed);
    expect(live(moved)).toMatchObject({ location_id: WAREHOUSE, state: "accepted" });
    await rejectFulfilment(deps, { id: live(moved).id, reason: "damaged", actor: "ada" });
    expect(await again(placed)).toMatchObject({
      state: "cancelled",
      payment: { state: "refunded" },
      lines: [{ cancelled: 1 }],
    });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 1, damaged: 1, committed: 0 });
    expect(await given()).toEqual([8900]);
  });

  test("ORD-16 one parcel before two, and a split when no place has it all; each parcel goes its own way", async () => {
    const [shirt = "", hat = ""] = await variantsWith(world, [
      { [WAREHOUSE]: 5, [IZMIR]: 5 },
      { [WAREHOUSE]: 0, [IZMIR]: 2 },
    ]);
    expect(live(await order({ [shirt]: 1, [hat]: 1 })).location_id).toBe(IZMIR);
    const split = await order({ [shirt]: 8 });
    expect(split.fulfilments.map((part) => part.lines[0]?.quantity).toSorted()).toEqual([3, 5]);
    const [first, second] = split.fulfilments;
    const parcel = { carrier: "PTT", trackingNumber: "RR1", trackingUrl: null, actor: "ada" };
    await shipFulfilment(deps, { id: first?.id ?? "", ...parcel });
    expect((await again(split)).fulfilment.state).toBe("partially_fulfilled");
    await shipFulfilment(deps, { id: second?.id ?? "", ...parcel });
    expect(await again(split)).toMatchObject({ state: "completed", fulfilment: { state: "fulfilled" } });
  });

  test("ORD-16 part delivered, part picked up, in one order; what names an item twice or none is refused", async () => {
    const [shirt = "", hat = ""] = await variantsWith(world, [{ [WAREHOUSE]: 1 }, { [JAKARTA]: 1 }]);
    const hatAt = { kind: "pickup" as const, store_id: JAKARTA, variant_ids: [hat] };
    const mixed = await order({ [shirt]: 1, [hat]: 1 }, { deliveries: [{ kind: "delivery" }, hatAt] });
    expect(mixed.fulfilments.map(({ kind, location_id }) => [kind, location_id])).toEqual(
      expect.arrayContaining([
        ["delivery", WAREHOUSE],
        ["pickup", JAKARTA],
      ]),
    );
    await expect(order({ [shirt]: 1, [hat]: 1 }, { deliveries: [hatAt] })).rejects.toMatchObject({
      code: "bad_delivery",
    });
    await expect(order({ [shirt]: 1 }, { deliveries: [hatAt] })).rejects.toMatchObject({ code: "bad_delivery" });
    const nowhere = [{ kind: "pickup" as const, store_id: newId(world.clock) }];
    await expect(order({ [shirt]: 1 }, { deliveries: nowhere })).rejects.toMatchObject({ code: "store_not_found" });
  });

  test("ORD-11 a store that names its services, and pick-up is none of them, is offered for none and takes none", async () => {
    const id = await one({ [WAREHOUSE]: 1, [IZMIR]: 2 });
    const serve = (services: string) =>
      sql`update catalog.store set services = ${services}::text[] where id = ${IZMIR}`.execute(world.db);
    const offered = async () => (await readPickupTimes(world.db, world.clock)).map((time) => time.store_id);
    const deliveries = [{ kind: "pickup" as const, store_id: IZMIR }];
    await serve("{tailoring}");
    expect(await offered()).not.toContain(IZMIR);
    await expect(order({ [id]: 1 }, { deliveries })).rejects.toMatchObject({
      code: "no_pickup",
      fields: [{ path: "deliveries.0.store_id" }],
    });
    for (const services of ["{tailoring,pickup}", "{}"]) {
      await serve(services);
      expect(await offered()).toContain(IZMIR);
      expect((await order({ [id]: 1 }, { deliveries })).fulfilments[0]?.location_id).toBe(IZMIR);
    }
    // A locker is offered where a store says that it has one, also by one that has nothing else.
    const kindsAt = async (services: string) => {
      await serve(services);
      return (await readPickupTimes(world.db, world.clock)).find((time) => time.store_id === IZMIR)?.kinds;
    };
    expect(await kindsAt("{locker}")).toEqual(["locker"]);
    expect(await kindsAt("{pickup,locker}")).toEqual(["pickup", "locker"]);
    expect(await kindsAt("{}")).toEqual(["pickup"]);
  });

  test("ORD-13 a pick-up moves to a store that hands orders over, and to no other", async () => {
    await setPolicy(world, { pickup_moves_km: 500 });
    const serve = (services: string) =>
      sql`update catalog.store set services = ${services}::text[] where id = ${JAKARTA}`.execute(world.db);
    const id = await one({ [IZMIR]: 2, [JAKARTA]: 2 });
    const passOn = async () => {
      const placed = await order({ [id]: 1 }, pickup);
      await rejectFulfilment(deps, { id: live(placed).id, reason: "no_capacity", actor: "ada" });
      return again(placed);
    };
    await serve("{tailoring,locker}");
    expect(await passOn()).toMatchObject({ state: "cancelled", fulfilments: [{ state: "rejected" }] });
    expect(await given()).toEqual([8900]);
    await serve("{tailoring,pickup}");
    expect(live(await passOn()).store_id).toBe(JAKARTA);
    await serve("{}");
  });

  test("ORD-17 what a carrier says late, twice or out of order moves nothing back", async () => {
    const id = await one({ [WAREHOUSE]: 1 });
    const placed = await order({ [id]: 1 });
    const fulfilmentId = live(placed).id;
    const parcel = { id: fulfilmentId, carrier: "PTT", trackingNumber: null, trackingUrl: null, actor: "ada" };
    await shipFulfilment(deps, parcel);
    const said = (state: string, minutes: number) =>
      trackFulfilment(deps, fulfilmentId, { state, at: world.clock.now().add({ minutes }).toString() });
    await said("in_transit", 1);
    await said("delivered", 9);
    await said("out_for_delivery", 5);
    await said("delivered", 9);
    expect(live(await again(placed))).toMatchObject({ state: "delivered", tracking: { state: "delivered" } });
    expect((await names()).filter((name) => name === "Order Delivered")).toHaveLength(1);
  });

  test("ORD-18 edited and cancelled before it left: stock back, money back once; a shopper not behind the store's back", async () => {
    const [shirt = "", hat = ""] = await variantsWith(world, [{ [IZMIR]: 3 }, { [IZMIR]: 1 }]);
    const placed = await order({ [shirt]: 3, [hat]: 1 }, pickup);
    await editOrder(deps, placed.id, { remove: [{ position: 0, quantity: 2 }] }, "ada");
    const tooMany = editOrder(deps, placed.id, { remove: [{ position: 0, quantity: 2 }] }, "ada");
    await expect(tooMany).rejects.toMatchObject({ code: "not_editable", fields: [{ path: "remove.0.quantity" }] });
    expect(await again(placed)).toMatchObject({ refunded: { amount: 17800 }, state: "placed" });
    await acceptFulfilment(deps, live(placed).id, "ada");
    const cancel = (isShopper: boolean) =>
      cancelOrder(deps, { orderId: placed.id, reason: "changed her mind", actor: "x", isShopper });
    await expect(cancel(true)).rejects.toMatchObject({ code: "not_cancellable" });
    const both = await Promise.allSettled([cancel(false), cancel(false)]);
    expect(both.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    expect(await again(placed)).toMatchObject({ state: "cancelled", payment: { state: "refunded" } });
    expect((await given()).reduce((a, b) => a + b, 0)).toBe(4 * 8900);
    const left = await available(world.db, world.clock, [shirt, hat]);
    expect([left.get(shirt)?.web, left.get(hat)?.web]).toEqual([3, 1]);
    expect(await names()).toContain("Order Cancelled");
  });

  test("ORD-18 whatever is tried in whatever order, stock, units and money agree", async () => {
    const step = fc.constantFrom("accept", "reject", "ready", "collect", "part", "expire", "cancel", "edit");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const id = await one({ [IZMIR]: 4, [JAKARTA]: 2 });
        const placed = await order({ [id]: 2 }, pickup);
        for (const what of steps) {
          const at = (await again(placed)).fulfilments.at(-1)?.id ?? "";
          const tried: Record<typeof what, () => Promise<void>> = {
            accept: () => acceptFulfilment(deps, at, "x"),
            reject: () => rejectFulfilment(deps, { id: at, reason: "other", actor: "x" }),
            ready: () => readyFulfilment(deps, at, null, "x"),
            collect: () => collectFulfilment(deps, { id: at, by: "x", actor: "x" }),
            part: () => collectFulfilment(deps, { id: at, lines: [{ position: 0, quantity: 1 }], by: "x", actor: "x" }),
            expire: () => expireFulfilment(deps, at),
            cancel: () => cancelOrder(deps, { orderId: placed.id, reason: "x", actor: "x", isShopper: false }),
            edit: () => editOrder(deps, placed.id, { remove: [{ position: 0, quantity: 1 }] }, "x"),
          };
          await tried[what]().catch((error: { code?: string }) => expect(error.code).toBeDefined());
        }
        const now = await again(placed);
        const cancelled = now.lines[0]?.cancelled ?? 0;
        expect(now.refunded.amount).toBe(cancelled * 8900);
        const out = now.fulfilments.filter((one) => one.state === "collected").flatMap((one) => one.lines);
        const handed = out.reduce((sum, line) => sum + line.quantity, 0);
        const level = await countersAt(world, id, IZMIR);
        expect(level?.on_hand).toBe(4 - handed);
        expect(level?.committed).toBe(now.state === "placed" ? 2 - cancelled - handed : 0);
        expect(await findBreaches(world.db)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
