import type { Db, Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Json } from "../platform/json.ts";
import { leafParts, normaliseState } from "./compile/leaf-parts.ts";
import { compileTree, evaluateTree, leavesOf } from "./predicates/tree.ts";
import { resolved } from "./preview-segment.ts";
import { type PlacesOfPerson, statesOfPerson } from "./queries/fill-states.ch.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { loadStates } from "./queries/states.pg.ts";
import { eventPredicatesOf, type RegistryCache } from "./registry.ts";
import type { LoadProfiles } from "./take-due.ts";

/**
 * Whether any condition holds for one person now. Predicates that are kept (a segment or `watch` mentions them) are
 * answered from State; others from the person's events in History, which may lag by the time of shipping.
 */
export async function evaluateCondition(
  tx: Tx,
  deps: {
    history: History;
    registry: RegistryCache;
    loadProfiles: LoadProfiles;
    placesOf: (db: Db, profileId: string) => Promise<PlacesOfPerson>;
  },
  profileId: string,
  input: unknown,
  now: Temporal.Instant,
): Promise<boolean> {
  await shareDefinitions(tx);
  const definition = await resolved(tx, input);
  const tree = compileTree(definition);
  const facts = (await deps.loadProfiles(tx, [profileId])).get(profileId);
  if (!facts) return false;
  const { filledKeys } = await deps.registry.current(tx);
  const predicates = eventPredicatesOf(tree);
  const kept = new Map(
    predicates.flatMap(({ key }) => (filledKeys.has(key) ? [[filledKeys.get(key) ?? 0, key] as const] : [])),
  );
  const states = new Map<string, Json>();
  const ids = [...kept.keys()];
  for (const row of await loadStates(
    tx,
    ids.map(() => profileId),
    ids,
  )) {
    states.set(kept.get(row.predicate_id) ?? "", row.state);
  }
  for (const part of leafParts([definition], now.epochMilliseconds, (key) => !filledKeys.has(key))) {
    const found = await statesOfPerson(deps.history, part, await deps.placesOf(tx, profileId));
    for (const [index, { predicate }] of part.leaves.entries()) {
      const state = normaliseState(predicate, found[index] ?? null);
      if (state !== null) states.set(predicate.key, state);
    }
  }
  const listIds = leavesOf(tree).flatMap((leaf) => (leaf.kind === "profile" ? (leaf.predicate.listId ?? []) : []));
  const lists = (await loadListed(tx, [profileId], listIds)).get(profileId) ?? new Set<string>();
  return evaluateTree(tree, { facts, lists, stateOf: (key) => states.get(key) }, now.epochMilliseconds).holds;
}
