import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { allocate, availableAt, type Place, stockNews, sumAvailable, sumLines } from "./arithmetic.ts";

const place = fc.record({
  location_id: fc.uuid(),
  priority: fc.nat(5),
  on_hand: fc.nat(20),
  committed: fc.nat(8),
  reserved: fc.nat(8),
  safety: fc.nat(3),
}) satisfies fc.Arbitrary<Place>;
const places = fc.uniqueArray(place, { maxLength: 6, selector: (p) => p.location_id });

describe("INV-3 available to sell", () => {
  test("is signed: on hand less committed, reserved and safety", () => {
    expect(availableAt({ on_hand: 5, committed: 2, reserved: 1, safety: 1 })).toBe(1);
    expect(availableAt({ on_hand: 0, committed: 1, reserved: 0, safety: 0 })).toBe(-1);
  });

  test("what is owed at one place counts against what lies at another", () => {
    const here = { location_id: "a", priority: 1, on_hand: 0, committed: 1, reserved: 0, safety: 0 };
    const there = { location_id: "b", priority: 2, on_hand: 1, committed: 0, reserved: 0, safety: 0 };
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
          return from !== undefined && share.quantity > 0 && share.quantity <= availableAt(from);
        });
        const canBeWhole = all.some((p) => availableAt(p) >= quantity);
        return sum === quantity && fits && (!canBeWhole || shares.length === 1);
      }),
    );
  });

  test("3 + 10 available, 5 wanted: the remainder, not the whole, is taken from the second place", () => {
    const at = (id: string, priority: number, on_hand: number) => ({
      location_id: id,
      priority,
      on_hand,
      committed: 0,
      reserved: 0,
      safety: 0,
    });
    expect(allocate([at("a", 1, 3), at("b", 2, 4)], 5)).toEqual([
      { locationId: "a", quantity: 3 },
      { locationId: "b", quantity: 2 },
    ]);
    expect(allocate([at("a", 1, 3), at("b", 2, 10)], 5)).toEqual([{ locationId: "b", quantity: 5 }]);
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
])("INV-8 the web's number going from %i to %i is news: %s", (before, after, news) => {
  expect(stockNews(before, after)).toBe(news);
});
