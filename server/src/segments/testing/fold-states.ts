import type { Json } from "../../platform/json.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { leavesOf, type Tree } from "../predicates/tree.ts";

/** An event in the order of arrival, and which of two people, who are merged in the end, it came in for. */
export type Arrived = PastEvent & { readonly side?: boolean };

/** The states of a tree's predicates, by key, after the events of two people have been folded and the two merged. */
export function foldStates(compiled: Tree, arrived: readonly Arrived[]): Map<string, Json> {
  const into = new Map<string, Json>();
  const from = new Map<string, Json>();
  for (const leaf of leavesOf(compiled)) {
    if (leaf.kind !== "event") continue;
    const { predicate } = leaf;
    const add = (states: Map<string, Json>, state: Json) => {
      const kept = states.get(predicate.key);
      states.set(predicate.key, kept === undefined ? state : predicate.combine(kept, state));
    };
    if (into.has(predicate.key) || from.has(predicate.key)) continue;
    for (const event of arrived) {
      const own = predicate.of(event);
      if (own !== null) add(event.side ? from : into, own);
    }
    const other = from.get(predicate.key);
    if (other !== undefined) add(into, other);
  }
  return into;
}
