import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { unpack } from "../collect/index.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { endDeadHolds } from "./end-dead-holds.ts";
import { openHoldQueue } from "./hold-queue.ts";
import { holdStock } from "./hold-stock.ts";
import { available, sellInHand } from "./index.ts";
import { commitOne, type HoldDeps, handOverOne, placeHold, readHold, releaseOne, renewHold } from "./manage-hold.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { saveKit } from "./save-kit.ts";
import { countersAt, IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "./testing.ts";

describe("holds", () => {
  let world: World;
  let deps: HoldDeps;
  beforeAll(async () => {
    world = await createWorld();
    deps = { ...world, holds: openHoldQueue(world) };
  });
  afterAll(() => world.close());
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) =>
    (await stockedProduct(world, [stock])).variantIds[0] ?? "";
  const place = (lines: Record<string, number>, given: object = {}) =>
    placeHold(deps, {
      lines: Object.entries(lines).map(([variant_id, quantity]) => ({ variant_id, quantity })),
      seconds: 600,
      ...given,
    });
  const webOf = async (id: string) => (await available(world.db, world.clock, [id])).get(id)?.web;
  const sold = (all: readonly PromiseSettledResult<unknown>[]) => all.filter((r) => r.status === "fulfilled").length;

  test("INV-11 two nodes, 300 askers at once, 120 there: exactly 120 get one, and the others hear so", async () => {
    const id = await one({ [WAREHOUSE]: 100, [IZMIR]: 20 });
    const node = world.connect(10);
    const others = openHoldQueue({ ...world, db: node.db });
    const all = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) =>
        placeHold(i % 2 ? { ...deps, holds: others } : deps, {
          lines: [{ variant_id: id, quantity: 1 }],
          seconds: 600,
        }),
      ),
    );
    await node.close();
    expect(sold(all)).toBe(120);
    for (const r of all) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "not_available" });
    expect(await webOf(id)).toBe(0);
  });

  test("INV-11 one request with a wrong line is refused alone; its neighbours in the transaction hold", async () => {
    const id = await one({ [WAREHOUSE]: 5 });
    const stranger = newId(world.clock);
    const all = await Promise.allSettled([
      place({ [id]: 1 }),
      place({ [stranger]: 1 }),
      place({ [id]: 9 }),
      place({ [id]: 2 }),
    ]);
    expect(all.map((r) => r.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(await webOf(id)).toBe(2);
  });

  test("INV-11 what an engine refuses of one request does not sink those beside it", async () => {
    const id = await one({ [WAREHOUSE]: 5 });
    const broken = deps.holds.ask({
      owner: "no uuid",
      lines: [{ variantId: id, quantity: 1 }],
      until: world.clock.now().add({ minutes: 1 }),
    });
    const all = await Promise.allSettled([place({ [id]: 1 }), broken, place({ [id]: 1 })]);
    expect(all.map((r) => r.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await webOf(id)).toBe(3);
  });

  test("INV-5 a hold is renewed only while it lives; once dead it never comes back, also if nobody swept it", async () => {
    const id = await one({ [WAREHOUSE]: 1 });
    const held = await place({ [id]: 1 });
    world.clock.advance({ minutes: 9 });
    await renewHold(deps, held.id, 600);
    world.clock.advance({ minutes: 9 });
    expect(await readHold(deps, held.id)).toMatchObject({ state: "held" });
    world.clock.advance({ minutes: 1 });
    await expect(renewHold(deps, held.id, 600)).rejects.toMatchObject({ code: "hold_dead" });
    await expect(commitOne(deps, held.id)).rejects.toMatchObject({ code: "hold_dead" });
    const next = await place({ [id]: 1 });
    await expect(renewHold(deps, held.id, 600)).rejects.toMatchObject({ code: "hold_dead" });
    await commitOne(deps, next.id);
    world.clock.advance({ hours: 5 });
    await handOverOne(deps, next.id, "shop");
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 0, committed: 0, reserved: 0 });
  });

  test("INV-5 a hold that dies unheard is told: screens hear of the product, and what is back is an event", async () => {
    const errors: unknown[] = [];
    const loop = endDeadHolds(world, (error) => void errors.push(error));
    const heard: string[] = [];
    const off = world.bus.onChange((changes) => heard.push(...changes.map(({ topic, id }) => `${topic} ${id}`)));
    const { productId, variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 2 }]);
    const [id = ""] = variantIds;
    await place({ [id]: 2 }, { seconds: 60 });
    const lives = await place({ [await one({ [WAREHOUSE]: 1 })]: 1 }, { seconds: 600 });
    loop.start();
    heard.length = 0;
    await sql`delete from collect.inbox`.execute(world.db);
    world.clock.advance({ seconds: 61 });
    await expect.poll(() => heard, { timeout: 5_000 }).toContain(`product ${productId}`);
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 2, reserved: 0 });
    expect((await readHold(deps, lives.id)).state).toBe("held");
    await loop.stop();
    off();
    const batches = await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox`);
    const told = batches.flatMap((batch) => unpack(batch)).map((event) => event.properties);
    expect(told.filter((news) => news?.variant_id === id)).toMatchObject([
      { channel: "web", state: "back", available: 2 },
    ]);
    expect(errors).toEqual([]);
  });

  test("INV-5 renewing races with those who want the dead hold's unit: one of them has it", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await one({ [WAREHOUSE]: 1 });
      const held = await place({ [id]: 1 }, { seconds: 60 });
      world.clock.advance({ seconds: round % 2 ? 59 : 60 });
      const [renewed, taken] = await Promise.allSettled([renewHold(deps, held.id, 60), place({ [id]: 1 })]);
      expect(sold([renewed, taken])).toBe(1);
    }
  });

  test("a hold of an order is none of this API's, and a release gives back", async () => {
    const id = await one({ [WAREHOUSE]: 2 });
    const order = newId(world.clock);
    const until = world.clock.now().add({ minutes: 5 });
    const lines = [{ variantId: id, quantity: 1 }];
    await inTransaction(world.db, (tx) => holdStock(tx, world.clock, { owner: order, lines, until }));
    await expect(releaseOne(deps, order, "x")).rejects.toMatchObject({ code: "hold_dead" });
    const held = await place({ [id]: 1 });
    await expect(handOverOne(deps, held.id, "x")).rejects.toMatchObject({ code: "hold_not_committed" });
    await releaseOne(deps, held.id, "x");
    expect(await webOf(id)).toBe(1);
  });

  test("INV-3 pick-up holds at that one store, never from the sum; a channel from its places alone", async () => {
    const id = await one({ [WAREHOUSE]: 5, [IZMIR]: 1, [JAKARTA]: 2 });
    await expect(place({ [id]: 2 }, { store_id: IZMIR })).rejects.toMatchObject({
      code: "not_available",
      fields: [{ path: "lines.0.quantity", message: "2 wanted, 1 left" }],
    });
    expect((await place({ [id]: 2 }, { store_id: JAKARTA })).lines).toEqual([
      { variant_id: id, location_id: JAKARTA, quantity: 2 },
    ]);
    await expect(place({ [id]: 7 }, { channel: "app" })).rejects.toMatchObject({ code: "not_available" });
    await place({ [id]: 6 }, { channel: "app" });
  });

  test("INV-10 a kit and its part in one order share what there is: summed, not one by one", async () => {
    const { variantIds } = await stockedProduct(world, [{}, { [WAREHOUSE]: 2 }, { [WAREHOUSE]: 9 }]);
    const [set = "", table = "", chair = ""] = variantIds;
    await saveKit(world.db, {
      kitId: set,
      parts: [
        { variant_id: table, quantity: 1 },
        { variant_id: chair, quantity: 4 },
      ],
    });
    expect(await webOf(set)).toBe(2);
    await expect(place({ [set]: 2, [table]: 1 })).rejects.toMatchObject({ code: "not_available" });
    await expect(place({ [set]: 2, [chair]: 2 })).rejects.toMatchObject({ code: "not_available" });
    expect((await place({ [set]: 2, [chair]: 1 })).lines).toHaveLength(2);
    expect(await webOf(chair)).toBe(0);
  });

  test("INV-10 shoppers of the kit and of its part race: never more parts than there are", async () => {
    const { variantIds } = await stockedProduct(world, [{}, { [WAREHOUSE]: 30 }]);
    const [pack = "", sock = ""] = variantIds;
    await saveKit(world.db, { kitId: pack, parts: [{ variant_id: sock, quantity: 3 }] });
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => place(i % 2 ? { [pack]: 1 } : { [sock]: 1 })),
    );
    expect(sold(all)).toBeGreaterThanOrEqual(10);
    const { on_hand = 0, reserved = 0 } = (await countersAt(world, sock, WAREHOUSE)) ?? {};
    expect(reserved).toBeLessThanOrEqual(on_hand);
    expect(await webOf(pack)).toBe(Math.floor((on_hand - reserved) / 3));
  });

  test("INV-10 a kit sold at a till takes its parts; kits nest in nothing and have no stock", async () => {
    const { variantIds } = await stockedProduct(world, [{}, { [IZMIR]: 3 }, { [IZMIR]: 3 }]);
    const [set = "", cup = "", pot = ""] = variantIds;
    const parts = [
      { variant_id: cup, quantity: 2 },
      { variant_id: pot, quantity: 1 },
    ];
    await saveKit(world.db, { kitId: set, parts });
    const cause = { type: "order", id: newId(world.clock) };
    const lines = [{ variantId: set, quantity: 1 }];
    await inTransaction(world.db, (tx) => sellInHand(tx, world.clock, { locationId: IZMIR, lines, cause }));
    expect([await webOf(set), await webOf(cup), await webOf(pot)]).toEqual([0, 1, 2]);
    const nest = saveKit(world.db, { kitId: pot, parts: [{ variant_id: set, quantity: 1 }] });
    await expect(nest).rejects.toMatchObject({ code: "kit_in_kit" });
    const whole = saveKit(world.db, { kitId: cup, parts: [{ variant_id: pot, quantity: 1 }] });
    await expect(whole).rejects.toMatchObject({ code: "kit_in_kit" });
  });
});
