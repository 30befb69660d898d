import type { EvaluateBody, Evaluation } from "./contracts.ts";
import { credibleDifference, expectedLoss, type Posterior, posteriorOf, probabilityBest } from "./stats/bayes.ts";
import { meanOf, welch } from "./stats/means.ts";
import { type Count, newcombe, rateOf, twoProportions, wilson } from "./stats/proportions.ts";
import { BROKEN_SPLIT, sampleRatio } from "./stats/sample-ratio.ts";
import { alwaysValidP, confidenceSequence } from "./stats/sequential.ts";

/** By the loss rule an arm wins when choosing it risks less than this part of the best rate. */
const LOSS_WORTH = 0.01;

type Arm = EvaluateBody["arms"][number];

export type Standing = Pick<Evaluation, "verdict" | "winner" | "sample_ratio">;

/**
 * How an experiment stands. In this order: a split that is not what was asked for claims nothing, nor do few people or
 * few goals; then a winner by the chosen rule, or it is open.
 */
export function standingOf(body: EvaluateBody): Standing {
  const { chi2, p } = sampleRatio(
    body.arms.map(({ people, drawn }) => drawn ?? people),
    body.arms.map(({ weight }) => weight),
  );
  const sample_ratio = { chi2: Math.min(chi2, Number.MAX_VALUE), p };
  if (p < BROKEN_SPLIT) return { verdict: "sample_ratio", winner: null, sample_ratio };
  if (isTooLittle(body)) return { verdict: "too_little", winner: null, sample_ratio };
  const winner = winnerOf(body);
  return { verdict: winner === null ? "open" : "winner", winner, sample_ratio };
}

/** The whole of it, with intervals by each school. Several arms share the level (Bonferroni). */
export function evaluate(body: EvaluateBody): Evaluation {
  const { arms, confidence } = body;
  const control = arms.find(({ id }) => id === body.control) ?? (arms[0] as Arm);
  const others = arms.filter((arm) => arm !== control);
  const posteriors = arms.map((arm) => posteriorOf(arm));
  const best = probabilityBest(posteriors);
  const shared = 1 - (1 - confidence) / others.length;
  return {
    ...standingOf(body),
    control: control.id,
    arms: arms.map((arm, i) => ({
      id: arm.id,
      people: arm.people,
      conversions: arm.conversions,
      rate: rateOf(arm),
      interval: wilson(arm, confidence),
      best: best[i] ?? 0,
      loss: lossOf(posteriors[i] as Posterior, posteriors),
    })),
    comparisons: others.map((arm) => compare(control, arm, shared)),
  };
}

function isTooLittle({ arms, least_people, least_conversions }: EvaluateBody): boolean {
  const goals = arms.reduce((sum, { conversions }) => sum + conversions, 0);
  return goals < least_conversions || arms.some(({ people }) => people < least_people);
}

function compare(control: Arm, arm: Arm, confidence: number): Evaluation["comparisons"][number] {
  const difference = rateOf(arm) - rateOf(control);
  const [a, b] = [posteriorOf(control), posteriorOf(arm)];
  const { estimate, error, people } = forSequence(control, arm);
  const sequence = confidenceSequence(estimate, error, people, confidence);
  return {
    arm: arm.id,
    difference,
    relative: rateOf(control) > 0 ? difference / rateOf(control) : null,
    fixed: { ...newcombe(control, arm, confidence), ...twoProportionsOrNone(control, arm) },
    // A difference of rates is never further than one from zero.
    sequential: {
      low: Math.max(-1, sequence.low),
      high: Math.min(1, sequence.high),
      p: alwaysValidP(estimate, error, people, 1 - confidence),
    },
    bayes: { ...credibleDifference(a, b, confidence), better: probabilityBest([a, b])[1] ?? 0 },
    revenue: revenueOf(control, arm, confidence),
  };
}

function twoProportionsOrNone(a: Count, b: Count): { z: number; p: number } {
  return a.people === 0 || b.people === 0 ? { z: 0, p: 1 } : twoProportions(a, b);
}

/** One goal and one miss are added to each arm: no arm is ever certain, least of all the first few people of one. */
function forSequence(a: Count, b: Count): { estimate: number; error: number; people: number } {
  const variance = ({ people, conversions }: Count) => {
    const rate = (conversions + 1) / (people + 2);
    return people === 0 ? Number.POSITIVE_INFINITY : (rate * (1 - rate)) / people;
  };
  return {
    estimate: rateOf(b) - rateOf(a),
    error: Math.sqrt(variance(a) + variance(b)),
    people: a.people + b.people,
  };
}

function revenueOf(control: Arm, arm: Arm, confidence: number): Evaluation["comparisons"][number]["revenue"] {
  if (!control.revenue || !arm.revenue || control.people < 2 || arm.people < 2) return null;
  const a = { people: control.people, ...control.revenue };
  const b = { people: arm.people, ...arm.revenue };
  const { low, high, p } = welch(a, b, confidence);
  return { difference: meanOf(b) - meanOf(a), low, high, p };
}

/** The most that any other arm may be better by, on average. */
function lossOf(chosen: Posterior, all: readonly Posterior[]): number {
  return all.reduce((most, other) => (other === chosen ? most : Math.max(most, expectedLoss(chosen, other))), 0);
}

function winnerOf({ arms, confidence, winner }: EvaluateBody): string | null {
  const first = arms.reduce((a, b) => (rateOf(b) > rateOf(a) ? b : a));
  const others = arms.filter((arm) => arm !== first);
  if (winner === "none" || others.length === 0) return null;
  if (winner === "bayes") {
    const posteriors = arms.map((arm) => posteriorOf(arm));
    const i = arms.indexOf(first);
    const best = probabilityBest(posteriors)[i] ?? 0;
    const isSure = best >= confidence && lossOf(posteriors[i] as Posterior, posteriors) <= LOSS_WORTH * rateOf(first);
    return isSure ? first.id : null;
  }
  // Which arm leads is not known before: every pair may be the one that is looked at.
  const pairs = (arms.length * (arms.length - 1)) / 2;
  const shared = 1 - (1 - confidence) / pairs;
  const isAbove = others.every((arm) => {
    const { estimate, error, people } = forSequence(arm, first);
    return confidenceSequence(estimate, error, people, shared).low > 0;
  });
  return isAbove ? first.id : null;
}
