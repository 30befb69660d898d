import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "../contracts.ts";
import { parseDefinition } from "../parse-definition.ts";
import {
  at,
  eventLeaves,
  facts,
  GRID,
  grammar,
  history,
  LIST,
  profileLeaves,
  START,
  STEP,
  tree,
} from "../testing/arbitraries.ts";
import { foldStates } from "../testing/fold-states.ts";
import { holdsNaively } from "../testing/naive.ts";
import type { PastEvent } from "./event-predicate.ts";
import type { Facts } from "./profile-predicate.ts";
import { DAY_MS } from "./times.ts";
import { compileTree, evaluateTree } from "./tree.ts";

const SEED = 20_261_123;

const moments = fc.array(fc.tuple(at, fc.constantFrom(-1, 0, 1, STEP / 2)), { minLength: 3, maxLength: 6 });

function answersRightly(
  definition: Condition,
  events: readonly PastEvent[],
  sides: readonly boolean[],
  random: Iterator<number>,
  known: Facts,
  isListed: boolean,
  instants: readonly [number, number][],
): void {
  const compiled = compileTree(parseDefinition(JSON.parse(JSON.stringify(definition)), grammar));
  const shuffled = events.map((event) => ({ event, key: random.next().value ?? 0 })).sort((a, b) => a.key - b.key);
  const arrived = shuffled.map(({ event }, index) => ({ ...event, side: sides[index] ?? false }));
  const lists = new Set(isListed ? [LIST] : []);
  // States see every event; an instant is asked only once all of them have happened, as in the pipeline.
  const newest = Math.max(START, ...events.map((event) => event.at));
  const states = foldStates(compiled, arrived);
  const person = { facts: known, lists, stateOf: (key: string) => states.get(key) };
  const life = { events, facts: known, lists };
  for (const [instant, shift] of instants) {
    const now = Math.max(newest, instant + shift + ((events.length * STEP) % (GRID * STEP)));
    const { holds, until } = evaluateTree(compiled, person, now);
    expect(holds).toBe(holdsNaively(definition, life, now));
    const end = until ?? now + 40 * DAY_MS;
    expect(end).toBeGreaterThan(now);
    const hours = [6, 24, 36, 48, 60].map((hour) => (hour * 3_600_000) / (end - now));
    for (const part of [0.1, 0.5, 0.9, 1, ...hours.filter((share) => share < 1)]) {
      const later = Math.min(end - 1, now + Math.floor((end - now) * part));
      expect(holdsNaively(definition, life, later)).toBe(holds);
    }
  }
}

describe("SEG-1 a profile is a member exactly while its definition holds", () => {
  it.each<[string, fc.Arbitrary<Condition>]>([
    ...Object.entries(eventLeaves),
    ...Object.entries(profileLeaves),
    ["trees of all kinds", tree],
  ])(
    "gives the naive answer at any instant, in any order of arrival and over merges, until its horizon: %s",
    (_kind, definition) => {
      fc.assert(
        fc.property(
          definition,
          history,
          fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
          fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
          facts,
          fc.boolean(),
          moments,
          answersRightly,
        ),
        { seed: SEED, numRuns: 250 },
      );
    },
  );

  it("walks from horizon to horizon through every flip that time brings", () => {
    fc.assert(
      fc.property(tree, history, facts, (definition, events, known) => {
        const compiled = compileTree(definition);
        const states = foldStates(compiled, events);
        const person = { facts: known, lists: new Set<string>(), stateOf: (key: string) => states.get(key) };
        const life = { events, facts: known, lists: new Set<string>() };
        let now = Math.max(START, ...events.map((event) => event.at));
        const last = now + 4 * 86_400_000;
        let asked = 0;
        for (let probe = now; probe <= last; probe += 7 * STEP) {
          let verdict = evaluateTree(compiled, person, now);
          while (verdict.until !== null && verdict.until <= probe) {
            now = verdict.until;
            verdict = evaluateTree(compiled, person, now);
            expect(asked++).toBeLessThan(500);
          }
          expect(verdict.holds).toBe(holdsNaively(definition, life, probe));
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("gives the same state for every order of arrival", () => {
    fc.assert(
      fc.property(tree, history, (definition, events) => {
        const compiled = compileTree(definition);
        const forwards = foldStates(compiled, events);
        const backwards = foldStates(compiled, [...events].reverse());
        expect(Object.fromEntries(backwards)).toEqual(Object.fromEntries(forwards));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
