import type { CountOp, DidCondition, EdgeTest, EventFilter, Leaf } from "../contracts.ts";
import { spanOf, zoneOf } from "../predicates/calendar.ts";
import { canonical } from "../predicates/canonical.ts";
import { channelsOf } from "../predicates/event-filter.ts";
import { checkedWindowMs } from "../predicates/times.ts";

type Window = Pick<DidCondition, "within" | "during" | "zone">;

/** How often something was done in a window: at least `least` and at most `most` times. */
export interface CountClaim {
  readonly filter: EventFilter;
  readonly window: Window;
  readonly least: number;
  readonly most: number;
}

/** What a leaf that holds (or, with `holds` false, does not) says about numbers of events. Never more than it does say. */
export function countClaims(leaf: Leaf, holds: boolean): CountClaim[] {
  if ("sequence" in leaf) return holds ? leaf.sequence.map((step) => atLeastOnce(step, { within: leaf.within })) : [];
  if ("not_followed_by" in leaf) {
    const quiet = [leaf, ...leaf.not_followed_by.map((did) => ({ did }))];
    return holds ? [atLeastOnce(leaf), ...quiet.map((filter) => never(filter, { within: leaf.for }))] : [];
  }
  if ("more_often_than" in leaf) return holds ? [atLeastOnce(leaf)] : [];
  if (!("did" in leaf) || leaf.sum) return [];
  const edge = leaf.first ?? leaf.last;
  if (edge) return edgeClaims(leaf, leaf.first ? "first" : "last", edge, holds);
  const { op, value } = leaf.count ?? { op: "gte" as const, value: 1 };
  const range = holds ? rangeOf(op, value) : complement(op, value);
  return range ? [{ filter: leaf, window: leaf, ...range }] : [];
}

function edgeClaims(leaf: DidCondition, which: "first" | "last", edge: EdgeTest, holds: boolean): CountClaim[] {
  if (edge.op === "within_last" && !holds) return which === "last" ? [never(leaf, { within: edge.value })] : [];
  if (!holds) return [];
  const ever = atLeastOnce(leaf);
  if (edge.op === "within_last") return [ever, atLeastOnce(leaf, { within: edge.value })];
  if (edge.op === "not_within_last" && which === "last") return [ever, never(leaf, { within: edge.value })];
  if (edge.op === "during") return [ever, atLeastOnce(leaf, { during: edge.value, zone: leaf.zone })];
  return [ever];
}

function atLeastOnce(filter: EventFilter, window: Window = {}): CountClaim {
  return { filter, window, least: 1, most: Infinity };
}

function never(filter: EventFilter, window: Window): CountClaim {
  return { filter, window, least: 0, most: 0 };
}

function rangeOf(op: CountOp, value: number): { least: number; most: number } {
  switch (op) {
    case "gte":
      return { least: value, most: Infinity };
    case "gt":
      return { least: value + 1, most: Infinity };
    case "lte":
      return { least: 0, most: value };
    case "lt":
      return { least: 0, most: value - 1 };
    case "eq":
      return { least: value, most: value };
  }
}

const OPPOSITE = { gte: "lt", gt: "lte", lte: "gt", lt: "gte" } as const;

/** Of "not exactly 3" nothing is left that could be told. */
function complement(op: CountOp, value: number): { least: number; most: number } | null {
  if (op === "eq") return value === 0 ? { least: 1, most: Infinity } : null;
  return rangeOf(OPPOSITE[op], value);
}

/** Whether two claims cannot both be true: more of the narrower than there are of the wider. */
export function areCountsApart(a: CountClaim, b: CountClaim): boolean {
  return isMoreThan(a, b) || isMoreThan(b, a);
}

function isMoreThan(some: CountClaim, few: CountClaim): boolean {
  return some.least > few.most && isNarrower(some.filter, few.filter) && isInside(some.window, few.window);
}

/** Whether whatever passes `a` passes `b` too. */
function isNarrower(a: EventFilter, b: EventFilter): boolean {
  if (a.did !== b.did) return false;
  const [own, wider] = [channelsOf(a), channelsOf(b)];
  if (wider !== null && (own === null || own.some((channel) => !wider.includes(channel)))) return false;
  const tests = new Set((a.where ?? []).map(canonical));
  return (b.where ?? []).every((test) => tests.has(canonical(test)));
}

/** Words of which one always lies in the others. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  today: ["this_week", "this_month", "this_quarter", "this_year"],
  this_month: ["this_quarter", "this_year"],
  this_quarter: ["this_year"],
};

function isInside(a: Window, b: Window): boolean {
  if (b.within === undefined && b.during === undefined) return true;
  if (b.within !== undefined) return a.within !== undefined && checkedWindowMs(a.within) <= checkedWindowMs(b.within);
  if (a.during === undefined || b.during === undefined) return false;
  if (typeof a.during === "string" || typeof b.during === "string")
    return (
      zoneOf(a) === zoneOf(b) &&
      (a.during === b.during || INSIDE[String(a.during)]?.includes(String(b.during)) === true)
    );
  const [own, wider] = [spanOf(a.during, zoneOf(a), 0), spanOf(b.during, zoneOf(b), 0)];
  return own.from >= wider.from && own.to <= wider.to;
}
