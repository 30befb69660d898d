import type { Db, Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Json } from "../platform/json.ts";
import { askHistory } from "./ask-history.ts";
import { leafParts, normaliseState } from "./compile/leaf-parts.ts";
import type { Condition } from "./contracts.ts";
import type { EventPredicate } from "./predicates/event-predicate.ts";
import type { Series } from "./predicates/series.ts";
import { leavesOf, type Person, type Tree } from "./predicates/tree.ts";
import { type PlacesOfPerson, statesOfPerson } from "./queries/fill-states.ch.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { loadStates } from "./queries/states.pg.ts";
import { eventPredicatesOf, type RegistryCache } from "./registry.ts";
import type { LoadProfiles } from "./take-due.ts";

export interface KnowPersonDeps {
  readonly history: History;
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
  readonly placesOf: (db: Db, profileId: string) => Promise<PlacesOfPerson>;
}

/**
 * One person as a resolved definition asks for them, null when there is no such person. Predicates that are kept (a
 * segment or `watch` mentions them) are answered from State; others, and those of which State has too little of this
 * person, from the events in History, which may lag by the time of shipping. Call it after `shareDefinitions`.
 */
export async function knowPerson(
  tx: Tx,
  deps: KnowPersonDeps,
  profileId: string,
  definition: Condition,
  tree: Tree,
  now: Temporal.Instant,
): Promise<Person | null> {
  const facts = (await deps.loadProfiles(tx, [profileId])).get(profileId);
  if (!facts) return null;
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
  const isShort = ({ key, series }: EventPredicate) =>
    (series?.needed((states.get(key) as unknown as Series | undefined) ?? [], now.epochMilliseconds) ?? []).length > 0;
  const asked = new Set(predicates.filter((one) => !filledKeys.has(one.key) || isShort(one)).map(({ key }) => key));
  for (const part of leafParts([definition], now.epochMilliseconds, (key) => asked.has(key))) {
    const places = await deps.placesOf(tx, profileId);
    const found = await askHistory(() => statesOfPerson(deps.history, part, places));
    for (const [index, { predicate }] of part.leaves.entries()) {
      const state = normaliseState(predicate, found[index] ?? null);
      if (state !== null) states.set(predicate.key, state);
    }
  }
  const lists = (await loadListed(tx, [profileId], listsOf(tree))).get(profileId) ?? new Set<string>();
  return { facts, lists, stateOf: (key) => states.get(key) };
}

/** The lists that a tree asks for. */
export function listsOf(tree: Tree): string[] {
  return leavesOf(tree).flatMap((leaf) => (leaf.kind === "profile" ? (leaf.predicate.listId ?? []) : []));
}
