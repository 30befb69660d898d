import type { Graph } from "../contracts.ts";

const REFERENCE = /^@(template|segment|list):([a-z0-9][a-z0-9-]*)$/;

/** A graph of a file with other names for what it refers to; `named` is asked for every text of the graph. */
export function renamed(graph: unknown, named: (text: string) => string): unknown {
  if (typeof graph === "string") return named(graph);
  if (Array.isArray(graph)) return graph.map((one) => renamed(one, named));
  if (typeof graph !== "object" || graph === null) return graph;
  return Object.fromEntries(Object.entries(graph).map(([key, value]) => [key, renamed(value, named)]));
}

/** `@template:cart` as its parts; null for any other text. */
export function readReference(text: string): { kind: "template" | "segment" | "list"; key: string } | null {
  const found = REFERENCE.exec(text);
  return found ? { kind: found[1] as "template" | "segment" | "list", key: found[2] ?? "" } : null;
}

/**
 * The references of a file's graph as ids that a graph may hold, each always the same, and the way back; for trying a
 * file out without taking it in.
 */
export function withPlaceholders(graph: unknown): { graph: Graph; referenceOf: (id: string) => string } {
  const ids = new Map<string, string>();
  const made = renamed(graph, (text) => {
    if (!readReference(text)) return text;
    const id = ids.get(text) ?? `00000000-0000-7000-9000-${String(ids.size + 1).padStart(12, "0")}`;
    ids.set(text, id);
    return id;
  });
  const back = new Map([...ids].map(([text, id]) => [id, text]));
  return { graph: made as Graph, referenceOf: (id) => back.get(id) ?? id };
}
