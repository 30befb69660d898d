import type { z } from "zod";

import type { FieldError } from "../platform/errors.ts";
import {
  type Condition,
  type ConditionKind,
  type ForeignCondition,
  type Grammar,
  type Leaf,
  leafSchemas,
  MAX_DEPTH,
  MAX_NODES,
  type PropertyTest,
  propertyTests,
} from "./contracts.ts";
import { refuse } from "./errors.ts";
import { FIELD_PROBLEMS, type FieldCode, fieldError, fieldErrorOf } from "./field-problems.ts";

type LeafKind = keyof typeof leafSchemas;

const LEAF_KINDS = Object.keys(leafSchemas) as LeafKind[];
const GROUPS = ["all", "any", "not"] as const;

/** Checks a definition and gives it back typed; refuses it with every problem named by its path. */
export function parseDefinition(input: unknown, grammar: Grammar): Condition {
  const read = readDefinition(input, grammar, "definition");
  if ("condition" in read) return read.condition;
  throw refuse(read.isTooLarge ? "definition_too_large" : "invalid_definition", undefined, read.errors);
}

export type ReadDefinition =
  | { readonly condition: Condition }
  | { readonly errors: readonly FieldError[]; readonly isTooLarge: boolean };

/** The same without a throw, for definitions inside something larger. Size and depth are bounded before any schema sees it. */
export function readDefinition(input: unknown, grammar: Grammar, at = ""): ReadDefinition {
  const reading: Reading = { kinds: grammar.kinds, nodes: 0, problems: [], isTooLarge: false };
  const condition = readNode(input, at, 1, reading);
  if (condition !== null && reading.problems.length === 0) return { condition };
  return { errors: reading.problems.slice(0, MOST_PROBLEMS), isTooLarge: reading.isTooLarge };
}

interface Reading {
  readonly kinds: readonly ConditionKind[];
  nodes: number;
  readonly problems: FieldError[];
  isTooLarge: boolean;
}

const MOST_PROBLEMS = 50;

function readNode(input: unknown, path: string, depth: number, reading: Reading): Condition | null {
  const complain = (code: FieldCode, at = path): null => {
    reading.problems.push(fieldError(code, at));
    return null;
  };
  if (reading.isTooLarge) return null;
  if (++reading.nodes > MAX_NODES || depth > MAX_DEPTH) {
    reading.isTooLarge = true;
    return complain(depth > MAX_DEPTH ? "too_deep" : "too_many_conditions");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) return complain("not_an_object");
  const keys = Object.keys(input);
  const group = GROUPS.find((key) => Object.hasOwn(input, key));
  if (group === undefined) return readLeaf(input, keys, path, reading);
  const stranger = keys.find((key) => key !== group);
  if (stranger !== undefined) return complain("group_not_alone", join(path, stranger.slice(0, 100)));
  const inner = (input as Record<string, unknown>)[group];
  if (group === "not") {
    const child = readNode(inner, join(path, "not"), depth + 1, reading);
    return child === null ? null : { not: child };
  }
  if (!Array.isArray(inner) || inner.length === 0) return complain("empty_group", join(path, group));
  const children = inner.map((child, index) => readNode(child, join(path, group, index), depth + 1, reading));
  const good = children.filter((child) => child !== null);
  if (good.length < children.length) return null;
  return group === "all" ? { all: good } : { any: good };
}

function readLeaf(input: object, keys: readonly string[], path: string, reading: Reading): Condition | null {
  const foreign = reading.kinds.find((one) => isTold(input, one.key));
  const own = LEAF_KINDS.find((key) => Object.hasOwn(input, key));
  const schema = foreign?.schema ?? (own && leafSchemas[own]);
  if (schema === undefined) {
    const given = keys.slice(0, 5).join(", ").slice(0, 100) || "empty";
    const known = [...GROUPS, ...LEAF_KINDS, ...reading.kinds.map((one) => one.key)].join(", ");
    const message = `${FIELD_PROBLEMS.unknown_condition} (${given}): use ${known}`;
    reading.problems.push({ path, message, code: "unknown_condition" });
    return null;
  }
  const parsed = (schema as z.ZodType<unknown>).safeParse(input);
  if (parsed.success) return parsed.data as Leaf;
  reading.problems.push(...problemsOf(parsed.error, path));
  return null;
}

/** Whether a node has the field of a kind, such as `message` or `near.store`. */
export function isTold(node: object, key: string): boolean {
  let inside: unknown = node;
  return key.split(".").every((part) => {
    if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, part)) return false;
    inside = (inside as Record<string, unknown>)[part];
    return true;
  });
}

/** Whether another room owns the kind of a node. What no room owns any more counts as foreign too. */
export function isForeign(node: Leaf, { kinds }: Grammar): node is ForeignCondition {
  return kinds.some(({ key }) => isTold(node, key)) || !LEAF_KINDS.some((key) => Object.hasOwn(node, key));
}

/** Checks the `where` of an event filter that stands outside a definition (a journey's entry). */
export function readPropertyTests(
  input: unknown,
  at = "",
): { readonly tests: readonly PropertyTest[] } | { readonly errors: readonly FieldError[] } {
  const parsed = propertyTests.safeParse(input);
  return parsed.success
    ? { tests: parsed.data as unknown as readonly PropertyTest[] }
    : { errors: problemsOf(parsed.error, at) };
}

function problemsOf(error: z.ZodError, path: string): FieldError[] {
  return error.issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => fieldErrorOf(issue, join(path, ...issue.path.map(String))));
}

function join(...parts: readonly (string | number)[]): string {
  return parts.filter((part) => part !== "").join(".");
}

/** The conditions of a definition that stand for themselves, with the path of each, left to right. */
export function leavesWithPaths(condition: Condition, path = ""): { node: Leaf; path: string }[] {
  if ("all" in condition)
    return condition.all.flatMap((child, index) => leavesWithPaths(child, join(path, "all", index)));
  if ("any" in condition)
    return condition.any.flatMap((child, index) => leavesWithPaths(child, join(path, "any", index)));
  if ("not" in condition) return leavesWithPaths(condition.not, join(path, "not"));
  return [{ node: condition, path }];
}

/** The segments that a definition asks for by `in_segment`. */
export function segmentsIn(condition: Condition): string[] {
  return leavesWithPaths(condition).flatMap(({ node }) => ("in_segment" in node ? [node.in_segment] : []));
}

/** Ten segments that each name the one before twice would be a thousand conditions: the whole is bounded too. */
export const MOST_RESOLVED = 5_000;

/** How many conditions the definition has once its inner segments are written out; stops counting above the bound. */
export function resolvedSize(condition: Condition, definitions: ReadonlyMap<string, Condition>): number {
  const budget = { left: MOST_RESOLVED + 1 };
  count(condition, definitions, budget);
  return MOST_RESOLVED + 1 - budget.left;
}

function count(condition: Condition, definitions: ReadonlyMap<string, Condition>, budget: { left: number }): void {
  if (budget.left <= 0) return;
  budget.left--;
  if ("all" in condition) for (const child of condition.all) count(child, definitions, budget);
  else if ("any" in condition) for (const child of condition.any) count(child, definitions, budget);
  else if ("not" in condition) count(condition.not, definitions, budget);
  else if ("in_segment" in condition) {
    const inner = definitions.get(condition.in_segment);
    if (inner) count(inner, definitions, budget);
  }
}
