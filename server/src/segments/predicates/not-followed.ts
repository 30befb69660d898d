import type { NotFollowedCondition } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, NEVER } from "./event-predicate.ts";
import { checkedWindowMs } from "./times.ts";

/** [the latest such event, the latest of those that end it]; null for none. */
type State = readonly [number | null, number | null];

/**
 * "Cart with no order for an hour". An ending event at the very same instant counts as having followed: tills and
 * imports stamp a whole purchase with one time, and a reminder to somebody who bought is the worse mistake.
 */
export function notFollowedPredicate(condition: NotFollowedCondition): EventPredicate {
  const age = checkedWindowMs(condition.for);
  const enders = [...new Set(condition.not_followed_by)].sort();
  return {
    key: canonical({ kind: "not_followed", filter: filterKey(condition), enders, age }),
    names: [...new Set([condition.did, ...enders])],
    of(event) {
      const begins = matches(condition, event) ? event.at : null;
      const ends = enders.includes(event.name) ? event.at : null;
      return begins === null && ends === null ? null : [begins, ends];
    },
    empty: [null, null],
    combine: (a, b) => [latest((a as State)[0], (b as State)[0]), latest((a as State)[1], (b as State)[1])],
    evaluate(state, now) {
      const [begun, ended] = (state as State | undefined) ?? [null, null];
      if (begun === null || (ended !== null && ended >= begun)) return NEVER;
      return now >= begun + age ? { holds: true, until: null } : { holds: false, until: begun + age };
    },
  };
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
