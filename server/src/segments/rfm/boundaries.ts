import type { Condition, EventFilter } from "../contracts.ts";
import { type AxisScores, RFM_GROUPS, type RfmCondition, type Score } from "./groups.ts";

export const ORDER = "Order Completed";
/** Whoever has not ordered for longer has no score at all. */
export const WINDOW_DAYS = 365;
const WINDOW = `P${WINDOW_DAYS}D`;

/**
 * What divides the scores, four values each, for scores 2 to 5. A score counts how many of them a person is beyond, and
 * one: they are the values of the people at whole fifths of the ranking, so that a fifth (up to ties) has each score.
 * Whoever is exactly at a boundary is not beyond it: equal people have equal scores, the lower one.
 */
export interface Boundaries {
  /** Days since the last order: fewer are better. */
  readonly recency: readonly number[];
  /** Orders within the window: more are better. */
  readonly frequency: readonly number[];
  /** Revenue within the window, each currency by itself: the best score counts. Null: orders that name no currency. */
  readonly monetary: readonly { readonly currency: string | null; readonly amounts: readonly number[] }[];
}

/** Orders in one currency, as conditions name them. */
export function ordersIn(currency: string | null): EventFilter {
  const test =
    currency === null
      ? ({ property: "currency", op: "not_exists" } as const)
      : ({ property: "currency", op: "is", value: currency } as const);
  return { did: ORDER, where: [test] };
}

/** A condition that holds for nobody. */
const NOBODY: Condition = { any: [] };

/** Writes a condition on scores out with the boundaries in force. Before there are any, nobody has a score. */
export function expandRfm({ rfm }: RfmCondition, boundaries: Boundaries | null): Condition {
  if (boundaries === null) return NOBODY;
  const asked: AxisScores = typeof rfm === "string" ? RFM_GROUPS[rfm] : rfm;
  const { recency = ALL, frequency = ALL, monetary = ALL } = asked;
  return {
    all: [
      // Score 1 and above: whoever has ordered within the window. It stands in every condition on scores.
      bands(recency, (score) => orderedWithin(score === 1 ? WINDOW_DAYS : (boundaries.recency[score - 2] ?? 0))),
      ...(isAny(frequency) ? [] : [bands(frequency, (score) => orderedOften(score, boundaries))]),
      ...(isAny(monetary) ? [] : [bands(monetary, (score) => spentMuch(score, boundaries))]),
    ],
  };
}

const ALL: readonly Score[] = [1, 2, 3, 4, 5];

function isAny(scores: readonly Score[]): boolean {
  return new Set(scores).size === ALL.length;
}

/** Any of the scores, where `atLeast` says what a score and all above it have in common. */
function bands(scores: readonly Score[], atLeast: (score: Score) => Condition | null): Condition {
  const wanted = new Set(scores);
  const runs: Condition[] = [];
  for (const from of ALL) {
    if (!wanted.has(from) || wanted.has((from - 1) as Score)) continue;
    const above = ALL.find((score) => score > from && !wanted.has(score));
    const low = atLeast(from);
    const high = above === undefined ? null : atLeast(above);
    const parts = [...(low ? [low] : []), ...(high ? [{ not: high }] : [])];
    runs.push(parts.length === 1 && parts[0] ? parts[0] : { all: parts });
  }
  return runs.length === 1 && runs[0] ? runs[0] : { any: runs };
}

function orderedWithin(days: number): Condition {
  return days === 0 ? NOBODY : { did: ORDER, last: { op: "within_last", value: `P${days}D` } };
}

function orderedOften(score: Score, { frequency }: Boundaries): Condition | null {
  if (score === 1) return null;
  return { did: ORDER, count: { op: "gt", value: frequency[score - 2] ?? 0 }, within: WINDOW };
}

function spentMuch(score: Score, { monetary }: Boundaries): Condition | null {
  if (score === 1) return null;
  const ways = monetary.map(({ currency, amounts }) => ({
    ...ordersIn(currency),
    sum: { property: "revenue", op: "gt" as const, value: amounts[score - 2] ?? 0 },
    within: WINDOW,
  }));
  return ways.length === 0 ? NOBODY : { any: ways };
}
