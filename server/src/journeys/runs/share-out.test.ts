import fc from "fast-check";
import { expect, test } from "vitest";

import { shareOut } from "./step-due.ts";

const parts = (due: readonly number[], limit: number) =>
  shareOut(
    due.map((n, at) => ({ id: String(at), n })),
    limit,
  )
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .map(({ n }) => n);

test("JRN-7 what those with few do not need goes to those with many", () => {
  expect(parts([500], 500)).toEqual([500]);
  expect(parts([500, 5, 500], 500)).toEqual([247, 5, 248]);
  expect(parts([3, 2, 1], 500)).toEqual([3, 2, 1]);
  expect(parts([9, 9, 9], 2), "each is stepped a little").toEqual([1, 1, 1]);
});

test("JRN-7 the limit is used up as long as there is enough due, and nobody gets more than is due", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 50 }), (due) => {
      const shared = parts(due, 500);
      const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
      expect(sum(shared)).toBe(Math.min(500, sum(due)));
      expect(shared.every((n, at) => n >= 1 && n <= (due[at] ?? 0))).toBe(true);
    }),
  );
});
