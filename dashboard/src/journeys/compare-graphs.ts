import type { JourneyGraph } from "./wire.ts";

export interface Comparison {
  /** Nodes of the newer graph that the older lacks, or has otherwise. */
  readonly marks: Readonly<Record<string, "added" | "changed">>;
  /** Nodes that are no longer there. */
  readonly removed: readonly string[];
  /** Whether what is not a node differs: the entry, the goal, the rules. */
  readonly isEntryChanged: boolean;
}

/** How a graph differs from an earlier one. Where nodes stand is no difference: it follows from the graph. */
export function compareGraphs(older: JourneyGraph, newer: JourneyGraph): Comparison {
  const marks: Record<string, "added" | "changed"> = {};
  for (const [id, node] of Object.entries(newer.nodes)) {
    const before = older.nodes[id];
    if (!before) marks[id] = "added";
    else if (!isSame(before, node)) marks[id] = "changed";
  }
  const removed = Object.keys(older.nodes).filter((id) => !(id in newer.nodes));
  return { marks, removed, isEntryChanged: !isSame({ ...older, nodes: {} }, { ...newer, nodes: {} }) };
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
