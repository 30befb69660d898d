import type { Json } from "../../platform/json.ts";
import type { SequenceCondition, SequenceStep } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { latestStart, stepsKind } from "./chain.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, NEVER } from "./event-predicate.ts";
import { combineSeries, type Series } from "./series.ts";
import { checkedWindowMs } from "./times.ts";

/**
 * "Added, then checked out, in the last two hours": all steps lie in the window and each is strictly later than the one
 * before. Equal times are no order, so they do not make a sequence, nor do they lie between. The state is the series of the
 * bits of the steps that an event can stand for, and above them of those that it may not come before.
 */
export function sequencePredicate(condition: SequenceCondition): EventPredicate {
  const window = checkedWindowMs(condition.within);
  const steps = condition.sequence;
  const series = stepsKind(window, steps.length);
  return {
    series,
    key: canonical({ kind: "sequence", steps: steps.map(stepKey), window }),
    names: namesOfSequence(condition),
    of(event) {
      const bits = steps.reduce(
        (mask, step, index) =>
          mask |
          (matches(step, event) ? 1 << index : 0) |
          (step.without?.includes(event.name) ? 1 << (index + steps.length) : 0),
        0,
      );
      return bits === 0 ? null : [[event.at, bits]];
    },
    empty: [],
    combine: (a, b) => combineSeries(a as unknown as Series, b as unknown as Series, series) as unknown as Json,
    evaluate(state, now) {
      const start = latestStart((state as unknown as Series | undefined) ?? [], steps.length, now - window);
      return start !== null && start > now - window ? { holds: true, until: start + window } : NEVER;
    },
  };
}

/** Every event that a sequence asks for, to be there or not. */
export function namesOfSequence({ sequence }: SequenceCondition): string[] {
  return [...new Set(sequence.flatMap((step) => [step.did, ...(step.without ?? [])]))];
}

function stepKey(step: SequenceStep): string {
  return step.without === undefined
    ? filterKey(step)
    : canonical({ filter: filterKey(step), without: [...new Set(step.without)].sort() });
}
