import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { inTransaction, one, sql } from "../platform/db.ts";
import { changeList, createList } from "./change-list.ts";
import type { Condition } from "./contracts.ts";
import type { PastEvent } from "./predicates/event-predicate.ts";
import { readSegment } from "./read-segments.ts";
import { RegistryCache } from "./registry.ts";
import { createHarness, type Harness, personId } from "./testing/harness.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const boughtLately: Condition = { did: "Order Completed", within: "P30D" };
const cart: Condition = { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" };

let h: Harness;
let nth = 0;
let ann: string;
let bob: string;

beforeAll(async () => {
  h = await createHarness();
});
afterAll(() => h.close());
beforeEach(() => {
  ann = personId(++nth);
  bob = personId(++nth);
});

function now(): number {
  return h.world.clock.now().epochMilliseconds;
}

function did(name: string, ago = 0, properties = {}): PastEvent {
  return { name, channel: "web", properties, at: now() - ago };
}

async function live(name: string, definition: unknown, enter_on_first_fill = false): Promise<string> {
  const id = await h.segments.createSegment({ name: `${name} ${nth}`, definition, enter_on_first_fill });
  await h.ship();
  await h.segments.drain();
  return id;
}

function told(id: string): string[] {
  return h
    .heard()
    .filter((change) => change.segmentId === id && (change.profileId === ann || change.profileId === bob))
    .map((change) => `${change.kind} ${change.profileId === ann ? "ann" : "bob"} +${Date.parse(change.at) - now()}`);
}

describe("SEG-1 a profile is a member exactly while its definition holds", () => {
  it("takes people in with their event and lets them go by time alone, at the very millisecond", async () => {
    const id = await live("bought lately", boughtLately);
    await h.happen(ann, [did("Order Completed", 0)]);
    expect(told(id)).toEqual(["entered ann +0"]);
    const end = now() + 30 * DAY;
    h.sleepUntil(end - 1);
    await h.sweep();
    expect(await h.members(id)).toContain(ann);
    expect(await h.segments.nextDue(h.world.db)).toBe(new Date(end).toISOString());
    h.sleepUntil(end);
    await h.sweep();
    expect(told(id)).toEqual(["exited ann +0"]);
    expect(await h.members(id)).not.toContain(ann);
  });

  it("takes in a cart with no order for an hour, and lets it go with the order", async () => {
    const id = await live("cart", cart);
    await h.happen(ann, [did("Product Added")]);
    expect(told(id)).toEqual([]);
    h.sleepUntil(now() + HOUR);
    await h.sweep();
    expect(told(id)).toEqual(["entered ann +0"]);
    await h.happen(ann, [did("Order Completed")]);
    expect(told(id)).toEqual(["exited ann +0"]);
  });
});

describe("SEG-22 words of the calendar mean the days of the zone", () => {
  it("keeps a birthday by the retailer's day where the condition names no zone", async () => {
    h.sleepUntil(Date.parse("2026-12-01T12:00:00Z"));
    await h.setTraits(ann, { birthday: "1990-12-02" });
    const definition = { trait: "birthday", op: "anniversary_within", value: "PT1H" };
    const id = await h.segments.createSegment({ name: "Birthday", definition });
    await h.segments.drain();
    // Midnight in New York is five in the morning UTC.
    h.sleepUntil(Date.parse("2026-12-02T04:00:00.000Z"));
    await h.sweep();
    expect(await h.members(id)).toEqual([]);
    h.sleepUntil(Date.parse("2026-12-02T04:00:00.001Z"));
    await h.sweep();
    expect(await h.members(id)).toEqual([ann]);
    h.sleepUntil(Date.parse("2026-12-03T05:00:00Z"));
    await h.sweep();
    expect(await h.members(id)).toEqual([]);
  });
});

describe("SEG-2 what time brings is made in order, at the time it became true, also after a pause", () => {
  it("makes several missed flips with their own times", async () => {
    const id = await live("exactly one", { did: "Order Completed", count: { op: "eq", value: 1 }, within: "P10D" });
    await h.happen(ann, [did("Order Completed", 5 * DAY), did("Order Completed", 2 * DAY)]);
    expect(told(id)).toEqual([]);
    h.sleepUntil(now() + 20 * DAY);
    await h.sweep();
    expect(told(id)).toEqual([`entered ann +${-15 * DAY}`, `exited ann +${-12 * DAY}`]);
  });
});

describe("SEG-2 a horizon may stand too early, never too late", () => {
  const standing = async (id: string) => {
    const found = await one(
      h.world.db,
      sql<{ due_at: string }>`
        select due_at from segments.horizons join segments.segments using (rule_id)
        where segments.id = ${id} and profile_id = ${ann}`,
    );
    return found === undefined ? null : Date.parse(found.due_at);
  };

  it("stays where it is while events of its window come, is put right by one sweep, and lets her go in time", async () => {
    const id = await live("bought twice in it", boughtLately);
    await h.happen(ann, [did("Order Completed")]);
    h.heard();
    const early = now() + 30 * DAY;
    h.sleepUntil(now() + DAY);
    await h.happen(ann, [did("Order Completed")]);
    expect(await standing(id)).toBe(early);
    h.sleepUntil(early);
    await h.sweep();
    expect(told(id)).toEqual([]);
    expect(await standing(id)).toBe(early + DAY);
    h.sleepUntil(early + DAY);
    await h.sweep();
    expect(told(id)).toEqual(["exited ann +0"]);
    expect(await standing(id)).toBeNull();
  });

  it("comes forward with what falls due before it", async () => {
    const id = await live("bought, no cart", { all: [boughtLately, { not: cart }] });
    await h.happen(ann, [did("Order Completed")]);
    h.heard();
    expect(await standing(id)).toBe(now() + 30 * DAY);
    h.sleepUntil(now() + DAY);
    await h.happen(ann, [did("Product Added")]);
    expect(await standing(id)).toBe(now() + HOUR);
    h.sleepUntil(now() + HOUR);
    await h.sweep();
    expect(told(id)).toEqual(["exited ann +0"]);
  });
});

describe("SEG-2 an event after a pause does not undo what time had changed before it", () => {
  it("lets somebody go when she left, and in again with the event", async () => {
    const id = await live("bought, with a pause", boughtLately);
    await h.happen(ann, [did("Order Completed")]);
    h.heard();
    h.sleepUntil(now() + 40 * DAY);
    await h.happen(ann, [did("Order Completed")]);
    expect(told(id)).toEqual([`exited ann +${-10 * DAY}`, "entered ann +0"]);
  });
});

describe("SEG-3 merges combine what people did and decide again", () => {
  it("decides by both histories, not by both memberships", async () => {
    const twice = await live("twice", { did: "Order Completed", count: { op: "gte", value: 2 }, within: "P30D" });
    const once = await live("once", { did: "Order Completed", count: { op: "eq", value: 1 }, within: "P30D" });
    await h.happen(ann, [did("Order Completed")]);
    await h.happen(bob, [did("Order Completed")]);
    h.heard();
    await h.merge(bob, ann);
    const changes = h.heard();
    expect(changes.filter((change) => change.segmentId === twice).map((change) => change.kind)).toEqual(["entered"]);
    expect(changes.filter((change) => change.segmentId === once).map((change) => change.kind)).toEqual(["exited"]);
    expect(await h.members(twice)).toContain(ann);
    expect(await h.members(once)).not.toContain(bob);
  });

  it("does not let somebody in twice whose other half was in already", async () => {
    const id = await live("in already", boughtLately);
    await h.happen(bob, [did("Order Completed")]);
    await h.happen(ann, [did("Product Added")]);
    h.heard();
    await h.merge(bob, ann);
    expect(told(id)).toEqual([]);
    expect(await h.members(id)).toContain(ann);
  });
});

describe("SEG-4 history is folded and aged, and tells nobody", () => {
  it("marks what historical events alone have caused, also what time makes of them later", async () => {
    const id = await live("historical", cart);
    await h.happen(ann, [did("Product Added")], { historical: true });
    await h.happen(bob, [did("Product Added")]);
    h.sleepUntil(now() + HOUR);
    await h.sweep();
    const marks = h.heard().filter((change) => change.segmentId === id);
    expect(marks.map((change) => [change.profileId, change.historical]).sort()).toEqual([
      [ann, true],
      [bob, false],
    ]);
  });
});

describe("SEG-5 a new definition is filled from History and switched at one instant", () => {
  it("loses nobody whose event arrives while it fills, and tells no enter on the first fill", async () => {
    await h.happen(ann, [did("Order Completed", 2 * DAY, { revenue: 30 })]);
    await h.ship();
    const id = await h.segments.createSegment({
      name: `spent ${nth}`,
      definition: { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 50 }, within: "P9D" },
    });
    // Beginning marks the watermark; this batch is not in History yet, so the fill has to wait for it.
    await h.happen(ann, [did("Order Completed", DAY, { revenue: 15 })]);
    await h.segments.drain();
    expect((await view(id)).state).toBe("backfilling");
    await h.happen(ann, [did("Order Completed", 0, { revenue: 5 })]);
    await h.happen(bob, [did("Order Completed", 0, { revenue: 5 })]);
    await h.ship();
    await h.segments.drain();
    expect(await view(id)).toMatchObject({ state: "live", progress: 1, size: 1 });
    expect(await h.members(id)).toEqual([ann]);
    await h.sweep();
    expect(told(id)).toEqual([]);
    await h.happen(bob, [did("Order Completed", 0, { revenue: 45 })]);
    expect(told(id)).toEqual(["entered bob +0"]);
  });

  it("finds events that History holds under an id merged since, before or during the fill", async () => {
    const cem = personId(++nth);
    await h.happen(bob, [did("Order Completed", DAY), did("Product Viewed", DAY)]);
    await h.happen(cem, [did("Order Completed", DAY)]);
    await h.ship();
    await h.merge(cem, bob);
    const id = await h.segments.createSegment({
      name: `thrice ${nth}`,
      definition: { did: "Order Completed", count: { op: "gte", value: 3 }, within: "P11D" },
    });
    await h.happen(ann, [did("Order Completed")]);
    await h.segments.drain();
    await h.merge(bob, ann);
    await h.ship();
    await h.segments.drain();
    expect(await h.members(id)).toContain(ann);
  });

  it("tells only real changes when a definition is edited, and keeps since when people are in", async () => {
    await h.happen(ann, [did("Order Completed")]);
    await h.happen(bob, [did("Order Completed"), did("Product Added")]);
    const id = await live("edited", { all: [boughtLately, { not: { did: "Nothing" } }] }, true);
    await h.sweep();
    const first = h.heard().filter((change) => change.segmentId === id && [ann, bob].includes(change.profileId));
    expect(first.map((change) => change.kind)).toEqual(["entered", "entered"]);
    h.sleepUntil(now() + HOUR);
    await put(id, { definition: { all: [boughtLately, { did: "Product Added" }] } });
    expect((await view(id)).state).toBe("backfilling");
    expect(await h.members(id)).toContain(ann);
    await h.segments.drain();
    await h.sweep();
    const changes = h.heard().filter((change) => change.segmentId === id);
    expect(changes.filter((change) => change.profileId === ann).map((change) => change.kind)).toEqual(["exited"]);
    expect(changes.filter((change) => change.profileId === bob)).toEqual([]);
    const since = await h.segments.segmentsOf(h.world.db, bob);
    expect(Date.parse(since.find((row) => row.id === id)?.entered_at ?? "")).toBe(now() - HOUR);
  });

  it("switches a segment together with the one it contains", async () => {
    const inner = await live("inner", boughtLately);
    const outer = await live("outer", { not: { in_segment: inner } });
    await h.happen(ann, [did("Order Completed")]);
    await h.happen(bob, [did("Product Added")]);
    expect(await h.members(outer)).not.toContain(ann);
    expect(await h.members(outer)).toContain(bob);
    await put(inner, { definition: { did: "Product Added" } });
    await h.ship();
    await h.segments.drain();
    expect(await h.members(outer)).toContain(ann);
    expect(await h.members(outer)).not.toContain(bob);
    await expect(put(inner, { definition: { in_segment: outer } })).rejects.toMatchObject({
      code: "invalid_definition",
    });
  });
});

