import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { returnUntil } from "./return-window.ts";
import { shareOf, splitAmount } from "./split-amount.ts";

describe("ORD-15 amounts", () => {
  test("1,000 over three equal lines: 334, 333, 333", () => {
    expect(splitAmount(1000, [5, 5, 5])).toEqual([334, 333, 333]);
    expect(splitAmount(7, [0, 0])).toEqual([7, 0]);
  });

  test("parts sum to the whole, and none is more than one unit off its share", () => {
    const weights = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(10_000_000), weights, (amount, shares) => {
        const parts = splitAmount(amount, shares);
        const sum = shares.reduce((a, b) => a + b, 0);
        if (parts.reduce((a, b) => a + b, 0) !== amount) return false;
        return sum === 0 || parts.every((part, i) => Math.abs(part - (amount * (shares[i] ?? 0)) / sum) < 1);
      }),
    );
  });

  test("whatever the steps in which units come back, all of them are worth the line", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (amount, steps) => {
        const quantity = steps.reduce((a, b) => a + b, 0);
        let before = 0;
        let sum = 0;
        for (const units of steps) {
          sum += shareOf(amount, quantity, before, units);
          before += units;
        }
        return sum === amount;
      }),
    );
  });
});

describe("ORD-14 the time to bring something back", () => {
  test("ends with the last day, in the zone of the place", () => {
    expect(returnUntil("2026-03-02T22:30:00.000Z", 14, "Europe/Istanbul")?.toString()).toBe("2026-03-17T20:59:59.999Z");
    expect(returnUntil("2026-03-02T22:30:00.000Z", 14, "UTC")?.toString()).toBe("2026-03-16T23:59:59.999Z");
  });
  test("counts days, not hours, over the change of clocks", () => {
    expect(returnUntil("2026-03-28T12:00:00.000Z", 1, "Europe/Berlin")?.toString()).toBe("2026-03-29T21:59:59.999Z");
  });
  test("has not begun while nothing has arrived", () => {
    expect(returnUntil(null, 14, "UTC")).toBeNull();
  });
});
