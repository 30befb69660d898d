import { Graph, layout } from "@dagrejs/dagre";

import { ENTRY, nodeAt, type Way, waysOf } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

export const NODE_WIDTH = 248;
export const NODE_HEIGHT = 88;
/** Room for what stands on a way: its condition, and the (+). */
const LABEL = { width: 190, height: 56 };

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedWay extends Way {
  /** From the foot of one node to the head of the next, around what lies between. */
  readonly points: readonly Point[];
  readonly label: Point;
}

/** Where a way ends that leads to no step. */
export const LOST = "/lost";

export interface Placed {
  readonly nodes: readonly ({ readonly id: string } & Point)[];
  readonly ways: readonly PlacedWay[];
  readonly width: number;
}

/** Where each node stands, top to bottom. Only the graph is stored; its picture is worked out each time. */
export function layoutGraph(graph: JourneyGraph): Placed {
  const ways = waysOf(graph).map((way) =>
    nodeAt(graph, way.to) ? way : { ...way, to: `${LOST}/${way.from}/${way.slot}` },
  );
  const picture = new Graph({ multigraph: true });
  picture.setGraph({ rankdir: "TB", nodesep: 48, ranksep: 36, edgesep: 24 });
  const lost = ways.map(({ to }) => to).filter((to) => to.startsWith(LOST));
  for (const id of [ENTRY, ...Object.keys(graph.nodes), ...lost]) {
    picture.setNode(inPicture(id), { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const way of ways)
    picture.setEdge(inPicture(way.from), inPicture(way.to), { ...LABEL, labelpos: "c" }, way.slot);
  layout(picture);

  const edgeOf = ({ from, to, slot }: Way) =>
    picture.edge(inPicture(from), inPicture(to), slot) as unknown as Point & { points: readonly Point[] };
  // Dagre tells neither side from the other: the first way of a step goes to the left of its next.
  const { width = 0 } = picture.graph() as { width?: number };
  const isMirrored = inOrder(ways.map((way) => ({ from: way.from, x: edgeOf(way).x }))) < 0;
  const sided = ({ x, y }: Point): Point => ({ x: isMirrored ? width - x : x, y });
  const centre = (id: string) => sided(picture.node(inPicture(id)) as unknown as Point);
  const nodes = [ENTRY, ...Object.keys(graph.nodes), ...lost].map((id) => {
    const { x, y } = centre(id);
    return { id, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
  });
  const routed = ways.map((way) => {
    const edge = edgeOf(way);
    const from = { x: centre(way.from).x, y: centre(way.from).y + NODE_HEIGHT / 2 };
    const to = { x: centre(way.to).x, y: centre(way.to).y - NODE_HEIGHT / 2 };
    return { ...way, points: [from, ...edge.points.slice(1, -1).map(sided), to], label: sided(edge) };
  });
  return { nodes, ways: routed, width: Math.max(...nodes.map((node) => node.x)) + NODE_WIDTH };
}

/** How many ways stand to the right of the way before them, less those that stand to its left. */
function inOrder(ways: readonly { readonly from: string; readonly x: number }[]): number {
  return ways.reduce((sum, { from, x }, at) => {
    const before = ways[at - 1];
    return before?.from === from ? sum + Math.sign(x - before.x) : sum;
  }, 0);
}

/** Dagre keeps what it places in plain objects, in which an id such as `constructor` is not its own. */
function inPicture(id: string): string {
  return `#${id}`;
}

/** A line through the points that leaves and arrives upright. */
export function drawLine(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return "";
  let last = first;
  const parts = others.map((point) => {
    const half = (last.y + point.y) / 2;
    const curve = `C ${last.x} ${half}, ${point.x} ${half}, ${point.x} ${point.y}`;
    last = point;
    return curve;
  });
  return [`M ${first.x} ${first.y}`, ...parts].join(" ");
}
