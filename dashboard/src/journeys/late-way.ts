import { prune, updateNode } from "./graph-edit.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

/** Gives a wait a way for whoever comes too late, with an exit of its own, or takes it away. */
export function withLateWay(graph: JourneyGraph, id: string, after: string | null): JourneyGraph {
  const node = graph.nodes[id];
  if (!node) return graph;
  const { late_after: _, on_late: way, ...rest } = node as JourneyNode & { late_after?: string; on_late?: string };
  if (after === null) return prune(updateNode(graph, id, rest as JourneyNode), graph);
  if (way !== undefined) return updateNode(graph, id, { ...node, late_after: after } as JourneyNode);
  const exit = freeExit(graph);
  const nodes = { ...graph.nodes, [id]: { ...rest, late_after: after, on_late: exit } as JourneyNode };
  return { ...graph, nodes: { ...nodes, [exit]: { kind: "exit" } } };
}

function freeExit(graph: JourneyGraph): string {
  for (let number = 1; ; number++) if (!(`exit_${number}` in graph.nodes)) return `exit_${number}`;
}
