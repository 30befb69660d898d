import type { Tx } from "../platform/db.ts";
import type { Computed } from "../profiles/contracts.ts";
import type { EventPredicate } from "./predicates/event-predicate.ts";
import type { Facts } from "./predicates/profile-predicate.ts";
import { compileTree, evaluateTree, leavesOf, type Tree } from "./predicates/tree.ts";
import { loadPredicates, loadRules, loadVersion, type PredicateRow, type RuleRow } from "./queries/load-registry.pg.ts";

/** A rule in memory, ready to be decided. */
export interface Rule {
  readonly id: string;
  readonly segmentId: string;
  readonly segmentName: string;
  readonly tree: Tree;
  /** `deciding`: kept up to date beside the live rule, but nobody hears of it yet. */
  readonly state: "deciding" | "live";
  readonly predicates: readonly KeptPredicate[];
  /** Whether it asks nothing but what people did. */
  readonly isOfEvents: boolean;
  /** Those whose state is a series. */
  readonly series: readonly KeptPredicate[];
  /** Id of a predicate by its key. */
  readonly idOf: ReadonlyMap<string, number>;
  readonly listIds: readonly string[];
}

export interface KeptPredicate {
  readonly id: number;
  readonly predicate: EventPredicate;
  /** Rules to decide again when its state changes. */
  readonly rules: Rule[];
}

/** All live definitions and the ways from a name to what mentions it. Costs of an event follow these, not the number of segments. */
export interface Registry {
  readonly version: number;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly predicates: ReadonlyMap<number, KeptPredicate>;
  readonly filledKeys: ReadonlyMap<string, number>;
  readonly byEvent: ReadonlyMap<string, readonly KeptPredicate[]>;
  /** "trait:city", "computed:cart", "consent:email", "seen" → rules that ask for it. */
  readonly byChange: ReadonlyMap<string, readonly Rule[]>;
  /** Rules that may hold for somebody who has just appeared and has done nothing that they mention. */
  readonly defaults: readonly Rule[];
}

/** The copy in memory, read again when another transaction has changed the definitions. */
export class RegistryCache {
  #held: Registry | null = null;

  hears(eventName: string): boolean {
    return this.#held?.byEvent.has(eventName) ?? true;
  }

  /** As this transaction sees the definitions; call it after `shareDefinitions`. */
  async current(tx: Tx): Promise<Registry> {
    const version = await loadVersion(tx);
    if (this.#held?.version !== version)
      this.#held = buildRegistry(version, await loadRules(tx), await loadPredicates(tx));
    return this.#held;
  }
}

export function buildRegistry(
  version: number,
  ruleRows: readonly RuleRow[],
  predicateRows: readonly PredicateRow[],
): Registry {
  const idOf = new Map(predicateRows.map((row) => [row.key, row.id]));
  const predicates = new Map<number, KeptPredicate>();
  const rules = new Map<string, Rule>();
  const byChange = new Map<string, Rule[]>();
  const defaults: Rule[] = [];
  for (const row of ruleRows) {
    const tree = compileTree(row.definition);
    const own = eventPredicatesOf(tree).map((predicate) => {
      const id = idOf.get(predicate.key);
      if (id === undefined) throw new TypeError(`rule ${row.id} has an unregistered predicate`);
      const kept = predicates.get(id) ?? { id, predicate, rules: [] };
      predicates.set(id, kept);
      return kept;
    });
    // A hidden rule only keeps its predicates fed; nobody is a member of it.
    if (row.state === "filling" || row.is_hidden) continue;
    const asked = leavesOf(tree).flatMap((leaf) => (leaf.kind === "profile" ? [leaf.predicate] : []));
    const rule: Rule = {
      id: row.id,
      segmentId: row.segment_id,
      segmentName: row.segment_name,
      tree,
      state: row.state,
      predicates: own,
      isOfEvents: asked.length === 0,
      series: own.filter((kept) => kept.predicate.series !== undefined),
      idOf: new Map(own.map((kept) => [kept.predicate.key, kept.id])),
      listIds: [...new Set(asked.flatMap((predicate) => predicate.listId ?? []))],
    };
    rules.set(rule.id, rule);
    for (const kept of own) kept.rules.push(rule);
    for (const name of new Set(asked.flatMap((predicate) => predicate.listens))) {
      byChange.set(name, [...(byChange.get(name) ?? []), rule]);
    }
    const isOwn = asked.some(({ listens }) =>
      listens.some((name) => name.startsWith("computed:") || name === "appeared"),
    );
    if (isOwn || evaluateTree(tree, nobody, 0).holds) defaults.push(rule);
  }
  const byEvent = new Map<string, KeptPredicate[]>();
  for (const kept of predicates.values()) {
    for (const name of kept.predicate.names) byEvent.set(name, [...(byEvent.get(name) ?? []), kept]);
  }
  const filledKeys = new Map(predicateRows.filter((row) => row.filled).map((row) => [row.key, row.id]));
  return { version, rules, predicates, filledKeys, byEvent, byChange, defaults };
}

/** Those of the fill under way for which people are decided already. */
export function rulesBeingDecided({ rules }: Registry): Rule[] {
  return [...rules.values()].filter(({ state }) => state === "deciding");
}

/** Each predicate of a tree once. */
export function eventPredicatesOf(tree: Tree): EventPredicate[] {
  const found = leavesOf(tree).flatMap((leaf) => (leaf.kind === "event" ? [leaf.predicate] : []));
  return [...new Map(found.map((predicate) => [predicate.key, predicate])).values()];
}

/** Somebody of whom nothing is known, to see what holds by default. */
export const nobody = {
  facts: {
    id: "",
    traits: {},
    computed: {} as Computed,
    consent: {},
    first_seen: "1970-01-01T00:00:00.000Z",
    last_seen: "1970-01-01T00:00:00.000Z",
  } satisfies Facts,
  lists: new Set<string>(),
  stateOf: () => undefined,
};
