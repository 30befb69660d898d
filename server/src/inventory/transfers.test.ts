import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { loadDiscrepancies } from "./queries/discrepancies.pg.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { readTransfer } from "./read-transfers.ts";
import { resolveDiscrepancy } from "./resolve-discrepancy.ts";
import { countersAt, IZMIR, stockedProduct, WAREHOUSE } from "./testing.ts";
import { cancelTransfer, receiveTransfer, sendTransfer } from "./transfer-stock.ts";

describe("transfers", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

  const one = async (stock: Partial<Record<string, number>>) =>
    (await stockedProduct(world, [stock])).variantIds[0] ?? "";
  const send = (id: string, quantity: number) =>
    sendTransfer(
      world.db,
      world.clock,
      { from: WAREHOUSE, to: IZMIR, lines: [{ variant_id: id, quantity }] },
      "ada@dokuma.example",
    );
  const receive = (transferId: string, id: string, quantity: number, is_partial = false) =>
    receiveTransfer(world.db, world.clock, transferId, { lines: [{ variant_id: id, quantity }], is_partial }, "x");
  const open = () => loadDiscrepancies(world.db, { isOpen: true, location: IZMIR, after: null, limit: 10 });

  test("INV-14 what is on its way is nowhere on hand; what arrives short is somebody's to look into", async () => {
    const id = await one({ [WAREHOUSE]: 10 });
    const sent = await send(id, 6);
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 4 });
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 0, incoming: 6 });
    await receive(sent.id, id, 2, true);
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 2, incoming: 4 });
    await expect(receive(sent.id, id, 5)).rejects.toMatchObject({
      code: "not_in_transfer",
      fields: [{ path: "lines.0.quantity", message: "4 of it are on their way" }],
    });
    await receive(sent.id, id, 3);
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ on_hand: 5, incoming: 0 });
    expect(await readTransfer(world.db, sent.id)).toMatchObject({
      state: "received",
      lines: [{ quantity: 6, received: 5 }],
    });
    const [lost] = await open();
    expect(lost).toMatchObject({ kind: "lost_in_transfer", quantity: 1, variant_id: id });
    const found = { id: lost?.id ?? "", resolution: "It lay in the van.", actor: "ada@dokuma.example" };
    expect(await resolveDiscrepancy(world.db, world.clock, found)).toMatchObject({ resolution: "It lay in the van." });
    await expect(resolveDiscrepancy(world.db, world.clock, found)).rejects.toMatchObject({
      code: "discrepancy_not_open",
    });
    expect(await open()).toEqual([]);
  });

  test("INV-14 what is promised cannot leave; what is cancelled is back", async () => {
    const id = await one({ [WAREHOUSE]: 3 });
    await expect(send(id, 4)).rejects.toMatchObject({ code: "stock_below_zero", fields: [{ message: "3 can leave" }] });
    const sent = await send(id, 3);
    await cancelTransfer(world.db, world.clock, sent.id, "x");
    expect(await countersAt(world, id, WAREHOUSE)).toMatchObject({ on_hand: 3 });
    expect(await countersAt(world, id, IZMIR)).toMatchObject({ incoming: 0 });
    await expect(receive(sent.id, id, 1)).rejects.toMatchObject({ code: "transfer_ended" });
    await expect(cancelTransfer(world.db, world.clock, newId(world.clock), "x")).rejects.toMatchObject({
      code: "transfer_not_found",
    });
  });

  test("INV-14 receiving and cancelling at once: one of them happened, and nothing is lost or made", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (quantity, isPartial) => {
        const id = await one({ [WAREHOUSE]: 5 });
        const sent = await send(id, quantity);
        const part = isPartial ? Math.ceil(quantity / 2) : quantity;
        await Promise.allSettled([
          receive(sent.id, id, part, isPartial),
          cancelTransfer(world.db, world.clock, sent.id, "x"),
          receive(sent.id, id, part, isPartial),
        ]);
        const [from, to] = [await countersAt(world, id, WAREHOUSE), await countersAt(world, id, IZMIR)];
        expect((from?.on_hand ?? 0) + (to?.on_hand ?? 0) + (to?.incoming ?? 0)).toBe(5);
        expect(await findBreaches(world.db)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
