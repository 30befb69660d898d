import type { Json } from "../../platform/json.ts";
import type { SequenceCondition, SequenceStep } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import { filterKey, matches } from "./event-filter.ts";
import { type EventPredicate, MAX_ENTRIES, NEVER } from "./event-predicate.ts";
import { checkedWindowMs } from "./times.ts";

/** [time, bits of the steps that the event can stand for, and above them of those that it may not come before], ascending. */
type Entry = readonly [number, number];

/**
 * "Added, then checked out, in the last two hours": all steps lie in the window and each is strictly later than the one
 * before. Equal times are no order, so they do not make a sequence, nor do they lie between.
 */
export function sequencePredicate(condition: SequenceCondition): EventPredicate {
  const window = checkedWindowMs(condition.within);
  const steps = condition.sequence;
  return {
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
    combine: (a, b) => combineEntries(a, b, window),
    evaluate(state, now) {
      const start = latestStart((state as unknown as Entry[] | undefined) ?? [], steps.length);
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
  /** For each step, where the best way up to the step before began, if nothing has come that may not lie between. */
  const open = new Array<number | null>(length).fill(null);
  let best: number | null = null;
  for (const [at, bits] of entries) {
    const has = (bit: number) => (bits & (1 << bit)) !== 0;
    // From the last step down, so that one instant never serves two steps.
    for (let step = length - 1; step >= 0; step--) {
      const start = !has(step) ? null : step === 0 ? at : (open[step] ?? null);
      if (step + 1 === length) best = latest(best, start);
      // A way that ends at this very instant has what comes with it not behind it.
      else open[step + 1] = latest(has(length + step + 1) ? null : (open[step + 1] ?? null), start);
    }
  }
  return best;
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
