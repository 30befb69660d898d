import type { Interval } from "./proportions.ts";
import { studentQuantile, studentTwoSided } from "./special.ts";

/** What is kept of a value per person (revenue in minor units): its number, sum and sum of squares. */
export interface Total {
  readonly people: number;
  readonly sum: number;
  readonly squares: number;
}

export function meanOf({ people, sum }: Total): number {
  return people === 0 ? 0 : sum / people;
}

/** Unbiased. */
export function varianceOf({ people, sum, squares }: Total): number {
  return people < 2 ? 0 : Math.max(0, (squares - (sum * sum) / people) / (people - 1));
}

/** Welch's t-test that the means are one, and the interval of `b - a` (Biometrika 34 (1947) 28-35). */
export function welch(a: Total, b: Total, confidence = 0.95): { t: number; freedom: number; p: number } & Interval {
  const [va, vb] = [varianceOf(a) / a.people, varianceOf(b) / b.people];
  const difference = meanOf(b) - meanOf(a);
  const error = Math.sqrt(va + vb);
  if (!(error > 0)) return { t: 0, freedom: 0, p: 1, low: difference, high: difference };
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.people - 1) + vb ** 2 / (b.people - 1));
  const t = difference / error;
  const half = studentQuantile(1 - confidence, freedom) * error;
  return { t, freedom, p: studentTwoSided(t, freedom), low: difference - half, high: difference + half };
}
