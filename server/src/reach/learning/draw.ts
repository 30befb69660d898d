import { chanceOf } from "../../experiments/index.ts";
import type { Belief } from "./learnt.ts";

/** Random numbers that depend on nothing but these words: a step that is done again chooses the same again. */
export function randomBy(...words: readonly string[]): () => number {
  let n = 0;
  return () => chanceOf("reach", ...words, String(n++));
}

/**
 * People get a few dozen messages a year: a plain Thompson draw would still be trying out when they have left. Beliefs are
 * drawn from as if they stood on this many times as much (posterior reshaping, Chapelle and Li, NIPS 2011, section 4.1).
 */
export function surer({ a, b }: Belief, times: number): Belief {
  return { a: a * times, b: b * times };
}

/** A draw from Beta(a, b) as a ratio of gamma draws. */
export function drawBeta({ a, b }: Belief, random: () => number): number {
  const x = drawGamma(a, random);
  const y = drawGamma(b, random);
  return x + y > 0 ? x / (x + y) : a / (a + b);
}

/** Marsaglia and Tsang (ACM TOMS 26 (2000) 363-372); below 1 by their boost. */
function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * Math.max(random(), Number.MIN_VALUE) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  if (!(shape > 0)) throw new RangeError(`no gamma distribution has the shape ${shape}`);
  for (;;) {
    const z = drawNormal(random);
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    const u = Math.max(random(), Number.MIN_VALUE);
    if (Math.log(u) < (z * z) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller. */
function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(Math.max(random(), Number.MIN_VALUE))) * Math.cos(2 * Math.PI * random());
}
