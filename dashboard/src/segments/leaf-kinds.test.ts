import { expect, test } from "vitest";

import { blankLeaf, kindOf, LEAF_KINDS, MEASURES, measureOf, withMeasure } from "./leaf-kinds.ts";

test("every blank sentence is edited by the form of its own kind", () => {
  for (const kind of LEAF_KINDS) expect(kindOf(blankLeaf(kind))).toBe(kind);
  expect(kindOf({ in_list: "x" })).toBeNull();
});

test("a sentence looked at in another way is of that way and keeps its event, filter and window", () => {
  const bought = { did: "Order Completed", channel: "store", within: "P30D" };
  for (const measure of MEASURES) {
    const changed = withMeasure(bought, measure);
    expect(measureOf(changed)).toBe(measure);
    expect(changed.did).toBe("Order Completed");
    expect(changed.channel).toBe("store");
  }
  expect(withMeasure(withMeasure(bought, "count"), "once")).toEqual(bought);
  expect(withMeasure(bought, "last")).toEqual({
    did: "Order Completed",
    channel: "store",
    last: { op: "within_last", value: "P30D" },
  });
});
