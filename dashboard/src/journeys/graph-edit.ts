import { ENTRY, lead, type Way, waysOf, waysOut } from "./graph-ways.ts";
import { mainWay, newNode } from "./new-node.ts";
import type { JourneyGraph, JourneyNode, NodeKind } from "./wire.ts";

export { ENTRY, type Way, waysOf } from "./graph-ways.ts";

export function retarget(graph: JourneyGraph, way: Pick<Way, "from" | "slot">, to: string): JourneyGraph {
  if (way.from === ENTRY) return { ...graph, start: to };
  const node = graph.nodes[way.from];
  return node ? updateNode(graph, way.from, lead(node, way.slot, to)) : graph;
}

export function updateNode(graph: JourneyGraph, id: string, node: JourneyNode): JourneyGraph {
  return { ...graph, nodes: { ...graph.nodes, [id]: node } };
}

/** Puts a new node on a way: what came after comes after it now. Its other ways lead to an exit of their own. */
export function insertOn(graph: JourneyGraph, way: Way, kind: NodeKind): { graph: JourneyGraph; id: string } {
  const id = freshId(graph, kind);
  const exitId = freshId({ ...graph, nodes: { ...graph.nodes, [id]: { kind: "exit" } } }, "exit");
  const nodes = { ...graph.nodes, [exitId]: { kind: "exit" } as const, [id]: newNode(kind, way.to, exitId) };
  return { graph: prune(retarget({ ...graph, nodes }, way, id)), id };
}

/** Takes a node out; whoever came to it goes on to what followed. An exit stays: a way must end somewhere. */
export function removeNode(graph: JourneyGraph, id: string): JourneyGraph {
  const node = graph.nodes[id];
  if (!node || node.kind === "exit") return graph;
  const next = mainWay(node);
  const joined = waysOf(graph)
    .filter((way) => way.to === id)
    .reduce((changed, way) => retarget(changed, way, next), graph);
  return prune(joined);
}

/** A further case, way or variant, leading to an exit of its own. */
export function addWay(graph: JourneyGraph, id: string): JourneyGraph {
  const node = graph.nodes[id];
  const next = freshId(graph, "exit");
  const grown = node && withOneMore(node, next);
  return grown ? { ...graph, nodes: { ...graph.nodes, [id]: grown, [next]: { kind: "exit" } } } : graph;
}

function withOneMore(node: JourneyNode, next: string): JourneyNode | null {
  switch (node.kind) {
    case "branch":
      return {
        ...node,
        cases: [...node.cases, { condition: { computed: "orders", op: "gte", value: 1 }, next }],
      };
    case "split":
      return { ...node, ways: [...node.ways, { share: 10, next }] };
    case "experiment": {
      const name = String.fromCharCode("A".charCodeAt(0) + node.variants.length);
      return { ...node, variants: [...node.variants, { name, share: 10, next }] };
    }
    default:
      return null;
  }
}

export function removeWay(graph: JourneyGraph, id: string, index: number): JourneyGraph {
  const node = graph.nodes[id];
  const without = <T>(many: readonly T[]) => many.filter((_, at) => at !== index);
  if (node?.kind === "branch" && node.cases.length > 1)
    return prune(updateNode(graph, id, { ...node, cases: without(node.cases) }));
  if (node?.kind === "split" && node.ways.length > 2)
    return prune(updateNode(graph, id, { ...node, ways: without(node.ways) }));
  if (node?.kind === "experiment" && node.variants.length > 2)
    return prune(updateNode(graph, id, { ...node, variants: without(node.variants) }));
  return graph;
}

/** Gives an experiment a holdout, with an exit of its own, or takes it away. */
export function toggleHoldout(graph: JourneyGraph, id: string): JourneyGraph {
  const node = graph.nodes[id];
  if (node?.kind !== "experiment") return graph;
  if (node.holdout) {
    const { holdout: _, ...rest } = node;
    return prune(updateNode(graph, id, rest));
  }
  const next = freshId(graph, "exit");
  const held: JourneyNode = { ...node, holdout: { share: 10, next } };
  return { ...graph, nodes: { ...graph.nodes, [id]: held, [next]: { kind: "exit" } } };
}

/** Drops the nodes that nobody can come to any more. */
export function prune(graph: JourneyGraph): JourneyGraph {
  const reached = new Set<string>();
  const walk = (id: string) => {
    const node = graph.nodes[id];
    if (!node || reached.has(id)) return;
    reached.add(id);
    for (const way of waysOut(id, node)) walk(way.to);
  };
  walk(graph.start);
  return { ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => reached.has(id))) };
}

export function freshId(graph: JourneyGraph, kind: NodeKind): string {
  for (let number = 1; ; number++) {
    const id = `${kind}_${number}`;
    if (!(id in graph.nodes) && id !== ENTRY) return id;
  }
}

/** What stands between this draft and its publishing, by node. The server looks more closely. */
export function findUnfinished(graph: JourneyGraph): string[] {
  const nodes = Object.entries(graph.nodes).flatMap(([id, node]) => (isUnfinished(node) ? [id] : []));
  return isEntryUnfinished(graph) ? [ENTRY, ...nodes] : nodes;
}

function isUnfinished(node: JourneyNode): boolean {
  switch (node.kind) {
    case "send":
      return node.template_id === "" || (node.best_of !== undefined && node.best_of.length < 2);
    case "wait_event":
      return node.event === "" || node.segment_id === "";
    case "webhook":
      return node.url === "";
    case "list":
      return node.list_id === "";
    case "ad_audience":
      return node.audience_id === "";
    case "enter_journey":
      return node.journey_id === "";
    case "update_trait":
      return "" in node.traits;
    default:
      return false;
  }
}

function isEntryUnfinished({ entry }: JourneyGraph): boolean {
  switch (entry.kind) {
    case "segment":
      return entry.segment_id === "";
    case "event":
      return entry.event === "";
    case "list":
      return entry.list_id === "";
    case "schedule":
      return "segment_id" in entry.audience ? entry.audience.segment_id === "" : entry.audience.list_id === "";
    case "date":
      return entry.trait === "";
    case "api":
      return false;
  }
}
