import fc from "fast-check";
import { expect, it } from "vitest";

import type { Condition } from "../contracts.ts";
import { facts, GRID, history, START, STEP, tree } from "../testing/arbitraries.ts";
import { holdsNaively } from "../testing/naive.ts";
import { holdsByDefault, neededDeeds, widest } from "./event-bounds.ts";

const now = START + GRID * STEP;

it("SEG-24 whoever is in a segment is within its bound on what people did, whatever their profile says", () => {
  fc.assert(
    fc.property(tree, history, facts, facts, (definition, events, known, others) => {
      const lists = new Set<string>();
      fc.pre(holdsNaively(definition, { events, facts: known, lists }, now));
      const bound = widest(definition);
      // The bound asks nothing of the profile, so anybody's will do.
      expect(typeof bound === "boolean" ? bound : holdsNaively(bound, { events, facts: others, lists }, now)).toBe(
        true,
      );
    }),
    { numRuns: 1_000, seed: 24 },
  );
});

it("SEG-24 who did nothing gets of the bound the answer that is taken for everybody unseen", () => {
  const bare = { events: [], lists: new Set<string>() };
  fc.assert(
    fc.property(tree, facts, (definition, known) => {
      const bound = widest(definition);
      const naive = typeof bound === "boolean" ? bound : holdsNaively(bound, { ...bare, facts: known }, now);
      expect(holdsByDefault(bound, now)).toBe(naive);
    }),
    { numRuns: 500, seed: 24 },
  );
});

it("SEG-24 keeps what people did of a mixed condition, and lets go what only the profile can tell", () => {
  const bought = { did: "Order Completed", within: "P30D" };
  const city = { trait: "city", op: "is" as const, value: "Izmir" };
  expect(widest({ all: [bought, city] })).toEqual({ all: [bought] });
  expect(widest({ any: [bought, city] })).toBe(true);
  expect(widest({ all: [{ not: bought }, { not: city }] })).toEqual({ all: [{ not: bought }] });
  expect(widest({ not: { any: [bought, city] } })).toEqual({ not: { any: [bought] } });
  expect(widest(city)).toBe(true);
});

it("SEG-5 whoever is in a segment has done of everything it takes at least one thing: only they need to be decided", () => {
  fc.assert(
    fc.property(tree, history, facts, (definition, events, known) => {
      fc.pre(holdsNaively(definition, { events, facts: known, lists: new Set<string>() }, now));
      for (const predicates of neededDeeds(definition, now))
        expect(predicates.some((predicate) => events.some((event) => predicate.of(event) !== null))).toBe(true);
    }),
    { numRuns: 2_000, seed: 5 },
  );
  const bought = { did: "Order Completed", within: "P30D" };
  const looked = { did: "Product Viewed" };
  const never = { not: { did: "Product Removed" } };
  const izmir = { trait: "city", op: "is" as const, value: "Izmir" };
  const names = (definition: Condition) =>
    neededDeeds(definition, now).map((deeds) => deeds.flatMap(({ names }) => names));
  expect(names({ all: [bought, { all: [looked, never] }, izmir] })).toEqual([["Order Completed"], ["Product Viewed"]]);
  expect(names({ any: [bought, looked] })).toEqual([["Order Completed", "Product Viewed"]]);
  expect(names({ any: [bought, izmir] })).toEqual([]);
  expect(names(never)).toEqual([]);
});
