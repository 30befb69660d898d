import type { z } from "zod";

import type { FieldError } from "../platform/errors.ts";
import { type Condition, type Leaf, leafSchemas, MAX_DEPTH, MAX_NODES } from "./contracts.ts";
import { refuse } from "./errors.ts";

type LeafKind = keyof typeof leafSchemas;

const LEAF_KINDS = Object.keys(leafSchemas) as LeafKind[];
const GROUPS = ["all", "any", "not"] as const;

/** Checks a definition and gives it back typed. Size and depth are bounded before any schema sees it; every problem is named with its path. */
export function parseDefinition(input: unknown): Condition {
  const problems: FieldError[] = [];
  const budget = { nodes: 0 };
  const condition = parseNode(input, "definition", 1, budget, problems);
  if (condition === null || problems.length > 0) throw refuse("invalid_definition", undefined, problems.slice(0, 50));
  return condition;
}

function parseNode(
  input: unknown,
  path: string,
  depth: number,
  budget: { nodes: number },
  problems: FieldError[],
): Condition | null {
  const complain = (message: string, at = path): null => {
    problems.push({ path: at, message });
    return null;
  };
  if (++budget.nodes > MAX_NODES)
    throw refuse("definition_too_large", `More than ${MAX_NODES} conditions.`, [
      { path, message: "too many conditions" },
    ]);
  if (depth > MAX_DEPTH)
    throw refuse("definition_too_large", `Nested more than ${MAX_DEPTH} levels deep.`, [
      { path, message: "nested too deep" },
    ]);
  if (typeof input !== "object" || input === null || Array.isArray(input)) return complain("a condition is an object");
  const keys = Object.keys(input);
  const group = GROUPS.find((key) => Object.hasOwn(input, key));
  if (group === undefined) return parseLeaf(input, keys, path, problems);
  const stranger = keys.find((key) => key !== group);
  if (stranger !== undefined) return complain(`"${group}" stands alone`, `${path}.${stranger}`);
  const inner = (input as Record<string, unknown>)[group];
  if (group === "not") {
    const child = parseNode(inner, `${path}.not`, depth + 1, budget, problems);
    return child === null ? null : { not: child };
  }
  if (!Array.isArray(inner) || inner.length === 0)
    return complain("a list of at least one condition", `${path}.${group}`);
  const children = inner.map((child, index) =>
    parseNode(child, `${path}.${group}.${index}`, depth + 1, budget, problems),
  );
  const good = children.filter((child) => child !== null);
  if (good.length < children.length) return null;
  return group === "all" ? { all: good } : { any: good };
}

function parseLeaf(input: object, keys: readonly string[], path: string, problems: FieldError[]): Condition | null {
  const kind = LEAF_KINDS.find((key) => Object.hasOwn(input, key));
  if (kind === undefined) {
    problems.push({
      path,
      message: `unknown condition (${keys.slice(0, 5).join(", ").slice(0, 100) || "empty"}): use ${[...GROUPS, ...LEAF_KINDS].join(", ")}`,
    });
    return null;
  }
  const parsed = (leafSchemas[kind] as z.ZodType<unknown>).safeParse(input);
  if (parsed.success) return parsed.data as Leaf;
  for (const issue of parsed.error.issues) {
    problems.push({ path: [path, ...issue.path.map(String)].join("."), message: issue.message });
  }
  return null;
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
