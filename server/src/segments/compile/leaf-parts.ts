import type { Json } from "../../platform/json.ts";
import type { Condition, Leaf } from "../contracts.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { compileTree, leavesOf } from "../predicates/tree.ts";
import { AskedEvents } from "./asked-events.ts";
import { type LeafSql, leafSql } from "./leaf-sql.ts";
import { Params } from "./params.ts";
import { isEventLeaf } from "./tree-sql.ts";

/** As many leaves as fit into one statement. */
export interface LeafPart {
  readonly leaves: readonly { readonly predicate: EventPredicate; readonly sql: LeafSql }[];
  readonly names: readonly string[];
  /** Which rows of `events` it reads. */
  readonly asked: string;
  readonly params: Record<string, unknown>;
}

/** ClickHouse refuses statements of 262,144 bytes or 50,000 nodes; a leaf alone stays far below. */
const LONGEST_PART = 60_000;

/** Every leaf of the definitions that asks what people did, each predicate once, cut into statements. */
export function leafParts(
  definitions: readonly Condition[],
  now: number,
  isWanted: (key: string) => boolean = () => true,
): LeafPart[] {
  const parts: {
    leaves: { predicate: EventPredicate; sql: LeafSql }[];
    asked: AskedEvents;
    params: Params;
    length: number;
  }[] = [];
  for (const { leaf, predicate } of wantedLeaves(definitions, isWanted)) {
    let part = parts.at(-1);
    if (part === undefined || part.length > LONGEST_PART) {
      part = { leaves: [], asked: new AskedEvents(), params: new Params(), length: 0 };
      parts.push(part);
    }
    const sql = leafSql(leaf, now, part.params);
    part.leaves.push({ predicate, sql });
    part.length += Math.max(sql.holds.length, sql.state.length);
    part.asked.add(leaf, sql.names, now);
  }
  return parts.map(({ leaves, asked, params }) => ({
    leaves,
    names: asked.names,
    asked: asked.sql(params),
    params: params.values,
  }));
}

/** Which rows of `events` all parts together read. */
export function askedByAll(
  definitions: readonly Condition[],
  now: number,
  isWanted: (key: string) => boolean,
): Pick<LeafPart, "asked" | "params"> {
  const asked = new AskedEvents();
  for (const { leaf, predicate } of wantedLeaves(definitions, isWanted)) asked.add(leaf, predicate.names, now);
  const params = new Params();
  return { asked: asked.sql(params), params: params.values };
}

function* wantedLeaves(
  definitions: readonly Condition[],
  isWanted: (key: string) => boolean,
): Iterable<{ leaf: Leaf; predicate: EventPredicate }> {
  const seen = new Set<string>();
  for (const leaf of definitions.flatMap(eventLeavesOf)) {
    const [compiled] = leavesOf(compileTree(leaf));
    if (compiled?.kind !== "event" || seen.has(compiled.predicate.key) || !isWanted(compiled.predicate.key)) continue;
    seen.add(compiled.predicate.key);
    yield { leaf, predicate: compiled.predicate };
  }
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
