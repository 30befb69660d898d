import { askHistory } from "../ask-history.ts";
import { leafParts } from "../compile/leaf-parts.ts";
import type { Condition } from "../contracts.ts";
import { factsFor } from "../facts-for.ts";
import { compileTree, leavesOf, type Person, type Tree } from "../predicates/tree.ts";
import { leafAnswers } from "../queries/leaf-answers.ch.ts";
import { loadListed } from "../queries/load-listed.pg.ts";
import type { Counting } from "./counting.ts";

const PEOPLE_PER_PAGE = 2_000;

/**
 * For each definition those of some people for whom it holds: History answers what they did, State the rest. It asks
 * History once for all definitions, and opens each profile once.
 */
export async function holdersAmong(
  deps: Counting,
  definitions: readonly Condition[],
  people: readonly string[],
): Promise<Set<string>[]> {
  const holders = definitions.map(() => new Set<string>());
  if (people.length === 0) return holders;
  const trees = definitions.map(compileTree);
  const leaves = trees.flatMap(leavesOf);
  const listIds = leaves.flatMap((leaf) => (leaf.kind === "profile" ? (leaf.predicate.listId ?? []) : []));
  const answers = await answersFromHistory(deps, definitions, people);
  for (let from = 0; from < people.length; from += PEOPLE_PER_PAGE) {
    deps.signal?.throwIfAborted();
    const page = people.slice(from, from + PEOPLE_PER_PAGE);
    const profiles = await factsFor(deps.db, deps.loadProfiles, trees, page);
    const listed = await loadListed(deps.db, page, [...new Set(listIds)]);
    for (const [id, facts] of profiles) {
      const person = { facts, lists: listed.get(id) ?? NONE, stateOf: () => undefined };
      for (const [i, tree] of trees.entries())
        if (holdsWith(tree, answers.get(id), person, deps.now)) holders[i]?.add(id);
    }
  }
  return holders;
}

const NONE: ReadonlySet<string> = new Set();

/** Person → predicate's key → whether it holds. */
async function answersFromHistory(
  { history, now, signal }: Counting,
  definitions: readonly Condition[],
  people: readonly string[],
): Promise<Map<string, Map<string, boolean>>> {
  const answers = new Map<string, Map<string, boolean>>();
  for (const part of leafParts(definitions, now)) {
    for (const [id, bits] of await askHistory(() => leafAnswers(history, part, people, signal))) {
      const own = answers.get(id) ?? new Map<string, boolean>();
      answers.set(id, own);
      for (const [index, { predicate }] of part.leaves.entries()) own.set(predicate.key, bits[index] ?? false);
    }
  }
  return answers;
}

function holdsWith(
  tree: Tree,
  answers: ReadonlyMap<string, boolean> | undefined,
  person: Person,
  now: number,
): boolean {
  switch (tree.kind) {
    case "all":
      return tree.children.every((child) => holdsWith(child, answers, person, now));
    case "any":
      return tree.children.some((child) => holdsWith(child, answers, person, now));
    case "not":
      return !holdsWith(tree.child, answers, person, now);
    case "event":
      return answers?.get(tree.predicate.key) ?? tree.predicate.evaluate(undefined, now).holds;
    case "profile":
      return tree.predicate.evaluate(person.facts, person.lists, now).holds;
  }
}
