import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Json } from "../../platform/json.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { Condition } from "../contracts.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { compileTree, evaluateTree } from "../predicates/tree.ts";
import { BEFORE_ALL, chunkEnds, fillStates } from "../queries/fill-states.ch.ts";
import { sizeInHistory } from "../queries/size-in-history.ch.ts";
import { eventLeaves, eventTree, facts, GRID, history, START, STEP } from "../testing/arbitraries.ts";
import { holdsNaively } from "../testing/naive.ts";
import { shipHistories, survivorOf } from "../testing/ship-histories.ts";
import { holdsByDefault } from "./event-bounds.ts";
import { leafParts, normaliseState } from "./leaf-parts.ts";
import { treeSql } from "./tree-sql.ts";

const SEED = 7;
const PEOPLE = 80;
let world: World;
const people = new Map<string, readonly PastEvent[]>();
const [known] = fc.sample(facts, { seed: SEED, numRuns: 1 });

beforeAll(async () => {
  world = await createWorld();
  const lives = fc.sample(history, { seed: SEED, numRuns: PEOPLE });
  for (const { id, events } of await shipHistories(world.history, lives)) if (events.length > 0) people.set(id, events);
});
afterAll(() => world.close());

describe("SEG-7 History and State give one meaning", () => {
  it("compiles every tree to SQL that finds exactly the people whom the reference finds", async () => {
    const trees = fc.sample(eventTree, { seed: SEED, numRuns: 60 });
    // Instants at which a window of a day or two ends exactly at an event.
    const ends = [...people.values()]
      .flat()
      .flatMap((event) => [event.at + 144 * STEP, event.at + 288 * STEP])
      .filter((end) => end >= START + GRID * STEP);
    for (const [index, definition] of trees.entries()) {
      const now = ends[index % ends.length] ?? 0;
      const expected = [...people]
        .filter(([, events]) => holdsNaively(definition, life(events), now))
        .map(([id]) => id);
      const sql = treeSql(definition, now);
      const isDefault = holdsByDefault(definition, now);
      const unlike = { passing: !isDefault, sample: 1_000 };
      const { size, ids } = await sizeInHistory(world.history, sql, unlike);
      // Whoever is not seen there, because nothing of what is asked was done in the time that is asked, goes with the rest.
      const found = isDefault ? [...people.keys()].filter((id) => !ids.includes(id)) : ids;
      expect(found.sort(), JSON.stringify(definition)).toEqual(expected.sort());
      expect(size).toBe(ids.length);
    }
  }, 120_000);

  it("computes from History the states that folding event by event gives", async () => {
    const kinds = fc.oneof(...Object.values<fc.Arbitrary<Condition>>(eventLeaves));
    const trees = fc.sample(fc.oneof(kinds, eventTree), { seed: SEED + 1, numRuns: 60 });
    const now = START + 450 * STEP;
    for (const definition of trees) {
      const compiled = compileTree(definition);
      const states = new Map<string, Map<string, Json>>();
      for (const part of leafParts([definition], now)) {
        let after = BEFORE_ALL;
        for (const upTo of await chunkEnds(world.history, part, { watermark: 5, after, limit: 30 })) {
          const chunk = { watermark: 5, after, upTo };
          after = upTo;
          for (const row of await fillStates(world.history, part, chunk)) {
            const id = survivorOf(row.person_id);
            const own = states.get(id) ?? new Map<string, Json>();
            states.set(id, own);
            for (const [index, { predicate }] of part.leaves.entries()) {
              const state = normaliseState(predicate, row.states[index] ?? null);
              const kept = own.get(predicate.key);
              if (state !== null) own.set(predicate.key, kept === undefined ? state : predicate.combine(kept, state));
            }
          }
        }
      }
      for (const [id, events] of people) {
        const own = states.get(id);
        const { holds } = evaluateTree(compiled, { ...life(events), stateOf: (key) => own?.get(key) }, now);
        expect(holds, JSON.stringify(definition)).toBe(holdsNaively(definition, life(events), now));
      }
    }
  }, 120_000);
});

function life(events: readonly PastEvent[]) {
  if (!known) throw new Error("no facts");
  return { events, facts: known, lists: new Set<string>() };
}
