import type { Condition } from "../contracts.ts";
import { compileTree, evaluateTree } from "../predicates/tree.ts";
import { nobody } from "../registry.ts";
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
