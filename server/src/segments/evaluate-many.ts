import type { Tx } from "../platform/db.ts";
import type { Json } from "../platform/json.ts";
import type { Condition, Grammar } from "./contracts.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import { type KnowPersonDeps, listsOf } from "./know-person.ts";
import type { Series } from "./predicates/series.ts";
import { compileTree, evaluateTree, type Tree } from "./predicates/tree.ts";
import { resolved } from "./preview-segment.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { loadStates } from "./queries/states.pg.ts";
import { eventPredicatesOf } from "./registry.ts";

export interface Asked {
  readonly profileId: string;
  readonly condition: Condition;
}

/**
 * Beside each question whether its condition holds for its person now: one statement per table however many ask. Whoever
 * cannot be answered from State alone (a condition nobody keeps, a long life) is asked for by themselves, from History.
 */
export async function evaluateMany(
  tx: Tx,
  deps: KnowPersonDeps & { readonly grammar: Grammar },
  asked: readonly Asked[],
  now: Temporal.Instant,
): Promise<boolean[]> {
  if (asked.length === 0) return [];
  shareDefinitions(tx);
  const { filledKeys } = await deps.registry.current(tx);
  const trees = new Map<Condition, Tree>();
  for (const { condition } of asked) {
    if (!trees.has(condition)) trees.set(condition, compileTree(await resolved(tx, deps.grammar, condition)));
  }
  const all = [...trees.values()];
  const people = [...new Set(asked.map(({ profileId }) => profileId))];
  const keyOf = new Map(
    all.flatMap(eventPredicatesOf).flatMap(({ key }) => {
      const id = filledKeys.get(key);
      return id === undefined ? [] : [[id, key] as const];
    }),
  );
  const pairs = people.flatMap((profileId) => [...keyOf.keys()].map((id) => [profileId, id] as const));
  const [facts, rows, lists] = await Promise.all([
    deps.loadProfiles(tx, people),
    loadStates(
      tx,
      pairs.map(([profileId]) => profileId),
      pairs.map(([, id]) => id),
    ),
    loadListed(tx, people, [...new Set(all.flatMap(listsOf))]),
  ]);
  const states = new Map<string, Json>();
  for (const row of rows) states.set(`${row.profile_id} ${keyOf.get(row.predicate_id)}`, row.state);
  const answers: boolean[] = [];
  for (const { profileId, condition } of asked) {
    const tree = trees.get(condition) as Tree;
    const profile = facts.get(profileId);
    const stateOf = (key: string) => states.get(`${profileId} ${key}`);
    if (!profile) answers.push(false);
    else if (isAtHand(tree, filledKeys, stateOf, now)) {
      const person = { facts: profile, lists: lists.get(profileId) ?? new Set<string>(), stateOf };
      answers.push(evaluateTree(tree, person, now.epochMilliseconds).holds);
    } else answers.push(await evaluateCondition(tx, deps, profileId, condition, now));
  }
  return answers;
}

/** Whether State has all that this tree asks of a person. */
function isAtHand(
  tree: Tree,
  filledKeys: ReadonlyMap<string, unknown>,
  stateOf: (key: string) => Json | undefined,
  now: Temporal.Instant,
): boolean {
  return eventPredicatesOf(tree).every(({ key, series }) => {
    if (!filledKeys.has(key)) return false;
    const held = (stateOf(key) as unknown as Series | undefined) ?? [];
    return (series?.needed(held, now.epochMilliseconds) ?? []).length === 0;
  });
}
