import type { DidCondition, Leaf } from "../../../server/src/segments/contracts.ts";

export const LEAF_KINDS = [
  "did",
  "trait",
  "computed",
  "not_followed_by",
  "sequence",
  "consent",
  "in_segment",
  "near",
] as const;
export type LeafKind = (typeof LEAF_KINDS)[number];

/** Which form edits a sentence; null: none does, it is shown as JSON. */
export function kindOf(leaf: Leaf): LeafKind | null {
  if ("not_followed_by" in leaf) return "not_followed_by";
  return LEAF_KINDS.find((kind) => kind in leaf) ?? null;
}

/** The sentence a person starts from after choosing its kind. */
export function blankLeaf(kind: LeafKind): Leaf {
  switch (kind) {
    case "did":
      return { did: "", within: "P30D" };
    case "trait":
      return { trait: "", op: "is", value: "" };
    case "computed":
      return { computed: "orders", op: "gte", value: 1 };
    case "not_followed_by":
      return { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" };
    case "sequence":
      return { sequence: [{ did: "" }, { did: "" }], within: "P7D" };
    case "consent":
      return { consent: "email", state: "granted" };
    case "in_segment":
      return { in_segment: "" };
    case "near":
      return { near: { lat: 38.42, lon: 27.14, km: 25 } };
  }
}

export const MEASURES = ["once", "never", "count", "sum", "last", "first"] as const;
export type Measure = (typeof MEASURES)[number];

export function measureOf(leaf: DidCondition): Measure {
  if (leaf.sum) return "sum";
  if (leaf.last) return "last";
  if (leaf.first) return "first";
  if (!leaf.count) return "once";
  return leaf.count.op === "eq" && leaf.count.value === 0 ? "never" : "count";
}

/** The same event looked at in another way; what does not belong to the new way is dropped. */
export function withMeasure(leaf: DidCondition, measure: Measure): DidCondition {
  const { count: _count, sum: _sum, last: _last, first: _first, within, ...event } = leaf;
  const window = within === undefined ? {} : { within };
  switch (measure) {
    case "once":
      return { ...event, ...window };
    case "never":
      return { ...event, ...window, count: { op: "eq", value: 0 } };
    case "count":
      return { ...event, ...window, count: { op: "gte", value: 2 } };
    case "sum":
      return { ...event, ...window, sum: { property: "revenue", op: "gte", value: 100 } };
    case "last":
    case "first":
      // First and last look at the whole history; their window is their own value.
      return { ...event, [measure]: { op: "within_last", value: within ?? "P7D" } };
  }
}
