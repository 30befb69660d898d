import type { Json } from "../../platform/json.ts";
import type { DidCondition } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { periodKey, totalDuring } from "./during.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, MAX_ENTRIES, type PastEvent, type Verdict } from "./event-predicate.ts";
import { checkedWindowMs } from "./times.ts";
import { compares, SUM_SCALE, scaledOf, valuesAt } from "./values.ts";

/** [time, amount in ten-thousandths], ascending. */
type Entry = readonly [number, number];

/** "Spent 500 in 90 days". With a window the state is the window's entries, without one the total. */
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
  return {
    ...base,
    of: (event) => {
      const amount = amountOf(event);
      return amount === null ? null : [[event.at, amount]];
    },
    empty: [],
    combine: (a, b) => combineEntries(a, b, window),
    evaluate: (state, now) => evaluateEntries((state as unknown as Entry[] | undefined) ?? [], op, bound, window, now),
  };
}

function combineEntries(a: Json, b: Json, window: number): Json {
  const all = [...(a as unknown as Entry[]), ...(b as unknown as Entry[])].sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const newest = all.at(-1)?.[0] ?? 0;
  return all.filter(([at]) => at > newest - window).slice(-MAX_ENTRIES);
}

function evaluateEntries(
  entries: readonly Entry[],
  op: Parameters<typeof compares>[1],
  bound: number,
  window: number,
  now: number,
): Verdict {
  const inside = entries.filter(([at]) => at > now - window);
  let total = inside.reduce((sum, [, amount]) => sum + amount, 0);
  const holds = compares(total, op, bound);
  for (const [index, [at, amount]] of inside.entries()) {
    total -= amount;
    if (inside[index + 1]?.[0] === at) continue;
    if (compares(total, op, bound) !== holds) return { holds, until: at + window };
  }
  return { holds, until: null };
}
