import type { KilimEvent } from "../collect/index.ts";
import type { Tx } from "../platform/db.ts";
import type { Json } from "../platform/json.ts";
import type { Profile } from "../profiles/index.ts";
import type { Condition } from "./contracts.ts";
import { listsOf } from "./know-person.ts";
import type { EventPredicate, Verdict } from "./predicates/event-predicate.ts";
import { compileTree, evaluateTree } from "./predicates/tree.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { loadStates } from "./queries/states.pg.ts";
import { eventPredicatesOf, type RegistryCache } from "./registry.ts";

/** Somebody as a rehearsal has them: what is known of them, and what they are imagined to do. */
export interface ImaginedPerson {
  readonly profile: Profile;
  readonly events: readonly KilimEvent[];
  /** What State keeps of a real person; unset for one who is made up. */
  readonly real?: { readonly tx: Tx; readonly registry: RegistryCache };
}

/** Whether a written-out condition would hold for an imagined person, and until when (ms) without a new event. */
export async function evaluateImagined(person: ImaginedPerson, condition: Condition, now: number): Promise<Verdict> {
  const tree = compileTree(condition);
  const predicates = eventPredicatesOf(tree);
  const kept = person.real ? await statesOf(person, predicates) : new Map<string, Json>();
  const states = new Map<string, Json>(kept);
  for (const predicate of predicates) {
    for (const event of person.events) {
      const given = predicate.names.includes(event.name)
        ? predicate.of({ ...event, at: Date.parse(event.timestamp) })
        : null;
      if (given === null) continue;
      const before = states.get(predicate.key);
      states.set(predicate.key, before === undefined ? given : predicate.combine(before, given));
    }
  }
  const { profile, real } = person;
  const lists = real ? (await loadListed(real.tx, [profile.id], listsOf(tree))).get(profile.id) : undefined;
  return evaluateTree(
    tree,
    { facts: profile, lists: lists ?? new Set<string>(), stateOf: (key) => states.get(key) },
    now,
  );
}

async function statesOf(
  { profile, real }: ImaginedPerson,
  predicates: readonly EventPredicate[],
): Promise<Map<string, Json>> {
  if (!real) return new Map();
  const { filledKeys } = await real.registry.current(real.tx);
  const keys = new Map(
    predicates.flatMap(({ key }) => {
      const id = filledKeys.get(key);
      return id === undefined ? [] : [[id, key] as const];
    }),
  );
  const ids = [...keys.keys()];
  const rows = await loadStates(
    real.tx,
    ids.map(() => profile.id),
    ids,
  );
  return new Map(rows.map((row) => [keys.get(row.predicate_id) ?? "", row.state]));
}
