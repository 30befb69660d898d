import type { Condition } from "../contracts.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { compileTree, evaluateTree } from "../predicates/tree.ts";
import { eventPredicatesOf, nobody } from "../registry.ts";
import { isEventLeaf } from "./tree-sql.ts";

/** A condition on what people did alone, or what it comes to for everybody. */
export type EventBound = Condition | boolean;

/** Holds for everybody for whom the condition may hold, whatever their profile says. */
export function widest(condition: Condition): EventBound {
  return bound(condition, true);
}

/** Whether it holds for those who did nothing that it asks for. */
export function holdsByDefault(bound: EventBound, now: number): boolean {
  return typeof bound === "boolean" ? bound : evaluateTree(compileTree(bound), nobody, now).holds;
}

/**
 * For each thing that somebody has to have done to belong, what can show it: who did nothing of one of them is out, now
 * and later. None when even those who did nothing may belong.
 */
export function neededDeeds(condition: Condition, now: number): EventPredicate[][] {
  const parts = conjunctsOf(widest(condition)).filter((part) => !holdsByDefault(part, now));
  return parts.map((part) => (typeof part === "boolean" ? [] : eventPredicatesOf(compileTree(part))));
}

function conjunctsOf(node: EventBound): EventBound[] {
  return typeof node !== "boolean" && "all" in node ? node.all.flatMap(conjunctsOf) : [node];
}

function bound(node: Condition, isWide: boolean): EventBound {
  if ("all" in node) {
    const parts = node.all.map((child) => bound(child, isWide));
    return parts.includes(false) ? false : joined(parts, (all) => ({ all }), true);
  }
  if ("any" in node) {
    const parts = node.any.map((child) => bound(child, isWide));
    return parts.includes(true) ? true : joined(parts, (any) => ({ any }), false);
  }
  if ("not" in node) {
    const inner = bound(node.not, !isWide);
    return typeof inner === "boolean" ? !inner : { not: inner };
  }
  return isEventLeaf(node) ? node : isWide;
}

function joined(parts: readonly EventBound[], join: (parts: Condition[]) => Condition, empty: boolean): EventBound {
  const open = parts.filter((part) => typeof part !== "boolean");
  return open.length === 0 ? empty : join(open);
}
