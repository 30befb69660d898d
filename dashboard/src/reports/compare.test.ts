import { expect, test } from "vitest";

import { changeOf, isBetter, rateOf } from "./compare.ts";
import type { Outcomes } from "./queries.ts";

const outcomes: Outcomes = {
  ...{ sent: 200, delivered: 190, opened: 50, clicked: 10, converted: 2, unsubscribed: 1, bounced: 4, complained: 0 },
  ...{ failed: 0, skipped: 7, revenue: [], cost: [] },
};

test("a rate is a share of what was sent; of nothing there is none", () => {
  expect(rateOf(outcomes, "opened")).toBe(0.25);
  expect(rateOf(outcomes, "sent")).toBeNull();
  expect(rateOf({ ...outcomes, sent: 0 }, "opened")).toBeNull();
});

test("a change is told beside what was; beside nothing there is none", () => {
  expect(changeOf(150, 100)).toBe(0.5);
  expect(changeOf(50, 100)).toBe(-0.5);
  expect(changeOf(5, 0)).toBeNull();
});

test("more who unsubscribe is worse, more who buy is better", () => {
  expect(isBetter("unsubscribed", 0.1)).toBe(false);
  expect(isBetter("unsubscribed", -0.1)).toBe(true);
  expect(isBetter("converted", 0.1)).toBe(true);
});