describe("SEG-6 lists and single people", () => {
  it("lets a list's people in and out by the next sweep", async () => {
    const deps = { ...h.world, registry: new RegistryCache(), loadProfiles };
    const list = await createList(deps, `vip ${nth}`);
    const id = await live("listed", { in_list: list.id });
    await h.happen(ann, [did("Product Added")]);
    await changeList(deps, list.id, { add: [ann, personId(9_999)], remove: [] });
    expect((await changeList(deps, list.id, { add: [], remove: [] })).size).toBe(1);
    await h.sweep();
    expect(await h.members(id)).toEqual([ann]);
    await changeList(deps, list.id, { add: [], remove: [ann] });
    await h.sweep();
    expect(await h.members(id)).toEqual([]);
  });

  it("answers any condition for one person, kept or not", async () => {
    await h.happen(ann, [did("Refund Asked"), did("Refund Asked")]);
    await h.ship();
    const ask = async (condition: Condition) => {
      const asked = [{ profileId: ann, condition }];
      return (await inTransaction(h.world.db, (tx) => h.segments.evaluate(tx, asked, h.world.clock.now())))[0];
    };
    const thrice: Condition = { did: "Refund Asked", count: { op: "gte", value: 3 }, within: "P1D" };
    expect(await ask({ did: "Refund Asked", count: { op: "eq", value: 2 } })).toBe(true);
    expect(await ask(thrice)).toBe(false);
    await inTransaction(h.world.db, (tx) => h.segments.watch(tx, "journey:1", [thrice]));
    await h.segments.drain();
    await h.happen(ann, [did("Refund Asked")]);
    expect(await ask(thrice)).toBe(true);
    await inTransaction(h.world.db, (tx) => h.segments.watch(tx, "journey:1", []));
  });
});

function loadProfiles(_db: unknown, ids: readonly string[]) {
  return Promise.resolve(new Map(ids.flatMap((id) => (h.profiles.get(id) ? [[id, h.profiles.get(id) as never]] : []))));
}

async function view(id: string) {
  return await readSegment(h.world.db, id);
}

async function put(id: string, given: { definition: unknown }): Promise<void> {
  await h.edit(id, given);
}
