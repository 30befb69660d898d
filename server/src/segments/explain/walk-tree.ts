import type { Condition, Leaf } from "../contracts.ts";
import { evaluateTree, type Person, type Tree } from "../predicates/tree.ts";

/** One place of a definition as it stands for one person. Groups come before what is in them. */
export interface Place {
  /** As in the errors of a definition: `definition.all.0.not`. */
  readonly path: string;
  readonly depth: number;
  readonly kind: "all" | "any" | "not" | "segment" | "leaf";
  /** Of a leaf. */
  readonly leaf: Leaf | null;
  /** The segment that stands here by `in_segment`; its own conditions follow below it. */
  readonly segmentId: string | null;
  readonly holds: boolean;
  /** When that turns if nothing new happens (ms), null for never. */
  readonly changesAt: number | null;
}

/** Horizons looked over; one that turns nothing is passed, as the sweeper does. */
const MOST_STEPS = 100;

/** When the answer turns by time alone: of the horizons ahead the first at which it is another. */
export function changesAt(tree: Tree, person: Person, now: number): number | null {
  const first = evaluateTree(tree, person, now);
  let { until } = first;
  for (let step = 0; until !== null && step < MOST_STEPS; step++) {
    const next = evaluateTree(tree, person, until);
    if (next.holds !== first.holds) return until;
    until = next.until;
  }
  return null;
}

/** Every place of a definition with its answer, in reading order. `compile` makes the tree of a part of it. */
export function walkTree(
  condition: Condition,
  person: Person,
  now: number,
  compile: (part: Condition) => Tree,
  definitionOf: (segmentId: string) => Condition | undefined,
): Place[] {
  const places: Place[] = [];
  const visit = (part: Condition, path: string, depth: number): void => {
    const tree = compile(part);
    const base = {
      path,
      depth,
      holds: evaluateTree(tree, person, now).holds,
      changesAt: changesAt(tree, person, now),
    };
    const add = (kind: Place["kind"], leaf: Leaf | null = null, segmentId: string | null = null) =>
      places.push({ ...base, kind, leaf, segmentId });
    if ("all" in part || "any" in part) {
      const kind = "all" in part ? "all" : "any";
      add(kind);
      const children = "all" in part ? part.all : part.any;
      for (const [index, child] of children.entries()) visit(child, `${path}.${kind}.${index}`, depth + 1);
    } else if ("not" in part) {
      add("not");
      visit(part.not, `${path}.not`, depth + 1);
    } else if ("in_segment" in part) {
      add("segment", null, part.in_segment);
      const inner = definitionOf(part.in_segment);
      if (inner) visit(inner, `${path}.in_segment`, depth + 1);
    } else add("leaf", part);
  };
  visit(condition, "definition", 0);
  return places;
}
