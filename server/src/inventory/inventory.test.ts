import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { unpack } from "../collect/index.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { holdStock } from "./hold-stock.ts";
import { available, commitHold, handOver, releaseStock, sellInHand } from "./index.ts";
import { loadDiscrepancies } from "./queries/discrepancies.pg.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { readShelf } from "./read-availability.ts";
import { recordMovements } from "./record-movements.ts";
import { countersAt, IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "./testing.ts";
import { withNames } from "./with-names.ts";

describe("inventory", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  // INV-1 and INV-2, after every test.
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const hold = (variantId: string, quantity = 1, minutes = 10, owner = newId(world.clock)) =>
    inTransaction(world.db, (tx) =>
      holdStock(tx, world.clock, {
        owner,
        lines: [{ variantId, quantity }],
        until: world.clock.now().add({ minutes }),
      }),
    );
  const commit = (owner: string, variantId: string, quantity = 1) =>
    inTransaction(world.db, (tx) => commitHold(tx, world.clock, { owners: [owner], lines: [{ variantId, quantity }] }));
  const sell = (variantId: string, locationId: string, quantity = 1) =>
    inTransaction(world.db, (tx) =>
      sellInHand(tx, world.clock, {
        locationId,
        lines: [{ variantId, quantity }],
        cause: { type: "order", id: newId(world.clock) },
      }),
    );
  const webOf = async (id: string) => (await available(world.db, world.clock, [id])).get(id)?.web;

  test("INV-3 the web sells what lies in the warehouse and in stores that ship; pick-up is one store alone", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 2, [IZMIR]: 1, [JAKARTA]: 5 }]);
    const [id = ""] = variantIds;
    const found = (await available(world.db, world.clock, [id])).get(id);
    expect(found?.web).toBe(3);
    expect(found?.stores.map((s) => [s.name, s.available])).toEqual([
      ["Alsancak", 1],
      ["Kemang", 5],
    ]);
  });

  test("the pair sold at the till is gone from the web at once", async () => {
    const { productId, variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }]);
    const [id = ""] = variantIds;
    expect(await webOf(id)).toBe(1);
    const sold = await sell(id, IZMIR);
    expect(sold).toEqual({ touched: [{ productId, storeId: IZMIR }], discrepancies: [] });
    expect(await webOf(id)).toBe(0);
    expect(await hold(id)).toMatchObject({ held: false, short: [{ variantId: id, wanted: 1, available: 0 }] });
  });

  test("a hold becomes a commitment becomes a hand-over; on hand falls only when the goods leave", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 5 }]);
    const [id = ""] = variantIds;
    const owner = newId(world.clock);
    await hold(id, 2, 10, owner);
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 5, reserved: 2, committed: 0 });
    expect(await commit(owner, id, 2)).toMatchObject({ isCommitted: true });
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 5, reserved: 0, committed: 2 });
    await inTransaction(world.db, (tx) => handOver(tx, world.clock, { owner, actor: null }));
    await inTransaction(world.db, (tx) => handOver(tx, world.clock, { owner, actor: null }));
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 3, reserved: 0, committed: 0 });
  });

  test("INV-5 a dead hold counts no more, also before anybody swept it, and is not revived when others took the unit", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 1 }]);
    const [id = ""] = variantIds;
    const [slow, quick] = [newId(world.clock), newId(world.clock)];
    await hold(id, 1, 10, slow);
    expect(await webOf(id)).toBe(0);
    world.clock.advance({ minutes: 10 });
    expect(await webOf(id)).toBe(1);
    expect(await hold(id, 1, 10, quick)).toMatchObject({ held: true });
    expect(await commit(slow, id)).toMatchObject({ isCommitted: false });
    expect(await commit(quick, id)).toMatchObject({ isCommitted: true });
  });

  test("releasing twice gives back once", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 3 }]);
    const [id = ""] = variantIds;
    const owner = newId(world.clock);
    await hold(id, 2, 10, owner);
    await inTransaction(world.db, (tx) => releaseStock(tx, world.clock, { owners: [owner] }));
    await inTransaction(world.db, (tx) => releaseStock(tx, world.clock, { owners: [owner] }));
    expect(await webOf(id)).toBe(3);
  });

  test("INV-6 goods in hand are sold even if the books have none, and somebody is told", async () => {
    const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 0 }]);
    const [id = ""] = variantIds;
    const sold = await sell(id, JAKARTA, 2);
    expect(sold.discrepancies).toMatchObject([{ kind: "not_on_hand", quantity: 2, location_id: JAKARTA }]);
    expect(await countersAt(world, id, JAKARTA)).toMatchObject({ on_hand: 0 });
  });

  test("INV-6 selling at the till what is held for the web is a discrepancy, and the web's number goes below zero", async () => {
    const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }]);
    const [id = ""] = variantIds;
    const owner = newId(world.clock);
    await hold(id, 1, 10, owner);
    const sold = await sell(id, IZMIR);
    expect(sold.discrepancies).toMatchObject([{ kind: "promised", quantity: 1 }]);
    expect(await webOf(id)).toBe(-1);
    expect(
      (await loadDiscrepancies(world.db, { isOpen: true, location: null, after: null, limit: 10 }))[0],
    ).toMatchObject({ variant_id: id, kind: "promised" });
  });

  test("INV-1 the database refuses any other writer of counters and any change of a movement", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 1 }]);
    const [id = ""] = variantIds;
    const refused = /written by movements only/;
    await expect(
      sql`update inventory.level set on_hand = 9 where variant_id = ${id}`.execute(world.db),
    ).rejects.toThrow(refused);
    await expect(
      sql`insert into inventory.level (variant_id, location_id, product_id, on_hand)
          values (${newId(world.clock)}, ${WAREHOUSE}, ${newId(world.clock)}, 5)`.execute(world.db),
    ).rejects.toThrow(refused);
    await expect(
      sql`update inventory.movement set on_hand = 9 where variant_id = ${id}`.execute(world.db),
    ).rejects.toThrow(refused);
    await expect(sql`delete from inventory.movement where variant_id = ${id}`.execute(world.db)).rejects.toThrow(
      refused,
    );
  });

  test("movements by hand: all or nothing, with the path of what is wrong; a delivery told twice is received once", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 1 }]);
    const [id = ""] = variantIds;
    const line = { variant_id: id, location_id: WAREHOUSE };
    const delivery = { document: "DN-1", movements: [{ ...line, kind: "receive" as const, quantity: 4 }] };
    await recordMovements(world.db, world.clock, delivery, "ada@dokuma.example");
    const again = await recordMovements(world.db, world.clock, delivery, "ada@dokuma.example");
    expect(again).toEqual({ touched: [], movements: [] });
    expect(await webOf(id)).toBe(5);
    await expect(
      recordMovements(
        world.db,
        world.clock,
        {
          movements: [
            { ...line, kind: "safety", quantity: 1 },
            { ...line, kind: "adjust", quantity: -9, reason: "count" },
          ],
        },
        "ada@dokuma.example",
      ),
    ).rejects.toMatchObject({ code: "stock_below_zero", fields: [{ path: "movements.1.quantity" }] });
    expect(await webOf(id)).toBe(5);
  });

  test("INV-8 the last one leaving and the first coming back are events, of the channels and of each store", async () => {
    const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }]);
    const [id = ""] = variantIds;
    await sql`delete from collect.inbox`.execute(world.db);
    await sell(id, IZMIR);
    const receipt = { variant_id: id, location_id: WAREHOUSE, kind: "receive" as const, quantity: 7 };
    await recordMovements(world.db, world.clock, { movements: [receipt] }, "x");
    const told = (await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`)).flatMap(
      (row) => unpack(row),
    );
    const channels = ["web", "app", "kiosk", "phone", "chat", "voice", "api"];
    expect(told.map((event) => event.properties)).toMatchObject([
      { variant_id: id, channel: "web", channels, state: "out", available: 0 },
      { variant_id: id, channel: "store", store_id: IZMIR, state: "out" },
      { variant_id: id, channel: "web", channels, state: "back", available: 7 },
    ]);
  });

  test("whoever looks at shelves, movements and tasks reads what things are called in each language", async () => {
    const { productId, variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }]);
    const [id = ""] = variantIds;
    await sql`update catalog.product set titles = '{"tr": "Ilgın spor ayakkabı"}' where id = ${productId}`.execute(
      world.db,
    );
    const [named] = await withNames(world.db, [{ variant_id: id, location_id: IZMIR }]);
    expect(named).toMatchObject({ title: "Ilgın sneaker", titles: { tr: "Ilgın spor ayakkabı" } });
    const shelf = await readShelf(world.db, world.clock, { location: IZMIR, limit: 500 });
    expect(shelf.items.find((item) => item.variant_id === id)?.titles).toEqual({ tr: "Ilgın spor ayakkabı" });
    expect(await withNames(world.db, [{ variant_id: newId(world.clock), location_id: IZMIR }])).toMatchObject([
      { title: "", titles: {} },
    ]);
  });

  test("INV-4 a hundred shoppers want one of 37: exactly 37 get one", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 30, [IZMIR]: 7 }]);
    const [id = ""] = variantIds;
    const node = world.connect(20);
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        inTransaction(i % 2 ? node.db : world.db, (tx) =>
          holdStock(tx, world.clock, {
            owner: newId(world.clock),
            lines: [{ variantId: id, quantity: 1 }],
            until: world.clock.now().add({ minutes: 5 }),
          }),
        ),
      ),
    );
    await node.close();
    expect(all.filter((result) => result.held)).toHaveLength(37);
    expect(await webOf(id)).toBe(0);
  });

  test("INV-4 orders over the same variants in opposite order do not wait for each other for ever", async () => {
    const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 20 }, { [WAREHOUSE]: 20 }, { [IZMIR]: 20 }]);
    const lines = variantIds.map((variantId) => ({ variantId, quantity: 1 }));
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        // One try: a deadlock would show.
        inTransaction(
          world.db,
          (tx) =>
            holdStock(tx, world.clock, {
              owner: newId(world.clock),
              lines: i % 2 ? lines : lines.toReversed(),
              until: world.clock.now().add({ minutes: 5 }),
            }),
          1,
        ),
      ),
    );
    expect(all.filter((result) => result.held)).toHaveLength(20);
  });

  test("INV-1 whatever happens in whatever order, the counters are the sum of the movements", async () => {
    const { variantIds } = await stockedProduct(world, [
      { [WAREHOUSE]: 6, [IZMIR]: 3 },
      { [IZMIR]: 4, [JAKARTA]: 2 },
    ]);
    const step = fc.record({
      what: fc.constantFrom("hold", "commit", "release", "hand over", "sell", "receive", "wait"),
      variant: fc.constantFrom(...variantIds),
      place: fc.constantFrom(WAREHOUSE, IZMIR, JAKARTA),
      quantity: fc.integer({ min: 1, max: 3 }),
      order: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const orders = Array.from({ length: 4 }, () => newId(world.clock));
        const wants = new Map<string, { variantId: string; quantity: number }>();
        for (const { what, variant, place, quantity, order } of steps) {
          const owner = orders[order] ?? "";
          const line = wants.get(owner) ?? { variantId: variant, quantity };
          if (what === "wait") world.clock.advance({ minutes: 4 });
          if (what === "hold" && !wants.has(owner)) {
            const result = await hold(line.variantId, line.quantity, 10, owner);
            if (result.held) wants.set(owner, line);
          }
          if (what === "commit" && wants.has(owner)) await commit(owner, line.variantId, line.quantity);
          if (what === "release")
            await inTransaction(world.db, (tx) => releaseStock(tx, world.clock, { owners: [owner] }));
          if (what === "hand over")
            await inTransaction(world.db, (tx) => handOver(tx, world.clock, { owner, actor: null }));
          if (what === "sell") await sell(variant, place, quantity);
          if (what === "receive") {
            const movements = [{ variant_id: variant, location_id: place, kind: "receive" as const, quantity }];
            await recordMovements(world.db, world.clock, { movements }, "x");
          }
        }
        expect(await findBreaches(world.db)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    const negative = await rows(
      world.db,
      sql`select 1 from inventory.level where least(on_hand, committed, reserved) < 0`,
    );
    expect(negative).toEqual([]);
  });
});
