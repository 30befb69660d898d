import { chiSquareTail } from "./special.ts";

/** Below this the split is not what was asked for (Fabijan et al., KDD 2019, use 0.0005 to 0.001). */
export const BROKEN_SPLIT = 0.001;

/**
 * Pearson's chi-square test of the numbers of people against the shares they should have: how likely a split at least
 * this uneven is by chance. Whoever is missing is missing for a reason, and figures of such an experiment mislead.
 */
export function sampleRatio(people: readonly number[], weights: readonly number[]): { chi2: number; p: number } {
  const all = people.reduce((sum, n) => sum + n, 0);
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const used = people.map((n, i) => ({ n, w: weights[i] ?? 0 })).filter(({ n, w }) => w > 0 || n > 0);
  if (all === 0 || weight <= 0 || used.length < 2) return { chi2: 0, p: 1 };
  if (used.some(({ w }) => w <= 0)) return { chi2: Number.POSITIVE_INFINITY, p: 0 };
  const chi2 = used.reduce((sum, { n, w }) => sum + (n - (all * w) / weight) ** 2 / ((all * w) / weight), 0);
  return { chi2, p: chiSquareTail(chi2, used.length - 1) };
}
