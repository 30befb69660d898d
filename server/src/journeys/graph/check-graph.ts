import type { FieldError } from "../../platform/errors.ts";
import type { Graph, JourneyNode } from "../contracts.ts";
import { waysOut } from "./next-nodes.ts";

/** What is wrong with the shape of a journey: ways that lead nowhere, nodes without a way to them, loops without rest. */
export function checkGraph(graph: Graph): FieldError[] {
  const errors = lostWays(graph);
  if (errors.length > 0) return errors;
  return [...unreachable(graph), ...restlessLoops(graph), ...endless(graph), ...aimless(graph)];
}

function lostWays(graph: Graph): FieldError[] {
  const errors: FieldError[] = [];
  const check = (path: string, to: string) => {
    if (!nodeOf(graph, to)) errors.push({ path, message: `there is no node "${to}"` });
  };
  check("graph.start", graph.start);
  for (const [id, node] of Object.entries(graph.nodes)) {
    for (const way of waysOut(node)) check(`graph.nodes.${id}.${way.path}`, way.to);
  }
  return errors;
}

function unreachable(graph: Graph): FieldError[] {
  const reached = reachableFrom(graph, graph.start);
  return Object.keys(graph.nodes)
    .filter((id) => !reached.has(id))
    .map((id) => ({ path: `graph.nodes.${id}`, message: "no way leads here" }));
}

/** A loop in which nobody ever waits would turn for ever in one moment. */
function restlessLoops(graph: Graph): FieldError[] {
  const isRest = (node: JourneyNode | undefined) => node?.kind === "wait" || node?.kind === "wait_event";
  return Object.keys(graph.nodes)
    .filter((id) => !isRest(nodeOf(graph, id)))
    .filter((id) => waysOf(graph, id).some((to) => reachableFrom(graph, to, (node) => !isRest(node)).has(id)))
    .map((id) => ({ path: `graph.nodes.${id}`, message: "this loop has no wait in it" }));
}

function endless(graph: Graph): FieldError[] {
  if (graph.goal || graph.exit_when_leaves) return [];
  const reached = reachableFrom(graph, graph.start);
  const hasExit = [...reached].some((id) => nodeOf(graph, id)?.kind === "exit");
  return hasExit ? [] : [{ path: "graph.nodes", message: "no way leads to an exit, and there is no goal" }];
}

function aimless(graph: Graph): FieldError[] {
  if (!graph.exit_when_leaves || graph.entry.kind === "segment") return [];
  return [{ path: "graph.exit_when_leaves", message: "only for a journey that is entered by a segment" }];
}

/** Nodes to be reached from `from`, itself among them, over nodes that `may` be passed. */
function reachableFrom(graph: Graph, from: string, may: (node: JourneyNode) => boolean = () => true): Set<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodeOf(graph, id);
    if (!node || reached.has(id) || !may(node)) continue;
    reached.add(id);
    open.push(...waysOf(graph, id));
  }
  return reached;
}

function waysOf(graph: Graph, id: string): string[] {
  const node = nodeOf(graph, id);
  return node ? waysOut(node).map((way) => way.to) : [];
}

function nodeOf(graph: Graph, id: string): JourneyNode | undefined {
  return Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
}
