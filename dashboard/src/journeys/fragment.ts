import { freshId, nodeAt, prune, removeNode, retarget } from "./graph-edit.ts";
import { lead, type Way, waysOut } from "./graph-ways.ts";
import { mainWay } from "./new-node.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

/** Steps that were copied together, in the order in which people come by them. */
export type Fragment = readonly (readonly [id: string, node: JourneyNode])[];

/** These steps; exits are not copied, each way that leads out gets one where it is put. */
export function copySteps(graph: JourneyGraph, ids: readonly string[]): Fragment {
  return inOrder(graph).flatMap((id) => {
    const node = nodeAt(graph, id);
    return node && node.kind !== "exit" && ids.includes(id) ? [[id, node] as const] : [];
  });
}

/**
 * Puts copied steps on a way. Ways among them stay as they were, main ways out of them lead on to what came after, the
 * others to an exit; steps that nothing joins follow one another.
 */
export function pasteSteps(
  graph: JourneyGraph,
  way: Way,
  fragment: Fragment,
): { readonly graph: JourneyGraph; readonly ids: readonly string[] } {
  const nodes: Record<string, JourneyNode> = { ...graph.nodes };
  const take = (kind: JourneyNode["kind"]) => {
    const id = freshId({ ...graph, nodes }, kind);
    nodes[id] = { kind: "exit" };
    return id;
  };
  const named = new Map(fragment.map(([id, node]) => [id, take(node.kind)]));
  const exit = take("exit");
  const parts = partsOf(fragment);
  for (const [at, part] of parts.entries()) {
    const after = named.get(parts[at + 1]?.[0]?.[0] ?? "") ?? way.to;
    for (const [id, node] of part) {
      const main = waysOut(id, node).find(({ to }) => to === mainWay(node))?.slot;
      const out = (slot: string) => (slot === main ? after : exit);
      nodes[named.get(id) ?? id] = waysOut(id, node).reduce(
        (led, { slot, to }) => lead(led, slot, named.get(to) ?? out(slot)),
        node,
      );
    }
  }
  const first = named.get(fragment[0]?.[0] ?? "");
  const ids = [...named.values()];
  return first === undefined ? { graph, ids } : { graph: prune(retarget({ ...graph, nodes }, way, first), graph), ids };
}

export function removeSteps(graph: JourneyGraph, ids: readonly string[]): JourneyGraph {
  return ids.reduce(removeNode, graph);
}

/** What hangs together, each part beginning with the step by which people come into it. */
function partsOf(fragment: Fragment): Fragment[] {
  const inside = new Map(fragment);
  const seen = new Set<string>();
  const follow = (id: string): Fragment => {
    const node = inside.get(id);
    if (!node || seen.has(id)) return [];
    seen.add(id);
    return [[id, node], ...waysOut(id, node).flatMap(({ to }) => follow(to))];
  };
  return fragment.map(([id]) => follow(id)).filter((part) => part.length > 0);
}

/** Steps as people come by them, breadth first. */
function inOrder(graph: JourneyGraph): string[] {
  const order = [graph.start];
  for (const id of order) {
    const node = nodeAt(graph, id);
    for (const { to } of node ? waysOut(id, node) : []) if (!order.includes(to)) order.push(to);
  }
  return order;
}
