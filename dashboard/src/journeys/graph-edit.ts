import { isDrawable, isFrameDrawable } from "./graph-shape.ts";
import { ENTRY, lead, nodeAt, type Way, waysOf, waysOut } from "./graph-ways.ts";
import { mainWay, newNode } from "./new-node.ts";
import type { JourneyGraph, JourneyNode, NodeKind } from "./wire.ts";

export { ENTRY, nodeAt, type Way, waysOf } from "./graph-ways.ts";

export function retarget(graph: JourneyGraph, way: Pick<Way, "from" | "slot">, to: string): JourneyGraph {
  if (way.from === ENTRY) return { ...graph, start: to };
  const node = nodeAt(graph, way.from);
  return node ? updateNode(graph, way.from, lead(node, way.slot, to)) : graph;
}

export function updateNode(graph: JourneyGraph, id: string, node: JourneyNode): JourneyGraph {
  return { ...graph, nodes: { ...graph.nodes, [id]: node } };
}

/** Puts a new node on a way: what came after comes after it now. Its other ways lead to an exit of their own. */
export function insertOn(graph: JourneyGraph, way: Way, kind: NodeKind): { graph: JourneyGraph; id: string } {
  const id = freshId(graph, kind);
  const exitId = freshId({ ...graph, nodes: { ...graph.nodes, [id]: { kind: "exit" } } }, "exit");
  const nodes = {
    ...graph.nodes,
    [exitId]: { kind: "exit" } as const,
    [id]: newNode(kind, nodeAt(graph, way.to) ? way.to : exitId, exitId),
  };
  return { graph: prune(retarget({ ...graph, nodes }, way, id), graph), id };
}

/** Takes a node out; whoever came to it goes on to what followed. An exit stays: a way must end somewhere. */
export function removeNode(graph: JourneyGraph, id: string): JourneyGraph {
  const node = nodeAt(graph, id);
  if (!node || node.kind === "exit") return graph;
  const exit = freshId(graph, "exit");
  const next = nodeAt(graph, mainWay(node)) ? mainWay(node) : exit;
  const joined = waysOf(graph)
    .filter((way) => way.to === id)
    .reduce((changed, way) => retarget(changed, way, next), updateNode(graph, exit, { kind: "exit" }));
  return prune(joined, graph, [id]);
}

/** A step that cannot be drawn, written as a new one of its kind; its ways stay where they lead somewhere. */
export function beginAnew(graph: JourneyGraph, id: string): JourneyGraph {
  const node = nodeAt(graph, id);
  if (!node) return graph;
  const led = waysOut(id, node).filter(({ to }) => nodeAt(graph, to));
  const exit = freshId(graph, "exit");
  const fresh = newNode(node.kind, led[0]?.to ?? exit, led[1]?.to ?? exit);
  const nodes = { ...graph.nodes, [id]: fresh, [exit]: { kind: "exit" } as const };
  return prune({ ...graph, nodes }, graph);
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
      const taken = new Set(node.variants.map(({ name }) => name));
      const name = [..."ABCDEFGHIJ"].find((letter) => !taken.has(letter)) ?? "";
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
    return prune(updateNode(graph, id, { ...node, cases: without(node.cases) }), graph);
  if (node?.kind === "split" && node.ways.length > 2)
    return prune(updateNode(graph, id, { ...node, ways: without(node.ways) }), graph);
  if (node?.kind === "experiment" && node.variants.length > 2)
    return prune(updateNode(graph, id, { ...node, variants: without(node.variants) }), graph);
  return graph;
}

/** Gives an experiment a holdout, with an exit of its own, or takes it away. */
export function toggleHoldout(graph: JourneyGraph, id: string): JourneyGraph {
  const node = graph.nodes[id];
  if (node?.kind !== "experiment") return graph;
  if (node.holdout) {
    const { holdout: _, ...rest } = node;
    return prune(updateNode(graph, id, rest), graph);
  }
  const next = freshId(graph, "exit");
  const held: JourneyNode = { ...node, holdout: { share: 10, next } };
  return { ...graph, nodes: { ...graph.nodes, [id]: held, [next]: { kind: "exit" } } };
}

/** Drops `gone`, and the nodes that nobody can come to any more; those to which no way led before stay to be seen. */
export function prune(graph: JourneyGraph, before: JourneyGraph, gone: readonly string[] = []): JourneyGraph {
  const was = reachedFrom(before, [before.start]);
  const islands = Object.keys(before.nodes).filter((id) => !was.has(id) && !gone.includes(id));
  const stays = reachedFrom(graph, [graph.start, ...islands]);
  return { ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => stays.has(id))) };
}

function reachedFrom(graph: JourneyGraph, ids: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodeAt(graph, id);
    if (!node || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOut(id, node).map(({ to }) => to));
  }
  return reached;
}

export function freshId(graph: JourneyGraph, kind: NodeKind): string {
  for (let number = 1; ; number++) {
    const id = `${kind}_${number}`;
    if (!(id in graph.nodes)) return id;
  }
}

/** What stands between this draft and its publishing, by node. The server looks more closely. */
export function findUnfinished(graph: JourneyGraph): string[] {
  const nodes = Object.entries(graph.nodes).flatMap(([id, node]) =>
    !isDrawable(node) || isUnfinished(node) ? [id] : [],
  );
  return !isFrameDrawable(graph) || isEntryUnfinished(graph) ? [ENTRY, ...nodes] : nodes;
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
    case "experiment":
      return node.variants.some(({ name }) => name === "");
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
