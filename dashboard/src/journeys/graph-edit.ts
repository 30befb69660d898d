import type { JourneyGraph, JourneyNode, NodeKind } from "./wire.ts";

/** A way out of a node: where it starts, which of its ways it is, where it leads. */
export interface Way {
  readonly from: string;
  /** "start" (of the journey), "next", "on_timeout", "otherwise", "case:0" … */
  readonly slot: string;
  readonly to: string;
}

/** The journey's entry is drawn as a node but is none of its nodes. */
export const ENTRY = "entry";

export function waysOut(id: string, node: JourneyNode): Way[] {
  switch (node.kind) {
    case "wait":
    case "send":
      return [{ from: id, slot: "next", to: node.next }];
    case "wait_event":
      return [
        { from: id, slot: "next", to: node.next },
        { from: id, slot: "on_timeout", to: node.on_timeout },
      ];
    case "branch":
      return [
        ...node.cases.map((one, index) => ({ from: id, slot: `case:${index}`, to: one.next })),
        { from: id, slot: "otherwise", to: node.otherwise },
      ];
    case "exit":
      return [];
  }
}

export function waysOf(graph: JourneyGraph): Way[] {
  const inner = Object.entries(graph.nodes).flatMap(([id, node]) => waysOut(id, node));
  return [{ from: ENTRY, slot: "start", to: graph.start }, ...inner];
}

export function retarget(graph: JourneyGraph, way: Pick<Way, "from" | "slot">, to: string): JourneyGraph {
  if (way.from === ENTRY) return { ...graph, start: to };
  const node = graph.nodes[way.from];
  return node ? updateNode(graph, way.from, lead(node, way.slot, to)) : graph;
}

function lead(node: JourneyNode, slot: string, to: string): JourneyNode {
  switch (node.kind) {
    case "wait":
    case "send":
      return { ...node, next: to };
    case "wait_event":
      return slot === "next" ? { ...node, next: to } : { ...node, on_timeout: to };
    case "branch": {
      if (slot === "otherwise") return { ...node, otherwise: to };
      const index = Number(slot.slice("case:".length));
      return { ...node, cases: node.cases.map((one, at) => (at === index ? { ...one, next: to } : one)) };
    }
    case "exit":
      return node;
  }
}

export function updateNode(graph: JourneyGraph, id: string, node: JourneyNode): JourneyGraph {
  return { ...graph, nodes: { ...graph.nodes, [id]: node } };
}

/** Puts a new node on a way: what came after comes after it now. Its other ways lead to an exit of their own. */
export function insertOn(graph: JourneyGraph, way: Way, kind: NodeKind): { graph: JourneyGraph; id: string } {
  const id = freshId(graph, kind);
  const exitId = freshId({ ...graph, nodes: { ...graph.nodes, [id]: { kind: "exit" } } }, "exit");
  const added = withNewNode(graph, id, exitId, kind, way.to);
  return { graph: prune(retarget(added, way, id)), id };
}

function withNewNode(graph: JourneyGraph, id: string, exitId: string, kind: NodeKind, next: string): JourneyGraph {
  const put = (node: JourneyNode, needsExit = false): JourneyGraph => ({
    ...graph,
    nodes: { ...graph.nodes, [id]: node, ...(needsExit ? { [exitId]: { kind: "exit" } as const } : {}) },
  });
  switch (kind) {
    case "wait":
      return put({ kind, duration: "P1D", next });
    case "wait_event":
      return put({ kind, event: "Order Completed", timeout: "P1D", next: exitId, on_timeout: next }, true);
    case "branch":
      return put(
        { kind, cases: [{ condition: { computed: "orders", op: "gte", value: 1 }, next }], otherwise: exitId },
        true,
      );
    case "send":
      return put({ kind, template_id: "", channel: "email", next });
    case "exit":
      return put({ kind });
  }
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

/** Where most people go on from a node: past a wait for an event by its timeout, past a branch by its first case. */
function mainWay(node: Exclude<JourneyNode, { kind: "exit" }>): string {
  if (node.kind === "wait_event") return node.on_timeout;
  return node.kind === "branch" ? (node.cases[0]?.next ?? node.otherwise) : node.next;
}

export function addCase(graph: JourneyGraph, id: string): JourneyGraph {
  const node = graph.nodes[id];
  if (node?.kind !== "branch") return graph;
  const exitId = freshId(graph, "exit");
  const branch: JourneyNode = {
    ...node,
    cases: [...node.cases, { condition: { computed: "orders", op: "gte", value: 1 }, next: exitId }],
  };
  return { ...graph, nodes: { ...graph.nodes, [id]: branch, [exitId]: { kind: "exit" } } };
}

export function removeCase(graph: JourneyGraph, id: string, index: number): JourneyGraph {
  const node = graph.nodes[id];
  if (node?.kind !== "branch" || node.cases.length < 2) return graph;
  return prune(updateNode(graph, id, { ...node, cases: node.cases.filter((_, at) => at !== index) }));
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

function freshId(graph: JourneyGraph, kind: NodeKind): string {
  for (let number = 1; ; number++) {
    const id = `${kind}_${number}`;
    if (!(id in graph.nodes) && id !== ENTRY) return id;
  }
}

/** What stands between this draft and its publishing, by node. */
export function findUnfinished(graph: JourneyGraph): string[] {
  const entry = graph.entry.kind === "segment" ? graph.entry.segment_id : graph.entry.event;
  const nodes = Object.entries(graph.nodes).flatMap(([id, node]) => {
    if (node.kind === "send" && node.template_id === "") return [id];
    return node.kind === "wait_event" && node.event === "" ? [id] : [];
  });
  return entry === "" ? [ENTRY, ...nodes] : nodes;
}
