import type { Condition, Leaf } from "../contracts.ts";
import { AskedEvents } from "./asked-events.ts";
import { leafSql } from "./leaf-sql.ts";
import { Params } from "./params.ts";

/** A whole definition for ClickHouse; only for those that ask nothing but what people did. */
export interface TreeSql {
  readonly names: readonly string[];
  /** Which rows of `events` it reads. */
  readonly asked: string;
  readonly holds: string;
  readonly params: Record<string, unknown>;
}

export function isEventOnly(condition: Condition): boolean {
  if ("all" in condition) return condition.all.every(isEventOnly);
  if ("any" in condition) return condition.any.every(isEventOnly);
  if ("not" in condition) return isEventOnly(condition.not);
  return isEventLeaf(condition);
}

export function isEventLeaf(leaf: Leaf): boolean {
  return "did" in leaf || "sequence" in leaf;
}

export function treeSql(condition: Condition, now: number): TreeSql {
  const params = new Params();
  const asked = new AskedEvents();
  const walk = (node: Condition): string => {
    if ("all" in node) return `(${["1", ...node.all.map(walk)].join(" and ")})`;
    if ("any" in node) return `(${["0", ...node.any.map(walk)].join(" or ")})`;
    if ("not" in node) return `(not ${walk(node.not)})`;
    const leaf = leafSql(node, now, params);
    asked.add(node, leaf.names, now);
    return `(${leaf.holds})`;
  };
  const holds = walk(condition);
  return { names: asked.names, asked: asked.sql(params), holds, params: params.values };
}
