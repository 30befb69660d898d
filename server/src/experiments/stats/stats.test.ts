import { expect, test } from "vitest";

import { credible, credibleDifference, expectedLoss, posteriorOf, probabilityBest } from "./bayes.ts";
import { welch } from "./means.ts";
import { newcombe, peopleNeeded, twoProportions, wilson } from "./proportions.ts";
import { sampleRatio } from "./sample-ratio.ts";
import { alwaysValidP, confidenceSequence } from "./sequential.ts";
import {
  betaCdf,
  betaQuantile,
  chiSquareTail,
  lnGamma,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  studentTwoSided,
} from "./special.ts";

test("EXP-3 special functions agree with tables (Abramowitz & Stegun, 26) and with exact values", () => {
  expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(lnGamma(101)).toBeCloseTo(363.739375555563, 9);
  expect(normalCdf(1.96)).toBeCloseTo(0.9750021048517795, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 10);
  expect(normalTwoSided(6)).toBeCloseTo(1.973175290075e-9, 18);
  expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
  expect(chiSquareTail(9.210340371976184, 2)).toBeCloseTo(0.01, 12);
  expect(chiSquareTail(124.3421134, 100)).toBeCloseTo(0.05, 7);
  expect(studentTwoSided(2.2281388519649385, 10)).toBeCloseTo(0.05, 10);
  // Beta(2, 3) has the polynomial 6x² - 8x³ + 3x⁴.
  expect(betaCdf(0.3, 2, 3)).toBeCloseTo(6 * 0.09 - 8 * 0.027 + 3 * 0.0081, 13);
  expect(betaCdf(betaQuantile(0.2, 40, 960), 40, 960)).toBeCloseTo(0.2, 10);
  expect(betaCdf(0.1, 100_000, 900_000)).toBeCloseTo(0.5, 2);
});

test.each([
  // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
  [[70, 56], [80, 48], 0.0524, 0.3339],
  [[10, 9], [10, 3], 0.1705, 0.809],
  [[7, 6], [7, 2], 0.0582, 0.8062],
  [[56, 5], [29, 0], -0.0381, 0.1926],
  [[10, 0], [20, 0], -0.1611, 0.2775],
  [[10, 0], [10, 0], -0.2775, 0.2775],
  [[10, 10], [20, 0], 0.6791, 1],
  [[10, 10], [10, 0], 0.6075, 1],
])("EXP-3 the interval of a difference is Newcombe's: %j against %j", ([n = 0, x = 0], [m = 0, y = 0], low, high) => {
  const found = newcombe({ people: m, conversions: y }, { people: n, conversions: x });
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("EXP-3 Wilson's interval of 81 in 263 (Newcombe 1998, 857-872) and of none in 20", () => {
  const some = wilson({ people: 263, conversions: 81 });
  expect([some.low, some.high].map((x) => x.toFixed(4))).toEqual(["0.2553", "0.3662"]);
  expect(wilson({ people: 20, conversions: 0 }).high).toBeCloseTo(0.1611, 4);
});

test("EXP-3 the aspirin trial of the Physicians' Health Study (NEJM 1989): 104 of 11,037 against 189 of 11,034", () => {
  const { z, p } = twoProportions({ people: 11_034, conversions: 189 }, { people: 11_037, conversions: 104 });
  expect(z ** 2).toBeCloseTo(25.01, 2);
  expect(p).toBeGreaterThan(5.6e-7);
  expect(p).toBeLessThan(5.8e-7);
});

test("EXP-3 Welch's test on Student's sleep data (1908), as R's t.test prints it", () => {
  const total = (values: number[]) => ({
    people: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    squares: values.reduce((a, b) => a + b * b, 0),
  });
  const first = total([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
  const second = total([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  const found = welch(second, first);
  expect(found.t).toBeCloseTo(-1.8608, 4);
  expect(found.freedom).toBeCloseTo(17.776, 3);
  expect(found.p).toBeCloseTo(0.07939, 5);
  expect([found.low, found.high].map((x) => x.toFixed(7))).toEqual(["-3.3654832", "0.2054832"]);
});

test("EXP-2 a split that is not what was asked for is told from chance", () => {
  // Fabijan et al. (KDD 2019): 821,588 against 815,482 of a 50/50 split.
  expect(sampleRatio([821_588, 815_482], [1, 1]).p).toBeLessThan(2e-6);
  expect(sampleRatio([5_050, 4_950], [1, 1]).p).toBeCloseTo(0.3173, 4);
  expect(sampleRatio([100, 0], [1, 0]).p).toBe(1);
  expect(sampleRatio([100, 1], [1, 0]).p).toBe(0);
  expect(sampleRatio([0, 0], [1, 1]).p).toBe(1);
});

test("EXP-3 posteriors: exact cases, and E. Miller's closed form for P(B > A)", () => {
  const flat = { a: 1, b: 1 };
  expect(probabilityBest([flat, { a: 2, b: 1 }])[1]).toBeCloseTo(2 / 3, 4);
  expect(probabilityBest([flat, flat, flat])).toEqual([1, 1, 1].map(() => expect.closeTo(1 / 3, 4)));
  expect(expectedLoss(flat, flat)).toBeCloseTo(1 / 6, 4);
  const [a, b] = [posteriorOf({ people: 1_000, conversions: 100 }), posteriorOf({ people: 1_000, conversions: 125 })];
  expect(probabilityBest([a, b])[1]).toBeCloseTo(closedForm(a, b), 5);
  const difference = credibleDifference(a, b);
  expect(difference.low).toBeCloseTo(-0.0026, 3);
  expect(difference.high).toBeCloseTo(0.0525, 3);
  const jeffreys = credible({ a: 5.5, b: 5.5 });
  // Brown, Cai, DasGupta (2001), table 5: Jeffreys' interval of 5 in 10.
  expect([jeffreys.low, jeffreys.high].map((x) => x.toFixed(3))).toEqual(["0.224", "0.776"]);
});

/** evanmiller.org/bayesian-ab-testing.html, (6). */
function closedForm(a: { a: number; b: number }, b: { a: number; b: number }): number {
  let sum = 0;
  const lnBeta = (x: number, y: number) => lnGamma(x) + lnGamma(y) - lnGamma(x + y);
  for (let i = 0; i < b.a; i++) {
    sum += Math.exp(lnBeta(a.a + i, a.b + b.b) - Math.log(b.b + i) - lnBeta(1 + i, b.b) - lnBeta(a.a, a.b));
  }
  return sum;
}

test("EXP-3 people needed: 10 % against 12 % at 80 % power (Fleiss): 3,841 per arm", () => {
  expect(peopleNeeded(0.1, 0.2)).toBe(3_841);
  expect(peopleNeeded(0.1, 0)).toBe(Number.POSITIVE_INFINITY);
});

test("EXP-4 an always-valid p is below the level exactly when the sequence leaves zero out", () => {
  for (const people of [10, 500, 5_000, 100_000]) {
    for (const z of [0.5, 2, 2.5, 3, 3.5, 4, 5]) {
      const { low } = confidenceSequence(z, 1, people);
      expect(alwaysValidP(z, 1, people) < 0.05).toBe(low > 0);
    }
  }
  expect(confidenceSequence(0.1, 0, 0).high).toBe(Number.POSITIVE_INFINITY);
});
