import type { Json } from "../../platform/json.ts";
import type { DidCondition, NumberTest } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { periodKey, totalDuring } from "./during.ts";
import { filterKey, matches } from "./event-filter.ts";
import type { EventPredicate, PastEvent, Verdict } from "./event-predicate.ts";
import { combineSeries, type Item } from "./series.ts";
import { checkedWindowMs } from "./times.ts";
import { evaluateTotal, totalKind } from "./total.ts";
import { compares } from "./values.ts";

/** So many times are rewritten with every event without harm; more are kept as a series. */
const MOST_TIMES = 256;

const AT_LEAST_ONCE: NumberTest = { op: "gte", value: 1 };

/**
 * "Three orders in 30 days". With a window the state is the newest k times (k = what the test can tell apart, ascending);
 * without one it is the number of events.
 */
export function countPredicate(condition: DidCondition): EventPredicate {
  const test = condition.count ?? AT_LEAST_ONCE;
  const window = condition.within === undefined ? null : checkedWindowMs(condition.within);
  const key = canonical({ kind: "count", filter: filterKey(condition), test, window, ...periodKey(condition) });
  const base = { key, names: [condition.did] };
  if (condition.during !== undefined) {
    const of = (event: PastEvent) => (matches(condition, event) ? 1 : null);
    return { ...base, ...totalDuring(condition, { of, op: test.op, bound: test.value }) };
  }
  if (window === null) {
    return {
      ...base,
      of: (event) => (matches(condition, event) ? 1 : null),
      empty: 0,
      combine: (a, b) => (a as number) + (b as number),
      evaluate: (state) => ({ holds: compares((state as number | undefined) ?? 0, test.op, test.value), until: null }),
    };
  }
  const kept = keptTimes(test);
  if (kept > MOST_TIMES) return { ...base, ...countedSeries(condition, test, window, kept) };
  return {
    ...base,
    of: (event) => (matches(condition, event) ? [event.at] : null),
    empty: [],
    combine: (a, b) => newestTimes(a, b, kept),
    evaluate: (state, now) => evaluateTimes((state as number[] | undefined) ?? [], test, window, now),
  };
}

/** Each event is one; History gives bare times. */
function countedSeries(
  condition: DidCondition,
  { op, value }: NumberTest,
  window: number,
  kept: number,
): Omit<EventPredicate, "key" | "names"> {
  const series = totalKind(window, kept);
  const read = (state: Json) => (state as unknown as (Item | number)[]).map(asItem);
  return {
    series,
    of: (event) => (matches(condition, event) ? [[event.at, 1]] : null),
    empty: [],
    combine: (a, b) => combineSeries(read(a), read(b), series) as unknown as Json,
    evaluate: (state, now) => evaluateTotal(read(state ?? []), { op, bound: value, window }, now),
  };
}

function asItem(given: Item | number): Item {
  return typeof given === "number" ? [given, 1] : given;
}

/** How many newest times decide the test: more than these cannot change the answer. */
export function keptTimes(test: NumberTest): number {
  return test.op === "gte" || test.op === "lt" ? Math.max(test.value, 1) : test.value + 1;
}

function newestTimes(a: Json, b: Json, kept: number): Json {
  return [...(a as number[]), ...(b as number[])].sort((x, y) => x - y).slice(-kept);
}

function evaluateTimes(times: readonly number[], test: NumberTest, window: number, now: number): Verdict {
  const inside = times.filter((time) => time > now - window);
  const holds = compares(inside.length, test.op, test.value);
  // The times leave one by one; the first leaving that turns the answer is the horizon. Equal times leave together.
  for (let left = 1; left <= inside.length; left++) {
    const gone = inside[left - 1] ?? 0;
    if (inside[left] === gone) continue;
    if (compares(inside.length - left, test.op, test.value) !== holds) return { holds, until: gone + window };
  }
  return { holds, until: null };
}
