import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { findBreaches } from "../inventory/queries/find-breaches.pg.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { announceReturn, readAnnounced, withdrawReturn } from "./announce-return.ts";
import type { ReturnBody } from "./contracts.ts";
import type { OrdersDeps } from "./index.ts";
import { readReturnable, returnOrder } from "./return-order.ts";
import { sellAtTill } from "./sell-at-till.ts";
import { readOrder } from "./show-orders.ts";
import { IZMIR, ordersDeps, setPolicy, variantsWith, WAREHOUSE } from "./testing.ts";

const WINDOW = 14;
const ARRIVAL = 10;
const PRICE = 8900;

describe("parcels that come after the time of their lines", () => {
  let world: World;
  let deps: OrdersDeps;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    deps = ordersDeps(world);
    await setPolicy(world, { return_days: WINDOW, arrival_days: ARRIVAL, zone: "Europe/Istanbul" });
  });
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const sell = async (quantity: number, discount = 0) => {
    const [variant_id = ""] = await variantsWith(world, [{ [IZMIR]: quantity }]);
    const lines = [{ variant_id, quantity }];
    const sale = { channel: "store", store_id: IZMIR, lines, payment: "card", discount } as const;
    return (await sellAtTill(deps, { sale, actor: "ada", source: "till", idempotencyKey: null })).order.id;
  };
  const announce = (orderId: string, quantity: number) =>
    announceReturn(deps, orderId, { lines: [{ position: 0, quantity, reason: "too_small" }] });
  const announced = (orderId: string) => readAnnounced(world.db, world.clock.now(), orderId);
  const take = (orderId: string, quantity: number, given: Partial<ReturnBody> = {}) =>
    returnOrder(deps, {
      orderId,
      body: {
        channel: "post",
        location_id: WAREHOUSE,
        lines: [{ position: 0, quantity, condition: "sellable" }],
        ...given,
      },
      actor: "bo",
    });
  const wait = (days: number) => world.clock.advance({ hours: 24 * days });
  const tooLate = { code: "not_returnable", fields: [{ path: "lines.0.position" }] };

  test("ORD-25 announced in time is in time, up to what was announced, and exactly what was paid goes back", async () => {
    const order = await sell(3, 1001);
    wait(WINDOW);
    await announce(order, 2);
    wait(ARRIVAL);
    expect(await readReturnable(world.db, world.clock.now(), order)).toMatchObject([
      { quantity: 3, is_over: true, in_time: 2 },
    ]);
    await expect(take(order, 3)).rejects.toMatchObject(tooLate);
    const lines: ReturnBody["lines"] = [
      { position: 0, quantity: 1, condition: "sellable" },
      { position: 0, quantity: 1, condition: "damaged" },
    ];
    await take(order, 2, { lines });
    expect(await announced(order)).toMatchObject([{ state: "received" }]);
    expect((await readOrder(deps, order)).refunded.amount).toBe(Math.floor(((3 * PRICE - 1001) * 2) / 3));
    await expect(take(order, 1)).rejects.toMatchObject(tooLate);
    await take(order, 1, { override: "She was in hospital." });
    expect((await readOrder(deps, order)).refunded.amount).toBe(3 * PRICE - 1001);
  });

  test("ORD-25 it may arrive to the end of the last day, in the policy's zone, and not a moment later", async () => {
    const [order, other] = [await sell(1), await sell(1)];
    await announce(order, 1);
    await announce(other, 1);
    const [{ until = "", is_over } = {}] = await announced(order);
    const end = world.clock.now().toZonedDateTimeISO("Europe/Istanbul").add({ days: 11 }).startOfDay().toInstant();
    expect([until, is_over]).toEqual([end.subtract({ milliseconds: 1 }).toString(), false]);
    await setPolicy(world, { return_days: 0, arrival_days: ARRIVAL, zone: "Europe/Istanbul" });
    world.clock.set(Temporal.Instant.from(until));
    await take(order, 1);
    world.clock.set(end);
    expect(await announced(other)).toMatchObject([{ state: "announced", is_over: true }]);
    await expect(take(other, 1)).rejects.toMatchObject(tooLate);
  });

  test("ORD-25 announced, withdrawn, then late is late", async () => {
    const order = await sell(1);
    await announce(order, 1);
    const [one] = await announced(order);
    await withdrawReturn(deps, order, one?.id ?? "");
    wait(WINDOW + 1);
    await expect(take(order, 1)).rejects.toMatchObject(tooLate);
    await expect(take(order, 1, { announced_id: one?.id })).rejects.toMatchObject({ code: "return_not_awaited" });
  });

  test("ORD-25 of two who take the same parcel in at once one does, also while there is more that may come back", async () => {
    const late = await sell(4);
    await announce(late, 2);
    wait(WINDOW + 1);
    const inTime = await sell(4);
    await announce(inTime, 2);
    const [one] = await announced(inTime);
    const named = { announced_id: one?.id };
    for (const [order, given, code] of [
      [late, {}, "not_returnable"],
      [inTime, named, "return_not_awaited"],
    ] as const) {
      await setPolicy(world, { return_days: WINDOW, arrival_days: 30 });
      const both = await Promise.allSettled([take(order, 2, given), take(order, 2, given)]);
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const each of both) if (each.status === "rejected") expect(each.reason).toMatchObject({ code });
      expect(await readOrder(deps, order)).toMatchObject({ lines: [{ returned: 2 }], refunded: { amount: 2 * PRICE } });
    }
  });

  test("ORD-25 the one that is named is received, the other is still awaited; of another order it is not known", async () => {
    const order = await sell(2);
    await announce(order, 1);
    await announce(order, 1);
    const [, second] = await announced(order);
    await take(order, 1, { announced_id: second?.id });
    expect((await announced(order)).map(({ state }) => state)).toEqual(["announced", "received"]);
    const other = await sell(1);
    await expect(take(other, 1, { announced_id: second?.id })).rejects.toMatchObject({ code: "return_not_announced" });
  });

  // Weighed so that most lives have parcels announced in time that come late, and some that come too late.
  const some = (what: "announce" | "take" | "override" | "withdraw" | "wait", n: fc.Arbitrary<number>) =>
    fc.record({ what: fc.constant(what), n });
  const step = fc.oneof(
    { weight: 3, arbitrary: some("announce", fc.integer({ min: 1, max: 2 })) },
    { weight: 4, arbitrary: some("take", fc.integer({ min: 1, max: 2 })) },
    { weight: 1, arbitrary: some("override", fc.constant(1)) },
    { weight: 1, arbitrary: some("withdraw", fc.nat(3)) },
    { weight: 3, arbitrary: some("wait", fc.integer({ min: 2, max: 9 })) },
  );

  test("ORD-25 whatever happens in whatever order: never more than bought, each cent once, late only with a reason", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), async (steps) => {
        const bought = 7;
        const total = bought * PRICE - 1001;
        const order = await sell(bought, 1001);
        const told: { day: number; open: number }[] = [];
        let day = 0;
        let returned = 0;
        const sum = (which: typeof told) => which.reduce((all, one) => all + one.open, 0);
        const inTime = () => told.filter((one) => day - one.day <= ARRIVAL);
        const consume = (n: number) => {
          let left = n;
          for (const one of [...inTime(), ...told]) {
            const taken = Math.min(left, one.open);
            one.open -= taken;
            left -= taken;
          }
          returned += n;
        };
        for (const { what, n } of steps) {
          if (what === "wait") {
            wait(n);
            day += n;
          } else if (what === "announce") {
            const may = day <= WINDOW && n <= bought - returned - sum(told);
            expect(await announce(order, n).then(...asTold), `announce ${n} on day ${day}`).toBe(may);
            if (may) told.push({ day, open: n });
          } else if (what === "withdraw") {
            const [one, known] = [(await announced(order))[n], told[n]];
            if (!one || !known) continue;
            await withdrawReturn(deps, order, one.id);
            known.open = 0;
          } else {
            const isInTime = what === "override" || day <= WINDOW || n <= sum(inTime());
            const may = isInTime && n <= bought - returned;
            const given = what === "override" ? { override: "A regular." } : {};
            expect(await take(order, n, given).then(...asTold), `${what} ${n} on day ${day}`).toBe(may);
            if (may) consume(n);
          }
        }
        const now = await readOrder(deps, order);
        expect([now.lines[0]?.returned, now.refunded.amount]).toEqual([
          returned,
          Math.floor((total * returned) / bought),
        ]);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

const asTold = [
  () => true,
  (error: { code?: string }) => {
    if (error.code !== "not_returnable") throw error;
    return false;
  },
] as const;
