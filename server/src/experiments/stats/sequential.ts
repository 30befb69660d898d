import type { Interval } from "./proportions.ts";

/**
 * Where a sequence is tightest. Any value keeps the promise; this one serves experiments of some thousand people
 * (GrowthBook's default too).
 */
const TUNED_FOR = 5_000;

/**
 * Asymptotic confidence sequence with a normal mixture: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform
 * central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), eq. (14) with the tuning
 * of eq. (20). Over all times together the truth lies outside with probability at most `1 - confidence`: one may look
 * as often as one likes and stop when one likes. `error` is the usual standard error of `estimate`, from `people` of
 * all arms.
 */
export function confidenceSequence(estimate: number, error: number, people: number, confidence = 0.95): Interval {
  if (people === 0 || !Number.isFinite(error)) {
    return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const level = 1 - confidence;
  const spread = people * mixtureVariance(level);
  const half = error * Math.sqrt(((2 * (spread + 1)) / spread) * Math.log(Math.sqrt(spread + 1) / level));
  return { low: estimate - half, high: estimate + half };
}

/** The p-value that goes with it: the smallest level at which zero lies outside (mSPRT; Johari et al., KDD 2017). */
export function alwaysValidP(estimate: number, error: number, people: number, level = 0.05): number {
  if (people === 0 || !(error > 0)) return 1;
  const spread = people * mixtureVariance(level);
  const z = estimate / error;
  const logRatio = (z * z * spread) / (2 * (spread + 1)) - Math.log(spread + 1) / 2;
  return Math.min(1, Math.exp(-logRatio));
}

function mixtureVariance(level: number): number {
  const twice = -2 * Math.log(level);
  return (twice + Math.log(twice + 1)) / TUNED_FOR;
}
