import type { DidCondition, EdgeTest } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, NEVER, type Verdict } from "./event-predicate.ts";
import { checkedWindowMs, instantOf } from "./times.ts";

/** "Last order within 7 days", "first visit before March". The state is one time. Nobody without such an event. */
export function edgePredicate(condition: DidCondition, which: "first" | "last", test: EdgeTest): EventPredicate {
  const isWindow = test.op === "within_last" || test.op === "not_within_last";
  const bound = isWindow ? checkedWindowMs(test.value) : (instantOf(test.value) ?? 0);
  return {
    key: canonical({ kind: which, filter: filterKey(condition), op: test.op, bound }),
    names: [condition.did],
    of: (event) => (matches(condition, event) ? event.at : null),
    empty: which === "first" ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER,
    combine: (a, b) => (which === "first" ? Math.min(a as number, b as number) : Math.max(a as number, b as number)),
    evaluate: (state, now) => (state === undefined ? NEVER : evaluateEdge(state as number, test.op, bound, now)),
  };
}

function evaluateEdge(at: number, op: EdgeTest["op"], bound: number, now: number): Verdict {
  if (op === "before") return { holds: at < bound, until: null };
  if (op === "after") return { holds: at > bound, until: null };
  const isInside = at > now - bound;
  return { holds: isInside === (op === "within_last"), until: isInside ? at + bound : null };
}
