import { normalQuantile, normalTwoSided } from "./special.ts";

export interface Count {
  readonly people: number;
  readonly conversions: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export function rateOf({ people, conversions }: Count): number {
  return people === 0 ? 0 : conversions / people;
}

/** Wilson's score interval of a rate (1927); good also near 0 and 1 and for few people. */
export function wilson({ people, conversions }: Count, confidence = 0.95): Interval {
  if (people === 0) return { low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const rate = conversions / people;
  const middle = (rate + (z * z) / (2 * people)) / (1 + (z * z) / people);
  const half = (z / (1 + (z * z) / people)) * Math.sqrt((rate * (1 - rate)) / people + (z * z) / (4 * people * people));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Interval of `b - a` from the two score intervals: method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890. */
export function newcombe(a: Count, b: Count, confidence = 0.95): Interval {
  const [pa, pb] = [rateOf(a), rateOf(b)];
  const [ia, ib] = [wilson(a, confidence), wilson(b, confidence)];
  return {
    low: pb - pa - Math.hypot(pb - ib.low, ia.high - pa),
    high: pb - pa + Math.hypot(ib.high - pb, pa - ia.low),
  };
}

/** Two-sided pooled z-test that the rates are one. Valid when it is looked at once, at a number fixed before. */
export function twoProportions(a: Count, b: Count): { z: number; p: number } {
  const pooled = (a.conversions + b.conversions) / (a.people + b.people);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.people + 1 / b.people));
  if (!(error > 0)) return { z: 0, p: 1 };
  const z = (rateOf(b) - rateOf(a)) / error;
  return { z, p: normalTwoSided(z) };
}

/** People per arm to find a change from `rate` by `relative` with this power at this level, asked once. */
export function peopleNeeded(rate: number, relative: number, power = 0.8, level = 0.05): number {
  const other = Math.min(1, rate * (1 + relative));
  if (other === rate) return Number.POSITIVE_INFINITY;
  const z = normalQuantile(1 - level / 2) * Math.sqrt(2 * ((rate + other) / 2) * (1 - (rate + other) / 2));
  const w = normalQuantile(power) * Math.sqrt(rate * (1 - rate) + other * (1 - other));
  return Math.ceil((z + w) ** 2 / (other - rate) ** 2);
}
