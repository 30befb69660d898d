import type { JourneyGraph, JourneyNode } from "./wire.ts";

/** A way out of a node: where it starts, which of its ways it is, where it leads. */
export interface Way {
  readonly from: string;
  /** The path in the node, as the server names it: "next", "cases.0.next" …; "entry" for the journey's start. */
  readonly slot: string;
  readonly to: string;
}

/** The journey's entry is drawn as a node but is none of its nodes. */
export const ENTRY = "entry";

const BEFORE = ["cases", "ways", "variants"] as const;
const PLAIN = ["next", "on_timeout", "on_failure", "on_late", "otherwise"] as const;

type Fields = Readonly<Record<string, unknown>>;

/** The ways out of any node, also of kinds that only a server knows: each names a node under a key that says so. */
export function waysOut(id: string, node: JourneyNode): Way[] {
  const fields = node as Fields;
  const ways: Way[] = [];
  for (const key of BEFORE) {
    const many = fields[key];
    if (!Array.isArray(many)) continue;
    many.forEach((one: { next: string }, index) => {
      ways.push({ from: id, slot: `${key}.${index}.next`, to: one.next });
    });
  }
  const held = fields.holdout as { next: string } | undefined;
  if (held) ways.push({ from: id, slot: "holdout.next", to: held.next });
  for (const key of PLAIN) {
    const to = fields[key];
    if (typeof to === "string") ways.push({ from: id, slot: key, to });
  }
  return ways;
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
