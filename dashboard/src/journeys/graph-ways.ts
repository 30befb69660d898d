import { type Fields, isFields } from "../segments/sentences/checks.ts";
import type { JourneyGraph, JourneyNode, NodeKind } from "./wire.ts";

/** A way out of a node: where it starts, which of its ways it is, where it leads. */
export interface Way {
  readonly from: string;
  /** The path in the node, as the server names it: "next", "cases.0.next" …; "entry" for the journey's start. */
  readonly slot: string;
  readonly to: string;
}

/** The journey's entry is drawn as a node but is none of its nodes: no node can have this id. */
export const ENTRY = "/entry";

const BEFORE = ["cases", "ways", "variants"] as const;
const PLAIN = ["next", "on_timeout", "on_failure", "on_late", "otherwise"] as const;

/** Ways that a node of its kind must have: one that is not written leads nowhere. */
const MUST: Readonly<Record<NodeKind, readonly string[]>> = {
  wait: ["next"],
  wait_until: ["next"],
  wait_date: ["next", "otherwise"],
  wait_event: ["next", "on_timeout"],
  best_hour: ["next"],
  branch: ["otherwise"],
  split: [],
  experiment: [],
  send: ["next"],
  webhook: ["next", "on_failure"],
  update_trait: ["next"],
  list: ["next"],
  ad_audience: ["next"],
  enter_journey: ["next"],
  exit: [],
};

/** The ways out of any node, also of kinds that only a server knows: each names a node under a key that says so. */
export function waysOut(id: string, node: JourneyNode): Way[] {
  const fields = node as Fields;
  const ways: Way[] = [];
  const add = (slot: string, to: unknown) => ways.push({ from: id, slot, to: typeof to === "string" ? to : "" });
  for (const key of BEFORE) {
    const many = fields[key];
    if (!Array.isArray(many)) continue;
    for (const [index, one] of many.entries()) if (isFields(one)) add(`${key}.${index}.next`, one.next);
  }
  if (isFields(fields.holdout)) add("holdout.next", fields.holdout.next);
  const must = Object.hasOwn(MUST, node.kind) ? MUST[node.kind] : [];
  for (const key of PLAIN) if (typeof fields[key] === "string" || must.includes(key)) add(key, fields[key]);
  return ways;
}

/** The node of that id; ids such as `constructor` are nothing but ids. */
export function nodeAt(graph: JourneyGraph, id: string): JourneyNode | undefined {
  return Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
}

export function waysOf(graph: JourneyGraph): Way[] {
  const inner = Object.entries(graph.nodes).flatMap(([id, node]) => waysOut(id, node));
  return [{ from: ENTRY, slot: "entry", to: graph.start }, ...inner];
}

/** The node with one of its ways leading elsewhere. */
export function lead(node: JourneyNode, slot: string, to: string): JourneyNode {
  const [head = "", index, next] = slot.split(".");
  if (index === undefined) return { ...node, [head]: to } as JourneyNode;
  const inner = (node as Fields)[head];
  if (next === undefined) return { ...node, [head]: { ...(inner as object), next: to } } as JourneyNode;
  const many = (inner as readonly object[]).map((one, at) => (at === Number(index) ? { ...one, next: to } : one));
  return { ...node, [head]: many } as unknown as JourneyNode;
}
