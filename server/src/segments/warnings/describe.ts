import type { DidCondition, EdgeTest, Leaf, PropertyTest, Scalar } from "../contracts.ts";
import type { Literal } from "./claims.ts";

const WORDS: Readonly<Record<string, string>> = {
  is: "is",
  is_not: "is not",
  in: "is one of",
  not_in: "is none of",
  contains: "contains",
  starts_with: "starts with",
  exists: "has a value",
  not_exists: "has no value",
  gt: "is more than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  eq: "is exactly",
  before: "is before",
  after: "is after",
  within_last: "is within the last",
  not_within_last: "is not within the last",
  within_next: "is within the next",
  anniversary_within: "comes round within",
  during: "is in",
};

/** A condition in a few words, to be recognised in a warning. */
export function describeLiteral({ leaf, holds }: Literal): string {
  const text = describe(leaf);
  return holds ? `“${text}”` : `not “${text}”`;
}

export function describeTest(given: PropertyTest): string {
  return `“${test(given.property, given)}”`;
}

function describe(leaf: Leaf): string {
  if ("trait" in leaf) return test(leaf.trait, leaf);
  if ("computed" in leaf) return test(leaf.computed, leaf);
  if ("consent" in leaf) return `${leaf.consent} consent is ${leaf.state}`;
  if ("near" in leaf) return `within ${leaf.near.km} km`;
  if ("random" in leaf) return `random ${leaf.random.percent} % of ${leaf.random.seed}`;
  if ("sequence" in leaf) return leaf.sequence.map(({ did }) => did).join(", then ");
  if ("not_followed_by" in leaf) return `${leaf.did} not followed by ${leaf.not_followed_by.join(" or ")}`;
  if ("more_often_than" in leaf) return `${leaf.did} more often than ${leaf.more_often_than.did}`;
  if ("did" in leaf) return did(leaf);
  if ("in_segment" in leaf) return "in the segment";
  if ("in_list" in leaf) return "on the list";
  return "the condition";
}

function did(leaf: DidCondition): string {
  const edge = leaf.first ?? leaf.last;
  if (edge) return `${leaf.first ? "first" : "last"} ${test(leaf.did, edge)}`;
  const span = leaf.within ? ` in ${leaf.within}` : leaf.during ? ` in ${said(leaf.during)}` : "";
  if (leaf.sum) return `${leaf.sum.property} of ${leaf.did}${span} ${WORDS[leaf.sum.op]} ${leaf.sum.value}`;
  return leaf.count ? `number of ${leaf.did}${span} ${WORDS[leaf.count.op]} ${leaf.count.value}` : `${leaf.did}${span}`;
}

function test(name: string, given: { readonly op: string; readonly value?: unknown } | EdgeTest): string {
  return [name, WORDS[given.op] ?? given.op, said(given.value)].filter((part) => part !== "").join(" ");
}

const MOST_SAID = 3;

function said(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value))
    return `${value.slice(0, MOST_SAID).map(said).join(", ")}${value.length > MOST_SAID ? " …" : ""}`;
  if (typeof value === "object" && value !== null && "from" in value && "until" in value)
    return `${String(value.from)} until ${String(value.until)}`;
  return String(value as Scalar)
    .replaceAll("_", " ")
    .slice(0, 60);
}
