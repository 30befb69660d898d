import type { MoreOftenCondition } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import type { EventPredicate } from "./event-predicate.ts";

/** "Entered more often than left". The state is by how much; no time changes it. */
export function moreOftenPredicate(condition: MoreOftenCondition): EventPredicate {
  const than = condition.more_often_than;
  return {
    key: canonical({ kind: "more_often", filter: filterKey(condition), than: filterKey(than) }),
    names: [...new Set([condition.did, than.did])],
    of(event) {
      const more = Number(matches(condition, event)) - Number(matches(than, event));
      return more === 0 ? null : more;
    },
    empty: 0,
    combine: (a, b) => (a as number) + (b as number),
    evaluate: (state) => ({ holds: ((state as number | undefined) ?? 0) > 0, until: null }),
  };
}
