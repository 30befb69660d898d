import { holdsByDefault } from "../compile/event-bounds.ts";
import type { EventFilter, Leaf, PropertyTest } from "../contracts.ts";
import { type Exclusion, testsApart } from "./claims.ts";

/** Two tests of one event that exclude each other, so that no event passes. */
export interface Clash {
  /** Where they stand in the leaf. */
  readonly path: string;
  readonly other: string;
  readonly tests: readonly [PropertyTest, PropertyTest];
  readonly exclusion: Exclusion;
  /** What the leaf says of everybody when no such event ever passes. */
  readonly always: boolean;
}

export function clashIn(leaf: Leaf): Clash | null {
  for (const { filter, at } of filtersOf(leaf)) {
    const tests = filter.where ?? [];
    for (const [index, test] of tests.entries())
      for (const [before, other] of tests.slice(0, index).entries()) {
        const exclusion = testsApart(test, other);
        if (exclusion === null) continue;
        const always =
          "did" in leaf && !("not_followed_by" in leaf || "more_often_than" in leaf) && holdsByDefault(leaf, 0);
        return { path: `${at}where.${index}`, other: `${at}where.${before}`, tests: [test, other], exclusion, always };
      }
  }
  return null;
}

/** The filters without which the leaf cannot hold, or on which alone it rests. */
function filtersOf(leaf: Leaf): { filter: EventFilter; at: string }[] {
  if ("sequence" in leaf) return leaf.sequence.map((filter, index) => ({ filter, at: `sequence.${index}.` }));
  return "did" in leaf ? [{ filter: leaf, at: "" }] : [];
}
