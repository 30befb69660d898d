import type { z } from "zod";

import type { FieldError } from "../platform/errors.ts";
import {
  type Condition,
  type Leaf,
  leafSchemas,
  MAX_DEPTH,
  MAX_NODES,
  type PropertyTest,
  propertyTests,
} from "./contracts.ts";
import { refuse } from "./errors.ts";

type LeafKind = keyof typeof leafSchemas;

const LEAF_KINDS = Object.keys(leafSchemas) as LeafKind[];
const GROUPS = ["all", "any", "not"] as const;

/** Checks a definition and gives it back typed; refuses it with every problem named by its path. */
export function parseDefinition(input: unknown): Condition {
  const read = readDefinition(input, "definition");
  if ("condition" in read) return read.condition;
  throw refuse(read.isTooLarge ? "definition_too_large" : "invalid_definition", undefined, read.errors);
}

export type ReadDefinition =
  | { readonly condition: Condition }
  | { readonly errors: readonly FieldError[]; readonly isTooLarge: boolean };

/** The same without a throw, for definitions inside something larger. Size and depth are bounded before any schema sees it. */
export function readDefinition(input: unknown, at = ""): ReadDefinition {
  const reading: Reading = { nodes: 0, problems: [], isTooLarge: false };
  const condition = readNode(input, at, 1, reading);
  if (condition !== null && reading.problems.length === 0) return { condition };
  return { errors: reading.problems.slice(0, MOST_PROBLEMS), isTooLarge: reading.isTooLarge };
}

interface Reading {
  nodes: number;
  readonly problems: FieldError[];
  isTooLarge: boolean;
}

const MOST_PROBLEMS = 50;

function readNode(input: unknown, path: string, depth: number, reading: Reading): Condition | null {
  const complain = (message: string, at = path): null => {
    reading.problems.push({ path: at, message });
    return null;
  };
  if (reading.isTooLarge) return null;
  if (++reading.nodes > MAX_NODES || depth > MAX_DEPTH) {
    reading.isTooLarge = true;
    return complain(
      depth > MAX_DEPTH ? `nested more than ${MAX_DEPTH} levels deep` : `more than ${MAX_NODES} conditions`,
    );
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) return complain("a condition is an object");
  const keys = Object.keys(input);
  const group = GROUPS.find((key) => Object.hasOwn(input, key));
  if (group === undefined) return readLeaf(input, keys, path, reading.problems);
  const stranger = keys.find((key) => key !== group);
  if (stranger !== undefined) return complain(`"${group}" stands alone`, join(path, stranger.slice(0, 100)));
  const inner = (input as Record<string, unknown>)[group];
  if (group === "not") {
    const child = readNode(inner, join(path, "not"), depth + 1, reading);
    return child === null ? null : { not: child };
  }
  if (!Array.isArray(inner) || inner.length === 0)
    return complain("a list of at least one condition", join(path, group));
  const children = inner.map((child, index) => readNode(child, join(path, group, index), depth + 1, reading));
  const good = children.filter((child) => child !== null);
  if (good.length < children.length) return null;
  return group === "all" ? { all: good } : { any: good };
}

function readLeaf(input: object, keys: readonly string[], path: string, problems: FieldError[]): Condition | null {
  const kind = LEAF_KINDS.find((key) => Object.hasOwn(input, key));
  if (kind === undefined) {
    const given = keys.slice(0, 5).join(", ").slice(0, 100) || "empty";
    problems.push({ path, message: `unknown condition (${given}): use ${[...GROUPS, ...LEAF_KINDS].join(", ")}` });
    return null;
  }
  const parsed = (leafSchemas[kind] as z.ZodType<unknown>).safeParse(input);
  if (parsed.success) return parsed.data as Leaf;
  problems.push(...problemsOf(parsed.error, path));
  return null;
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
    .map((issue) => ({ path: join(path, ...issue.path.map(String)), message: issue.message }));
}

function join(...parts: readonly (string | number)[]): string {
  return parts.filter((part) => part !== "").join(".");
}

/** The segments that a definition asks for by `in_segment`. */
export function segmentsIn(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(segmentsIn);
  if ("any" in condition) return condition.any.flatMap(segmentsIn);
  if ("not" in condition) return segmentsIn(condition.not);
  return "in_segment" in condition ? [condition.in_segment] : [];
}

/** The lists that a definition asks for by `in_list`. */
export function listsIn(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(listsIn);
  if ("any" in condition) return condition.any.flatMap(listsIn);
  if ("not" in condition) return listsIn(condition.not);
  return "in_list" in condition ? [condition.in_list] : [];
}

/** The definition with every `in_segment` replaced by what that segment says: one tree that is decided at one instant. */
export function resolveDefinition(condition: Condition, definitionOf: (segmentId: string) => Condition): Condition {
  if ("all" in condition) return { all: condition.all.map((child) => resolveDefinition(child, definitionOf)) };
  if ("any" in condition) return { any: condition.any.map((child) => resolveDefinition(child, definitionOf)) };
  if ("not" in condition) return { not: resolveDefinition(condition.not, definitionOf) };
  return "in_segment" in condition ? resolveDefinition(definitionOf(condition.in_segment), definitionOf) : condition;
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
