import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { allocate, availableAt, owedTooMuch, type Place, stockNews, sumAvailable, sumLines } from "./arithmetic.ts";
import { kitAvailability } from "./kits.ts";

const place = fc.record({
  location_id: fc.uuid(),
  priority: fc.nat(5),
  available: fc.integer({ min: -6, max: 20 }),
}) satisfies fc.Arbitrary<Place>;
const places = fc.uniqueArray(place, { maxLength: 6, selector: (p) => p.location_id });

describe("INV-3 available to sell", () => {
  test("is signed: on hand less all that is promised, kept back or unsound", () => {
    const level = { on_hand: 7, committed: 2, reserved: 1, safety: 1, damaged: 1, quality_control: 1 };
    expect(availableAt(level)).toBe(1);
    expect(availableAt({ ...level, on_hand: 0 })).toBe(-6);
    expect(owedTooMuch(level)).toBe(0);
    expect(owedTooMuch({ ...level, on_hand: 4 })).toBe(1);
  });

  test("what is owed at one place counts against what lies at another", () => {
    const here = { location_id: "a", priority: 1, available: -1 };
    const there = { location_id: "b", priority: 2, available: 1 };
    expect(allocate([here, there], 1)).toBeNull();
  });

  test("a split gives exactly what was asked and takes no place below what it has", () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 40 }), (all, quantity) => {
        const shares = allocate(all, quantity);
        if (sumAvailable(all) < quantity) return shares === null;
        if (!shares) return false;
        const sum = shares.reduce((n, share) => n + share.quantity, 0);
        const fits = shares.every((share) => {
          const from = all.find((p) => p.location_id === share.locationId);
          return from !== undefined && share.quantity > 0 && share.quantity <= from.available;
        });
        const canBeWhole = all.some((p) => p.available >= quantity);
        return sum === quantity && fits && (!canBeWhole || shares.length === 1);
      }),
    );
  });

  test("3 + 10 available, 5 wanted: the remainder, not the whole, is taken from the second place", () => {
    const at = (id: string, priority: number, available: number) => ({ location_id: id, priority, available });
    expect(allocate([at("a", 1, 3), at("b", 2, 4)], 5)).toEqual([
      { locationId: "a", quantity: 3 },
      { locationId: "b", quantity: 2 },
    ]);
    expect(allocate([at("a", 1, 3), at("b", 2, 10)], 5)).toEqual([{ locationId: "b", quantity: 5 }]);
  });
});

describe("INV-10 kits", () => {
  const at = (location_id: string, available: number) => ({ location_id, priority: 1, available });
  const parts = [
    { variantId: "table", quantity: 1 },
    { variantId: "chair", quantity: 4 },
  ];

  test("one place: the scarcest part decides", () => {
    const stock = new Map([
      ["table", [at("a", 5)]],
      ["chair", [at("a", 11)]],
    ]);
    expect(kitAvailability(parts, (id) => stock.get(id) ?? []).total).toBe(2);
  });

  test("a kit is packed at one place: parts that lie apart make none", () => {
    const stock = new Map([
      ["table", [at("a", 5), at("b", 0)]],
      ["chair", [at("a", 3), at("b", 40)]],
    ]);
    const found = kitAvailability(parts, (id) => stock.get(id) ?? []);
    expect(found.total).toBe(0);
    expect(found.places.map((place) => place.available)).toEqual([0, 0]);
  });

  test("a part that is owed somewhere counts against what lies elsewhere", () => {
    const stock = new Map([
      ["table", [at("a", 1), at("b", -1)]],
      ["chair", [at("a", 4), at("b", 4)]],
    ]);
    expect(kitAvailability(parts, (id) => stock.get(id) ?? []).total).toBe(0);
  });
});

test("INV-4 demand is summed per variant and sorted before anything is locked", () => {
  expect(
    sumLines([
      { variantId: "b", quantity: 1 },
      { variantId: "a", quantity: 2 },
      { variantId: "b", quantity: 3 },
    ]),
  ).toEqual([
    { variantId: "a", quantity: 2 },
    { variantId: "b", quantity: 4 },
  ]);
});

test.each([
  [1, 0, "out"],
  [0, -1, null],
  [-1, 0, null],
  [0, 2, "back"],
  [4, 3, "low"],
  [3, 2, null],
  [9, 8, null],
])("INV-8 a number going from %i to %i is news: %s", (before, after, news) => {
  expect(stockNews(before, after)).toBe(news);
});
