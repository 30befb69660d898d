import type { Json } from "../../platform/json.ts";
import type { DidCondition } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { periodKey, totalDuring } from "./during.ts";
import { filterKey, matches } from "./event-filter.ts";
import type { EventPredicate, PastEvent } from "./event-predicate.ts";
import { combineSeries, type Series } from "./series.ts";
import { checkedWindowMs } from "./times.ts";
import { evaluateTotal, totalKind } from "./total.ts";
import { compares, SUM_SCALE, scaledOf, valuesAt } from "./values.ts";

/** "Spent 500 in 90 days". With a window the state is the series of amounts in ten-thousandths, without one the total. */
export function sumPredicate(condition: DidCondition & { sum: NonNullable<DidCondition["sum"]> }): EventPredicate {
  const { property, op, value } = condition.sum;
  const bound = Math.floor(value * SUM_SCALE + 0.5);
  const window = condition.within === undefined ? null : checkedWindowMs(condition.within);
  const key = canonical({
    kind: "sum",
    filter: filterKey(condition),
    property,
    op,
    bound,
    window,
    ...periodKey(condition),
  });
  const base = { key, names: [condition.did] };
  const amountOf = (event: PastEvent): number | null => {
    if (!matches(condition, event)) return null;
    const amounts = valuesAt(event.properties, property).map(scaledOf);
    return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  };
  if (condition.during !== undefined) return { ...base, ...totalDuring(condition, { of: amountOf, op, bound }) };
  if (window === null) {
    return {
      ...base,
      of: amountOf,
      empty: 0,
      combine: (a, b) => (a as number) + (b as number),
      evaluate: (state) => ({ holds: compares((state as number | undefined) ?? 0, op, bound), until: null }),
    };
  }
  const series = totalKind(window);
  return {
    ...base,
    series,
    of: (event) => {
      const amount = amountOf(event);
      return amount === null ? null : [[event.at, amount]];
    },
    empty: [],
    combine: (a, b) => combineSeries(a as unknown as Series, b as unknown as Series, series) as unknown as Json,
    evaluate: (state, now) => evaluateTotal((state as unknown as Series | undefined) ?? [], { op, bound, window }, now),
  };
}
