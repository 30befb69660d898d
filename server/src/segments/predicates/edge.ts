import type { DidCondition, EdgeTest } from "../contracts.ts";
import { zoneOf } from "./calendar.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, NEVER, type Verdict } from "./event-predicate.ts";
import { duringNow } from "./relative.ts";
import { checkedWindowMs, instantOf } from "./times.ts";

/** "Last order within 7 days", "first visit before March". The state is one time. Nobody without such an event. */
export function edgePredicate(condition: DidCondition, which: "first" | "last", test: EdgeTest): EventPredicate {
  const zone = zoneOf(condition);
  const meaning = test.op === "during" ? { during: test.value, zone } : { op: test.op, bound: boundOf(test) };
  return {
    key: canonical({ kind: which, filter: filterKey(condition), ...meaning }),
    names: [condition.did],
    of: (event) => (matches(condition, event) ? event.at : null),
    empty: which === "first" ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER,
    combine: (a, b) => (which === "first" ? Math.min(a as number, b as number) : Math.max(a as number, b as number)),
    evaluate(state, now) {
      if (state === undefined) return NEVER;
      if (test.op === "during") return duringNow([state as number], test.value, zone, now);
      return evaluateEdge(state as number, test.op, boundOf(test), now);
    },
  };
}

type Compared = Exclude<EdgeTest, { op: "during" }>;

/** The length of the window in ms, or the instant beside which the time has to lie. */
export function boundOf(test: Compared): number {
  const isWindow = test.op === "within_last" || test.op === "not_within_last";
  return isWindow ? checkedWindowMs(test.value) : (instantOf(test.value) ?? 0);
}

function evaluateEdge(at: number, op: Compared["op"], bound: number, now: number): Verdict {
  if (op === "before") return { holds: at < bound, until: null };
  if (op === "after") return { holds: at > bound, until: null };
  const isInside = at > now - bound;
  return { holds: isInside === (op === "within_last"), until: isInside ? at + bound : null };
}
