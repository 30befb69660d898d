import type { Json } from "../../platform/json.ts";
import type { Condition, DidCondition, Leaf } from "../contracts.ts";
import { countPredicate } from "./count.ts";
import { edgePredicate } from "./edge.ts";
import type { EventPredicate, Verdict } from "./event-predicate.ts";
import { moreOftenPredicate } from "./more-often.ts";
import { notFollowedPredicate } from "./not-followed.ts";
import {
  computedPredicate,
  consentPredicate,
  type Facts,
  listPredicate,
  nearPredicate,
  type ProfilePredicate,
  randomPredicate,
  traitPredicate,
} from "./profile-predicate.ts";
import { sequencePredicate } from "./sequence.ts";
import { sumPredicate } from "./sum.ts";

/** A definition ready to be asked. Segments inside segments have been replaced by their definitions before. */
export type Tree =
  | { readonly kind: "all" | "any"; readonly children: readonly Tree[] }
  | { readonly kind: "not"; readonly child: Tree }
  | { readonly kind: "event"; readonly predicate: EventPredicate }
  | { readonly kind: "profile"; readonly predicate: ProfilePredicate };

/** One person at the moment of asking. `stateOf` gives the state kept under a predicate's key. */
export interface Person {
  readonly facts: Facts;
  readonly lists: ReadonlySet<string>;
  stateOf(key: string): Json | undefined;
}

export function compileTree(condition: Condition): Tree {
  if ("all" in condition) return { kind: "all", children: condition.all.map(compileTree) };
  if ("any" in condition) return { kind: "any", children: condition.any.map(compileTree) };
  if ("not" in condition) return { kind: "not", child: compileTree(condition.not) };
  return compileLeaf(condition);
}

function compileLeaf(leaf: Leaf): Tree {
  if ("trait" in leaf) return { kind: "profile", predicate: traitPredicate(leaf) };
  if ("computed" in leaf) return { kind: "profile", predicate: computedPredicate(leaf) };
  if ("near" in leaf) return { kind: "profile", predicate: nearPredicate(leaf) };
  if ("random" in leaf) return { kind: "profile", predicate: randomPredicate(leaf) };
  if ("consent" in leaf) return { kind: "profile", predicate: consentPredicate(leaf) };
  if ("in_list" in leaf) return { kind: "profile", predicate: listPredicate(leaf) };
  if ("sequence" in leaf) return { kind: "event", predicate: sequencePredicate(leaf) };
  if ("not_followed_by" in leaf) return { kind: "event", predicate: notFollowedPredicate(leaf) };
  if ("more_often_than" in leaf) return { kind: "event", predicate: moreOftenPredicate(leaf) };
  if ("did" in leaf) return { kind: "event", predicate: didPredicate(leaf) };
  throw new TypeError("a definition must be written out before it is compiled");
}

function didPredicate(leaf: DidCondition): EventPredicate {
  if (leaf.sum) return sumPredicate({ ...leaf, sum: leaf.sum });
  if (leaf.first) return edgePredicate(leaf, "first", leaf.first);
  if (leaf.last) return edgePredicate(leaf, "last", leaf.last);
  return countPredicate(leaf);
}

/**
 * Whether the tree holds for a person now, and the earliest moment (ms) at which the whole answer might change by time
 * alone: a true `all` holds as long as its first child to turn, a false one at least as long as its last false child.
 */
export function evaluateTree(tree: Tree, person: Person, now: number): Verdict {
  switch (tree.kind) {
    case "event":
      return tree.predicate.evaluate(person.stateOf(tree.predicate.key), now);
    case "profile":
      return tree.predicate.evaluate(person.facts, person.lists, now);
    case "not": {
      const verdict = evaluateTree(tree.child, person, now);
      return { holds: !verdict.holds, until: verdict.until };
    }
    default:
      return combine(tree, person, now);
  }
}

function combine(tree: { kind: "all" | "any"; children: readonly Tree[] }, person: Person, now: number): Verdict {
  const neutral = tree.kind === "all";
  let unlikeUntil: number | undefined;
  let likeUntil: number | null = null;
  for (const child of tree.children) {
    const { holds, until } = evaluateTree(child, person, now);
    if (holds === neutral) likeUntil = earliest(likeUntil, until);
    else if (until === null) return { holds, until };
    else unlikeUntil = Math.max(unlikeUntil ?? until, until);
  }
  return unlikeUntil === undefined ? { holds: neutral, until: likeUntil } : { holds: !neutral, until: unlikeUntil };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Every leaf of the tree, left to right. */
export function leavesOf(tree: Tree): (Extract<Tree, { kind: "event" }> | Extract<Tree, { kind: "profile" }>)[] {
  switch (tree.kind) {
    case "all":
    case "any":
      return tree.children.flatMap(leavesOf);
    case "not":
      return leavesOf(tree.child);
    default:
      return [tree];
  }
}
