import type { FieldError } from "../../platform/errors.ts";
import type { Graph, JourneyNode } from "../contracts.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import type { Way } from "../nodes/node-kind.ts";
import { mistake } from "./mistakes.ts";

/** What is wrong with the shape of a journey: ways that lead nowhere, nodes without a way to them, loops without rest. */
export function checkGraph(graph: Graph, kinds: Kinds): FieldError[] {
  const shape = { graph, kinds };
  const errors = lostWays(shape);
  if (errors.length > 0) return errors;
  return [...unreachable(shape), ...restlessLoops(shape), ...endless(shape), ...aimless(graph)];
}

interface Shape {
  readonly graph: Graph;
  readonly kinds: Kinds;
}

function lostWays(shape: Shape): FieldError[] {
  const { graph } = shape;
  const errors: FieldError[] = [];
  const check = (path: string, to: string) => {
    if (!nodeOf(graph, to)) errors.push(mistake("lost_way", path));
  };
  check("graph.start", graph.start);
  for (const [id, node] of Object.entries(graph.nodes)) {
    for (const way of waysOut(shape, node)) check(`graph.nodes.${id}.${way.path}`, way.to);
  }
  return errors;
}

function unreachable(shape: Shape): FieldError[] {
  const { graph } = shape;
  const reached = reachableFrom(shape, graph.start);
  return Object.keys(graph.nodes)
    .filter((id) => !reached.has(id))
    .map((id) => mistake("unreachable", `graph.nodes.${id}`));
}

/** A loop in which nobody ever waits would turn for ever in one moment. */
function restlessLoops(shape: Shape): FieldError[] {
  const { graph, kinds } = shape;
  const isRest = (node: JourneyNode | undefined) => kindOf(kinds, node)?.isRest === true;
  return Object.keys(graph.nodes)
    .filter((id) => !isRest(nodeOf(graph, id)))
    .filter((id) => waysOf(shape, id).some((to) => reachableFrom(shape, to, (node) => !isRest(node)).has(id)))
    .map((id) => mistake("no_rest", `graph.nodes.${id}`));
}

function endless(shape: Shape): FieldError[] {
  const { graph } = shape;
  if (graph.goal || graph.exit_when_leaves) return [];
  const reached = reachableFrom(shape, graph.start);
  const hasExit = [...reached].some((id) => nodeOf(graph, id)?.kind === "exit");
  return hasExit ? [] : [mistake("endless", "graph.nodes")];
}

function aimless(graph: Graph): FieldError[] {
  const isMember = graph.entry.kind === "segment" && graph.entry.on !== "exit";
  if (!graph.exit_when_leaves || isMember) return [];
  return [mistake("aimless", "graph.exit_when_leaves")];
}

/** Nodes to be reached from `from`, itself among them, over nodes that `may` be passed. */
function reachableFrom(shape: Shape, from: string, may: (node: JourneyNode) => boolean = () => true): Set<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodeOf(shape.graph, id);
    if (!node || reached.has(id) || !may(node)) continue;
    reached.add(id);
    open.push(...waysOf(shape, id));
  }
  return reached;
}

function waysOf(shape: Shape, id: string): string[] {
  const node = nodeOf(shape.graph, id);
  return node ? waysOut(shape, node).map((way) => way.to) : [];
}

function waysOut({ kinds }: Shape, node: JourneyNode): Way[] {
  return kindOf(kinds, node)?.ways(node) ?? [];
}

function nodeOf(graph: Graph, id: string): JourneyNode | undefined {
  return Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
}
