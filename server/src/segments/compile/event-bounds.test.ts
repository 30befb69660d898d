import fc from "fast-check";
import { expect, it } from "vitest";

import { facts, GRID, history, START, STEP, tree } from "../testing/arbitraries.ts";
import { holdsNaively } from "../testing/naive.ts";
import { holdsByDefault, widest } from "./event-bounds.ts";

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
