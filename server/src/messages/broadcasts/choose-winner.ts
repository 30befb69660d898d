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

/** Below this no difference is called one: the normal approximation needs some of either outcome. */
const FEWEST_SENT = 100;
const FEWEST_HITS = 10;

/**
 * The variant that takes the rest, or null while there is none. With a confidence the best must beat each other one in
 * a two-sided test of two proportions, at a level shared out over the comparisons (Bonferroni); when the time is over,
 * the best wins all the same, and it is said that the confidence was not reached.
 */
export function chooseWinner(tried: readonly Tried[], rule: WinnerRule, isTimeOver: boolean): Winner | null {
  const [best, ...others] = [...tried].sort((a, b) => rateOf(b) - rateOf(a));
  if (!best) return null;
  if (rule.confidence === undefined) return isTimeOver ? { key: best.key, reason: "time" } : null;
  const level = (1 - rule.confidence) / Math.max(others.length, 1);
  const isClear = others.every((other) => isEnough(best, other) && pValue(best, other) <= level);
  if (isClear) return { key: best.key, reason: "confidence" };
  return isTimeOver ? { key: best.key, reason: "time_without_confidence" } : null;
}

function isEnough(a: Tried, b: Tried): boolean {
  return Math.min(a.sent, b.sent) >= FEWEST_SENT && a.hits + b.hits >= FEWEST_HITS;
}

function rateOf({ sent, hits }: Tried): number {
  return sent === 0 ? 0 : hits / sent;
}

/** Two-sided p of the pooled z-test of two proportions. */
export function pValue(a: Tried, b: Tried): number {
  const pooled = (a.hits + b.hits) / (a.sent + b.sent);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.sent + 1 / b.sent));
  return error === 0 ? 1 : 2 * upperTail(Math.abs(rateOf(a) - rateOf(b)) / error);
}

/** P(Z > z) of the standard normal, to 7.5e-8 (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = series.reduce((total, factor, i) => total + factor * t ** (i + 1), 0);
  return (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
