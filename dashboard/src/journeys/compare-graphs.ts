import { ENTRY, lead, waysOut } from "./graph-ways.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

/** What stands around the steps, and what holds where a graph does not say. */
const RULES = {
  entry: null,
  goal: null,
  exit_when_leaves: false,
  exit_on: [],
  holdout: 0,
  reentry: { mode: "never" },
} as const;
export type Rule = keyof typeof RULES;

/** `rerouted`: it says what it said, and one of its ways leads to another step. */
export type Mark = "added" | "changed" | "rerouted";

export interface Comparison {
  /** Nodes of the newer graph that the older lacks or has otherwise, and the entry. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** Nodes that are no longer there. */
  readonly removed: readonly string[];
  /** Which of the rules around the steps differ. */
  readonly rules: readonly Rule[];
  /** Whether those who come in begin at another step. */
  readonly isStartElsewhere: boolean;
}

/** How a graph differs from an earlier one. Where nodes stand is no difference: it follows from the graph. */
export function compareGraphs(older: JourneyGraph, newer: JourneyGraph): Comparison {
  const marks: Record<string, Mark> = {};
  for (const [id, node] of Object.entries(newer.nodes)) {
    const before = Object.hasOwn(older.nodes, id) ? older.nodes[id] : undefined;
    const mark = before ? differenceOf(id, before, node) : "added";
    if (mark) marks[id] = mark;
  }
  const removed = Object.keys(older.nodes).filter((id) => !Object.hasOwn(newer.nodes, id));
  const rules = (Object.keys(RULES) as Rule[]).filter(
    (rule) => !isSame(older[rule] ?? RULES[rule], newer[rule] ?? RULES[rule]),
  );
  const isStartElsewhere = older.start !== newer.start;
  if (rules.length > 0) marks[ENTRY] = "changed";
  else if (isStartElsewhere) marks[ENTRY] = "rerouted";
  return { marks, removed, rules, isStartElsewhere };
}

function differenceOf(id: string, before: JourneyNode, node: JourneyNode): Mark | null {
  if (isSame(before, node)) return null;
  return isSame(withoutEnds(id, before), withoutEnds(id, node)) ? "rerouted" : "changed";
}

/** The node with ways that lead nowhere: what it says, without what comes after it. */
function withoutEnds(id: string, node: JourneyNode): JourneyNode {
  return waysOut(id, node).reduce((bare, { slot }) => lead(bare, slot, ""), node);
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
