import type { KilimEvent } from "../../collect/contracts.ts";
import type { Json } from "../../platform/json.ts";
import type { SeriesKind } from "./series.ts";

/** Whether a condition holds, and until when at the latest (ms) that stays so unless something new happens. */
export interface Verdict {
  readonly holds: boolean;
  readonly until: number | null;
}

/** What a predicate needs to know of an event. */
export type PastEvent = Pick<KilimEvent, "name" | "channel" | "properties"> & { readonly at: number };

/**
 * A leaf that is answered from what a person did. Its state is a bounded summary of the events that feed it and depends
 * on their times only, never on the order of their arrival: `fold` and `combine` are commutative and associative.
 */
export interface EventPredicate {
  /** Equal predicates have equal keys, whatever segment they stand in. */
  readonly key: string;
  readonly names: readonly string[];
  /** The event's contribution as a state of its own, null when it does not feed this predicate. */
  of(event: PastEvent): Json | null;
  combine(a: Json, b: Json): Json;
  /** Combines with any state to that state. */
  readonly empty: Json;
  /** `state` is undefined for a person without such events. */
  evaluate(state: Json | undefined, now: number): Verdict;
  /** Where the state is a series, how it is understood; it may grow beyond its bounds until it is settled. */
  readonly series?: SeriesKind;
}

export const NEVER: Verdict = { holds: false, until: null };
export const ALWAYS: Verdict = { holds: true, until: null };
