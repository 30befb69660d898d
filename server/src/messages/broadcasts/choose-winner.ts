import { standingOf } from "../../experiments/index.ts";
import type { WinnerRule } from "./contracts.ts";

/** How often what is measured happened to those who got a variant. */
export interface Tried {
  readonly key: string;
  readonly sent: number;
  readonly hits: number;
}

export interface Winner {
  readonly key: string;
  readonly reason: "time" | "confidence" | "time_without_confidence";
}

/** Below this nothing is claimed. */
const FEWEST_SENT = 100;
const FEWEST_HITS = 10;

/**
 * The variant that takes the rest, or null while there is none. With a confidence the best must be above each other one
 * by an interval that holds however often one looks (EXP-4); when the time is over, the best wins all the same, and it is
 * said that the confidence was not reached.
 */
export function chooseWinner(tried: readonly Tried[], rule: WinnerRule, isTimeOver: boolean): Winner | null {
  const [best] = [...tried].sort((a, b) => rateOf(b) - rateOf(a));
  if (!best) return null;
  if (rule.confidence === undefined) return isTimeOver ? { key: best.key, reason: "time" } : null;
  const { winner } = standingOf({
    // What went out is what was meant to go out: who got nothing (no consent, no address) is no broken split.
    arms: tried.map(({ key, sent, hits }) => ({ id: key, weight: sent, people: sent, conversions: hits })),
    confidence: rule.confidence,
    winner: "sequential",
    least_people: FEWEST_SENT,
    least_conversions: FEWEST_HITS,
  });
  if (winner !== null) return { key: winner, reason: "confidence" };
  return isTimeOver ? { key: best.key, reason: "time_without_confidence" } : null;
}

/** When the time of a test that went out at `testedAt` is over. */
export function endOfTest({ after }: Pick<WinnerRule, "after">, testedAt: string): Temporal.Instant {
  const seconds = Temporal.Duration.from(after).total({ unit: "second", relativeTo: "1970-01-01T00:00Z[UTC]" });
  return Temporal.Instant.from(testedAt).add({ seconds });
}

function rateOf({ sent, hits }: Tried): number {
  return sent === 0 ? 0 : hits / sent;
}
