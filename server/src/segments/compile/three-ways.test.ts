import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createWorld, type World } from "../../platform/testing/world.ts";
import type { Condition } from "../contracts.ts";
import type { Facts } from "../predicates/profile-predicate.ts";
import { compileTree, evaluateTree, type Person, type Tree } from "../predicates/tree.ts";
import { leafAnswers } from "../queries/leaf-answers.ch.ts";
import { eventLeaves, facts, GRID, history, LIST, START, STEP, tree, windows } from "../testing/arbitraries.ts";
import { foldStates } from "../testing/fold-states.ts";
import { holdsNaively } from "../testing/naive.ts";
import { type HistoryOfOne, shipHistories } from "../testing/ship-histories.ts";
import { leafParts } from "./leaf-parts.ts";

const SEED = 20_261_126;
const PEOPLE = 60;
/** Trees asked in one statement, at one instant. */
const TREES = 25;
const ROUNDS = 24;

interface Somebody extends HistoryOfOne {
  readonly facts: Facts;
  readonly lists: ReadonlySet<string>;
}

let world: World;
let people: readonly Somebody[];

beforeAll(async () => {
  world = await createWorld();
  const sample = fc.sample(fc.tuple(history, facts, fc.boolean()), { seed: SEED, numRuns: PEOPLE });
  people = (
    await shipHistories(
      world.history,
      sample.map(([events]) => events),
    )
  ).map((one, index) => {
    const [, known, isListed] = sample[index] ?? [];
    if (!known) throw new Error("no facts");
    return { ...one, facts: { ...known, id: one.id }, lists: new Set(isListed ? [LIST] : []) };
  });
});
afterAll(() => world.close());

/** An instant after everything has happened at which, more often than by chance, a window ends or a day begins. */
function instants(): fc.Arbitrary<number> {
  const ended = START + GRID * STEP;
  const ends = fc
    .tuple(fc.constantFrom(...people.flatMap(({ events }) => events.map(({ at }) => at))), windows)
    .map(([at, window]) => at + Temporal.Duration.from(window).total({ unit: "milliseconds" }));
  const days = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 5, -3, -5.75, -13))
    .map(([day, offset]) => Math.ceil(ended / 86_400_000) * 86_400_000 + (day * 24 + offset) * 3_600_000);
  return fc
    .tuple(fc.oneof(ends, days), fc.constantFrom(-1, 0, 0, 1))
    .map(([at, shift]) => at + shift)
    .filter((at) => at > ended);
}

it("SEG-7 State, History and the list of events itself give one answer, for late events, merges and edges of windows", async () => {
  const kinds = fc.oneof(...Object.values<fc.Arbitrary<Condition>>(eventLeaves));
  const trees = fc.sample(fc.oneof(kinds, tree), { seed: SEED, numRuns: TREES * ROUNDS });
  const moments = fc.sample(instants(), { seed: SEED, numRuns: ROUNDS });
  let holding = 0;
  for (const [round, now] of moments.entries()) {
    const definitions = trees.slice(round * TREES, (round + 1) * TREES);
    const answers = await answersOfHistory(definitions, now);
    for (const definition of definitions) {
      const compiled = compileTree(definition);
      for (const one of people) {
        const expected = holdsNaively(definition, one, now);
        const states = foldStates(compiled, one.arrived);
        const person = { facts: one.facts, lists: one.lists, stateOf: (key: string) => states.get(key) };
        const inHistory = answers.get(one.id);
        const found = {
          state: evaluateTree(compiled, person, now).holds,
          history: holdsWith(compiled, (key) => inHistory?.get(key), person, now),
        };
        expect(found, `${JSON.stringify(definition)} at ${new Date(now).toISOString()} for ${one.id}`).toEqual({
          state: expected,
          history: expected,
        });
        holding += Number(expected);
      }
    }
  }
  // Neither everybody nor nobody: the trees ask something.
  const cases = PEOPLE * TREES * ROUNDS;
  expect(holding / cases).toBeGreaterThan(0.2);
  expect(holding / cases).toBeLessThan(0.8);
}, 120_000);

async function answersOfHistory(
  definitions: readonly Condition[],
  now: number,
): Promise<Map<string, Map<string, boolean>>> {
  const answers = new Map<string, Map<string, boolean>>();
  const ids = people.map(({ id }) => id);
  for (const part of leafParts(definitions, now)) {
    for (const [id, bits] of await leafAnswers(world.history, part, ids)) {
      const own = answers.get(id) ?? new Map<string, boolean>();
      answers.set(id, own);
      for (const [index, { predicate }] of part.leaves.entries()) own.set(predicate.key, bits[index] ?? false);
    }
  }
  return answers;
}

/** The tree over answers that stand already; a person without such events has those of an empty state. */
function holdsWith(asked: Tree, answerOf: (key: string) => boolean | undefined, person: Person, now: number): boolean {
  switch (asked.kind) {
    case "all":
      return asked.children.every((child) => holdsWith(child, answerOf, person, now));
    case "any":
      return asked.children.some((child) => holdsWith(child, answerOf, person, now));
    case "not":
      return !holdsWith(asked.child, answerOf, person, now);
    case "event":
      return answerOf(asked.predicate.key) ?? asked.predicate.evaluate(undefined, now).holds;
    case "profile":
      return asked.predicate.evaluate(person.facts, person.lists, now).holds;
  }
}
