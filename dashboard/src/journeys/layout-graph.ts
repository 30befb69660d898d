import { Graph, layout } from "@dagrejs/dagre";

import { ENTRY, type Way, waysOf } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

export const NODE_WIDTH = 248;
export const NODE_HEIGHT = 76;

export interface Placed {
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly ways: readonly Way[];
  readonly width: number;
  readonly height: number;
}

/** Where each node stands, top to bottom. Only the graph is stored; its picture is worked out each time. */
export function layoutGraph(graph: JourneyGraph): Placed {
  const ways = waysOf(graph).filter((way) => way.to in graph.nodes);
  const picture = new Graph({ multigraph: true });
  picture.setGraph({ rankdir: "TB", nodesep: 40, ranksep: 72 });
  picture.setDefaultEdgeLabel(() => ({}));
  for (const id of [ENTRY, ...Object.keys(graph.nodes)]) {
    picture.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const way of ways) picture.setEdge(way.from, way.to, {}, way.slot);
  layout(picture);
  const nodes = picture.nodes().map((id) => {
    const { x, y } = picture.node(id) as { x: number; y: number };
    return { id, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
  });
  return {
    nodes,
    ways,
    width: Math.max(...nodes.map((node) => node.x)) + NODE_WIDTH,
    height: Math.max(...nodes.map((node) => node.y)) + NODE_HEIGHT,
  };
}
