import type { CountOp } from "../contracts.ts";
import type { Verdict } from "./event-predicate.ts";
import { countOf, endOf, isBlock, type Series, type SeriesKind, startOf } from "./series.ts";
import { compares } from "./values.ts";

/**
 * Amounts that are added while they are in a window of so many ms; a block's digest is its total. With `most` only that
 * many of the newest entries can change the answer.
 */
export function totalKind(window: number, most = Number.POSITIVE_INFINITY): SeriesKind {
  return {
    isOpenedAtEdge: true,
    digest: (entries) => entries.reduce((total, [, amount]) => total + amount, 0),
    join: (a, b) => (a as number) + (b as number),
    mix: (a, b) => (a as number) + (b as number),
    needed: (series, at) => series.filter(isBlock).filter((block) => block[0] <= at - window && block[1] > at - window),
    outdated(series, now) {
      let entries = most === Number.POSITIVE_INFINITY ? 0 : series.reduce((sum, item) => sum + countOf(item), 0);
      const first = series.findIndex((item) => {
        entries -= countOf(item);
        return endOf(item) > now - window && entries < most;
      });
      return first === -1 ? series.length : first;
    },
  };
}

/** The blocks that are `needed` at `now` have been opened. */
export function evaluateTotal(
  series: Series,
  test: { readonly op: CountOp; readonly bound: number; readonly window: number },
  now: number,
): Verdict {
  const inside = series.filter((item) => startOf(item) > now - test.window);
  let total = inside.reduce((sum, item) => sum + amountOf(item), 0);
  const holds = compares(total, test.op, test.bound);
  for (const [index, item] of inside.entries()) {
    // A block of more than one time does not leave as one: its entries will be asked for.
    if (startOf(item) !== endOf(item)) return { holds, until: startOf(item) + test.window };
    total -= amountOf(item);
    const next = inside[index + 1];
    if (next !== undefined && startOf(next) === startOf(item)) continue;
    if (compares(total, test.op, test.bound) !== holds) return { holds, until: startOf(item) + test.window };
  }
  return { holds, until: null };
}

function amountOf(item: Series[number]): number {
  return isBlock(item) ? (item[3] as number) : item[1];
}
