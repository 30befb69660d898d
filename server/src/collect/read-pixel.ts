import type { Json } from "../platform/json.ts";

const MOST_PARAMETERS = 200;
const MOST_STEPS = 8;

type Tree = { [key: string]: Json | Tree };

/** RudderStack's pixel: an event as query parameters, dots for depth (`context.page.url=…`). The text of its JSON. */
export function eventOfQuery(query: Readonly<Record<string, unknown>>): string {
  const event: Tree = Object.create(null) as Tree;
  for (const [path, given] of Object.entries(query).slice(0, MOST_PARAMETERS)) {
    const value: unknown = Array.isArray(given) ? given[0] : given;
    const steps = path.split(".");
    if (typeof value === "string" && steps.length <= MOST_STEPS) put(event, steps, value);
  }
  return JSON.stringify(event);
}

function put(tree: Tree, steps: readonly string[], value: string): void {
  const [step = "", ...rest] = steps;
  if (rest.length === 0) {
    tree[step] = value;
    return;
  }
  const below = tree[step];
  const isTree = typeof below === "object" && below !== null && !Array.isArray(below);
  const branch: Tree = isTree ? (below as Tree) : (Object.create(null) as Tree);
  tree[step] = branch;
  put(branch, rest, value);
}

/** Segment's pixel: the event's JSON in base64, of either alphabet. */
export function eventOfData(data: unknown): string {
  return typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : "";
}
