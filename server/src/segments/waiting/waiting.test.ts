import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { inTransaction } from "../../platform/db.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [ann, bob] = [personId(1), personId(2)];
const SPENT = { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 100 }, within: "P10D" };
const ORDERS = 40;

let h: Harness;
let id: string;
let first: number;
beforeAll(async () => {
  h = await createHarness({ bounds: { block: 2, here: 6, blocks: 3 } });
  id = await h.segments.createSegment({ name: "Spent 100 in ten days", definition: SPENT });
  await h.segments.drain();
});
afterAll(() => h.close());

/** Ann orders for 10 each hour, far more often than State keeps; Bob once for 100. */
beforeEach(async () => {
  first = now();
  for (let n = 0; n < ORDERS; n++) {
    h.sleepUntil(first + n * HOUR);
    await h.happen(ann, [order(10, now())]);
  }
  await h.happen(bob, [order(100, now())]);
  h.heard();
});
afterEach(() => vi.restoreAllMocks());

function now(): number {
  return h.world.clock.now().epochMilliseconds;
}

function order(revenue: number, at: number): PastEvent {
  return { name: "Order Completed", channel: "web", properties: { revenue }, at };
}

function told(): string[] {
  return h.heard().map(({ kind, profileId, at }) => `${kind} ${profileId === ann ? "ann" : "bob"} ${at}`);
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}

/** Ten orders are enough: she leaves with the eleventh but last. */
const annLeaves = () => first + (ORDERS - 10) * HOUR + 10 * DAY;
const bobLeaves = () => first + (ORDERS - 1) * HOUR + 10 * DAY;

describe("SEG-1 somebody of whom State keeps too little is decided by History, to the millisecond", () => {
  it("with events shipped, on their way and late", async () => {
    expect(await h.segments.countBeyond(h.world.db)).toEqual({ people: 1, waiting: 0 });
    await h.ship();
    // Late, among events that State has not singly any more; it stays on its way to History.
    await h.happen(ann, [order(5, first + 20.5 * HOUR)]);
    for (let day = 1; day <= 12; day++) {
      h.sleepUntil(first + day * DAY);
      await h.sweep();
    }
    expect(told().sort()).toEqual([`exited ann ${at(annLeaves())}`, `exited bob ${at(bobLeaves())}`]);
    await h.ship();
  });

  it("and nobody else waits for it, nor is anything lost while History is away", async () => {
    await h.ship();
    const away = vi.spyOn(h.world.history, "query").mockRejectedValue(new Error("connect ECONNREFUSED"));
    h.sleepUntil(first + 13 * DAY);
    const due = await inTransaction(h.world.db, (tx) => h.segments.takeDue(tx, h.world.clock.now(), 100));
    expect(due.changes.map((change) => change.profileId)).toEqual([bob]);
    await expect(h.segments.decideWaiting()).rejects.toThrow("ECONNREFUSED");
    expect(await h.segments.countBeyond(h.world.db)).toEqual({ people: 1, waiting: 1 });
    // Nothing is due: the sweeper does not spin.
    expect(await h.segments.nextDue(h.world.db)).toBeNull();
    expect(await h.members(id)).toEqual([ann]);
    away.mockRestore();
    await h.sweep();
    expect(told()).toEqual([`exited ann ${at(annLeaves())}`]);
    expect(await h.segments.countBeyond(h.world.db)).toMatchObject({ waiting: 0 });
  });

  it("and is right at once when something new comes while she waits", async () => {
    h.sleepUntil(first + 13 * DAY);
    await inTransaction(h.world.db, (tx) => h.segments.takeDue(tx, h.world.clock.now(), 100));
    expect(await h.segments.countBeyond(h.world.db)).toMatchObject({ waiting: 1 });
    await h.happen(ann, [order(99, now())]);
    await h.sweep();
    expect(await h.members(id)).toEqual([]);
    await h.happen(ann, [order(1, now())]);
    expect(await h.members(id)).toEqual([ann]);
  });
});
