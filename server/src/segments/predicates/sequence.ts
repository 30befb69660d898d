import type { Json } from "../../platform/json.ts";
import type { SequenceCondition } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, MAX_ENTRIES, NEVER } from "./event-predicate.ts";
import { checkedWindowMs } from "./times.ts";

/** [time, bits of the steps that the event can stand for], ascending. */
type Entry = readonly [number, number];

/**
 * "Added, then checked out, in the last two hours": all steps lie in the window and each is strictly later than the one
 * before. Equal times are no order, so they do not make a sequence.
 */
export function sequencePredicate(condition: SequenceCondition): EventPredicate {
  const window = checkedWindowMs(condition.within);
  const steps = condition.sequence;
  return {
    key: canonical({ kind: "sequence", steps: steps.map(filterKey), window }),
    names: [...new Set(steps.map((step) => step.did))],
    of(event) {
      const bits = steps.reduce((mask, step, index) => (matches(step, event) ? mask | (1 << index) : mask), 0);
      return bits === 0 ? null : [[event.at, bits]];
    },
    empty: [],
    combine: (a, b) => combineEntries(a, b, window),
    evaluate(state, now) {
      const start = latestStart((state as unknown as Entry[] | undefined) ?? [], steps.length);
      return start !== null && start > now - window ? { holds: true, until: start + window } : NEVER;
    },
  };
}

function combineEntries(a: Json, b: Json, window: number): Json {
  const bits = new Map<number, number>();
  for (const [at, mask] of [...(a as unknown as Entry[]), ...(b as unknown as Entry[])])
    bits.set(at, (bits.get(at) ?? 0) | mask);
  const sorted = [...bits].sort((x, y) => x[0] - y[0]);
  const newest = sorted.at(-1)?.[0] ?? 0;
  return sorted.filter(([at]) => at > newest - window).slice(-MAX_ENTRIES);
}

/** Of all complete sequences the one that began last: it leaves the window last. */
function latestStart(entries: readonly Entry[], length: number): number | null {
  const starts = new Array<number | null>(length).fill(null);
  for (const [at, bits] of entries) {
    // From the last step down, so that one instant never serves two steps.
    for (let step = length - 1; step >= 0; step--) {
      if ((bits & (1 << step)) === 0) continue;
      const start = step === 0 ? at : (starts[step - 1] ?? null);
      if (start !== null) starts[step] = Math.max(start, starts[step] ?? start);
    }
  }
  return starts[length - 1] ?? null;
}
