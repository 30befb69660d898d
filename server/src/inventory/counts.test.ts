import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { CountBody, MovementsBody } from "./contracts.ts";
import { countStock } from "./count-stock.ts";
import { sellInHand } from "./index.ts";
import { reasonCode } from "./own-reasons.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { loadMovements } from "./queries/load-movements.pg.ts";
import { recordMovements } from "./record-movements.ts";
import { setLevels } from "./set-levels.ts";
import { countersAt, IZMIR, stockedProduct, WAREHOUSE } from "./testing.ts";

describe("counts", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) =>
    (await stockedProduct(world, [stock])).variantIds[0] ?? "";
  const onHand = async (id: string, place = IZMIR) => (await countersAt(world, id, place))?.on_hand;
  const ago = (minutes: number) => world.clock.now().subtract({ minutes }).toString();
  const count = (id: string, counted: number, counted_at?: string, document = newId(world.clock)) => {
    const lines: CountBody["lines"] = [{ variant_id: id, counted, counted_at }];
    return countStock(world.db, world.clock, { document, location_id: IZMIR, lines }, "ada@dokuma.example");
  };
  const sell = (id: string, quantity: number, happenedAt?: string) =>
    inTransaction(world.db, (tx) =>
      sellInHand(tx, world.clock, {
        locationId: IZMIR,
        lines: [{ variantId: id, quantity }],
        cause: { type: "order", id: newId(world.clock) },
        ...(happenedAt === undefined ? {} : { happenedAt }),
      }),
    );
  const record = (movements: MovementsBody["movements"], more: Partial<MovementsBody> = {}) =>
    recordMovements(world.db, world.clock, { movements, ...more }, "ada@dokuma.example");

  test("INV-12 a count says what lay there when it was counted: a sale since then counts on top", async () => {
    const id = await one({ [IZMIR]: 10 });
    world.clock.advance({ hours: 1 });
    await sell(id, 2);
    const { report } = await count(id, 8, ago(30));
    expect(report.items).toEqual([{ variant_id: id, counted: 8, booked: 10, on_hand: 6 }]);
    expect(await onHand(id)).toBe(6);
  });

  test("INV-12 a till that was offline tells a sale from before the count: it was missing when they counted", async () => {
    const id = await one({ [IZMIR]: 10 });
    world.clock.advance({ hours: 1 });
    await count(id, 8, ago(10));
    expect((await sell(id, 2, ago(20))).discrepancies).toEqual([]);
    expect(await onHand(id)).toBe(8);
    await sell(id, 3, ago(5));
    expect(await onHand(id)).toBe(5);
  });

  test("INV-12 a counting sheet told twice is counted once, also by two at once", async () => {
    const id = await one({ [IZMIR]: 10 });
    await Promise.all([count(id, 4, undefined, "sheet-7"), count(id, 4, undefined, "sheet-7")]);
    await sell(id, 1);
    await count(id, 4, undefined, "sheet-7");
    expect(await onHand(id)).toBe(3);
    const line = { variant_id: id, counted: 1 };
    const twice = { document: "sheet-8", location_id: IZMIR, lines: [line, line] };
    await expect(countStock(world.db, world.clock, twice, "x")).rejects.toMatchObject({
      code: "counted_twice",
      fields: [{ path: "lines.1.variant_id" }],
    });
  });

  test("INV-12 in whatever order we are told, the shelf is as if we had been told at once", async () => {
    const fact = fc.oneof(
      fc.record({ what: fc.constant("sale" as const), n: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ what: fc.constant("delivery" as const), n: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ what: fc.constant("count" as const), n: fc.nat(9) }),
    );
    const told = fc
      .array(fact, { minLength: 1, maxLength: 9 })
      .chain((facts) =>
        fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts.keys()], { minLength: facts.length })),
      );
    await fc.assert(
      fc.asyncProperty(told, async ([facts, order]) => {
        const id = await one({ [IZMIR]: 3 });
        world.clock.advance({ hours: 1 });
        const at = (i: number) => ago(50 - i);
        for (const i of order) {
          const { what, n } = facts[i] as (typeof facts)[number];
          const receipt = { variant_id: id, location_id: IZMIR, kind: "receive" as const, quantity: n };
          if (what === "sale") await sell(id, n, at(i));
          else if (what === "count") await count(id, n, at(i));
          else await record([receipt], { happened_at: at(i) });
        }
        let expected = 3;
        for (const { what, n } of facts) {
          if (what === "count") expected = n;
          else expected = Math.max(0, expected + (what === "sale" ? -n : n));
        }
        expect(await onHand(id)).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  test("INV-7 a delivery that happened earlier is received once, however often it is told", async () => {
    const id = await one({ [IZMIR]: 1 });
    world.clock.advance({ hours: 2 });
    const line = { variant_id: id, location_id: IZMIR, kind: "receive" as const, quantity: 5 };
    const note = { document: "DN-late", happened_at: ago(60) };
    await record([line], note);
    await record([line], note);
    expect(await onHand(id)).toBe(6);
  });

  test("the ledger tells the house's own reasons by code, and what people type as they typed it", async () => {
    const id = await one({ [IZMIR]: 9 });
    await count(id, 7);
    await record([{ variant_id: id, location_id: IZMIR, kind: "adjust", quantity: -1, reason: "not found" }]);
    world.clock.advance({ hours: 1 });
    await record([{ variant_id: id, location_id: IZMIR, kind: "receive", quantity: 4 }], { happened_at: ago(90) });
    const all = await loadMovements(world.db, { variant: id, location: IZMIR, after: null, limit: 9 });
    const told = all.flatMap((row) => (row.reason === null ? [] : [[row.kind, row.reason, reasonCode(row)]]));
    expect(told).toEqual([
      ["recount", "in the order in which it happened", "in_time"],
      ["adjust", "not found", null],
      ["recount", "counted", "counted"],
    ]);
  });

  test("INV-13 an absolute number is written only over what the writer saw", async () => {
    const id = await one({ [IZMIR]: 5 });
    const set = (on_hand: number, expected: number) =>
      setLevels(
        world.db,
        world.clock,
        { reason: "sheet", levels: [{ variant_id: id, location_id: IZMIR, on_hand, expected }] },
        "x",
      );
    await set(7, 5);
    await expect(set(9, 5)).rejects.toMatchObject({
      code: "stock_moved",
      fields: [{ path: "levels.0.expected", message: "on hand is 7" }],
    });
    const all = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => set(20 + i, 7)));
    expect(all.filter((r) => r.status === "fulfilled")).toHaveLength(1);
  });

  test("INV-3 damaged goods and those to be looked at lie there and are not for sale", async () => {
    const id = await one({ [WAREHOUSE]: 6 });
    const line = { variant_id: id, location_id: WAREHOUSE };
    await record([
      { ...line, kind: "damage", quantity: 2, reason: "wet" },
      { ...line, kind: "check", quantity: 3 },
      { ...line, kind: "fail_check", quantity: 1 },
      { ...line, kind: "write_off", quantity: 1, reason: "torn" },
      { ...line, kind: "expect", quantity: 10 },
    ]);
    expect(await countersAt(world, id, WAREHOUSE)).toEqual({
      on_hand: 5,
      committed: 0,
      reserved: 0,
      safety: 0,
      damaged: 2,
      quality_control: 2,
      incoming: 10,
    });
    await record([{ ...line, kind: "receive", quantity: 4, expected: true }]);
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 9, incoming: 6 });
    const tooMany = record([{ ...line, kind: "write_off", quantity: 3, reason: "torn" }]);
    await expect(tooMany).rejects.toMatchObject({ code: "stock_below_zero", fields: [{ message: "damaged is 2" }] });
  });
});
