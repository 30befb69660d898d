import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDefinition } from "../parse-definition.ts";
import { DAY_MS } from "../predicates/times.ts";
import { compileTree } from "../predicates/tree.ts";
import { at, facts, grammar, history, LIST, START, tree } from "../testing/arbitraries.ts";
import { foldStates } from "../testing/fold-states.ts";
import { holdsNaively } from "../testing/naive.ts";
import { walkTree } from "./walk-tree.ts";

const SEED = 20_261_126;
const RUNS = 500;
/** How far ahead the reference looks where nothing is said to turn. */
const AHEAD = 400 * DAY_MS;

describe("SEG-12 why somebody is in a segment, or is not", () => {
  it("says of every place what the naive reference says, now and until the moment told, at which it turns", () => {
    fc.assert(
      fc.property(tree, history, facts, fc.boolean(), at, (given, events, known, isListed, instant) => {
        const definition = parseDefinition(JSON.parse(JSON.stringify(given)), grammar);
        const states = foldStates(compileTree(definition), events);
        const lists = new Set(isListed ? [LIST] : []);
        const person = { facts: known, lists, stateOf: (key: string) => states.get(key) };
        const life = { events, facts: known, lists };
        const now = Math.max(START, instant, ...events.map((event) => event.at));
        const places = walkTree(definition, person, now, compileTree, () => undefined);
        expect(places[0]?.path).toBe("definition");
        for (const { path, leaf, holds, changesAt } of places) {
          const part = leaf ?? (path === "definition" ? definition : null);
          if (part === null) continue;
          expect(holdsNaively(part, life, now), path).toBe(holds);
          const end = changesAt ?? now + AHEAD;
          for (const share of [0.01, 0.1, 0.37, 0.5, 0.83, 0.99])
            expect(holdsNaively(part, life, Math.min(end - 1, now + Math.floor((end - now) * share))), path).toBe(
              holds,
            );
          if (changesAt !== null) expect(holdsNaively(part, life, changesAt), path).toBe(!holds);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
