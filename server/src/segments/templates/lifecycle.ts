import type { Condition } from "../contracts.ts";

/** Where too few people have come back to see a rhythm. */
const USUAL_DAYS = 30;
const FEWEST_PEOPLE = 25;
/** A grocer's customers come back within days, a furniture shop's within years: neither is a lifecycle to write to. */
const SHORTEST_DAYS = 7;
const LONGEST_DAYS = 180;

/** The retailer's rhythm in whole days: the time between two orders of the median customer. */
export function rhythmOf({ people, days }: { readonly people: number; readonly days: number }): number {
  if (people < FEWEST_PEOPLE) return USUAL_DAYS;
  return Math.min(LONGEST_DAYS, Math.max(SHORTEST_DAYS, Math.round(days)));
}

export type Stage = "new" | "active" | "at_risk" | "lapsed";

/**
 * Everybody who has ever ordered is in exactly one stage. With a rhythm of `days`: new for that long after the first
 * order; then active until twice the rhythm after the latest, at risk until four times, lapsed from there on.
 */
export function lifecycle(stage: Stage, days: number): Condition {
  const first = (op: "within_last" | "not_within_last", rhythms: number): Condition => ({
    did: "Order Completed",
    first: { op, value: `P${days * rhythms}D` },
  });
  const last = (op: "within_last" | "not_within_last", rhythms: number): Condition => ({
    did: "Order Completed",
    last: { op, value: `P${days * rhythms}D` },
  });
  switch (stage) {
    case "new":
      return first("within_last", 1);
    case "active":
      return { all: [first("not_within_last", 1), last("within_last", 2)] };
    case "at_risk":
      return { all: [last("not_within_last", 2), last("within_last", 4)] };
    case "lapsed":
      return last("not_within_last", 4);
  }
}
