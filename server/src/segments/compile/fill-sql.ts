import type { Json } from "../../platform/json.ts";
import type { Condition, Leaf } from "../contracts.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { compileTree, leavesOf } from "../predicates/tree.ts";
import { leafSql } from "./leaf-sql.ts";
import { Params } from "./params.ts";
import { isEventLeaf } from "./tree-sql.ts";

export interface FillSql {
  readonly states: readonly { readonly predicate: EventPredicate; readonly expression: string }[];
  readonly names: string[];
  readonly params: Record<string, unknown>;
}

/** What to ask of History so that the predicates with these keys, found in the definitions, get their states. */
export function fillSql(definitions: readonly Condition[], keys: ReadonlySet<string>, now: number): FillSql {
  const params = new Params();
  const names = new Set<string>();
  const states = new Map<string, { predicate: EventPredicate; expression: string }>();
  for (const leaf of definitions.flatMap(eventLeavesOf)) {
    const [compiled] = leavesOf(compileTree(leaf));
    if (compiled?.kind !== "event") continue;
    const { predicate } = compiled;
    if (!keys.has(predicate.key) || states.has(predicate.key)) continue;
    const sql = leafSql(leaf, now, params);
    for (const name of sql.names) names.add(name);
    states.set(predicate.key, { predicate, expression: sql.state });
  }
  return { states: [...states.values()], names: [...names], params: params.values };
}

function eventLeavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(eventLeavesOf);
  if ("any" in condition) return condition.any.flatMap(eventLeavesOf);
  if ("not" in condition) return eventLeavesOf(condition.not);
  return isEventLeaf(condition) ? [condition] : [];
}

/** A state as ClickHouse gives it, cut and ordered like one that was folded; null when there is none to keep. */
export function normaliseState(predicate: EventPredicate, state: Json | null): Json | null {
  if (!Array.isArray(state)) return state;
  if (state.every((part) => part === null)) return null;
  return predicate.combine(state, predicate.empty);
}
