import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { describe, expect, test } from "vitest";

import { assign, chanceOf, isHeldOut } from "./assign.ts";
import { type EvaluateBody, evaluateBody } from "./contracts.ts";
import { evaluate, standingOf } from "./evaluate.ts";
import { twoProportions } from "./stats/proportions.ts";
import { sampleRatio } from "./stats/sample-ratio.ts";
import { randomBy } from "./testing/random.ts";

const HILLSTROM = resolve(import.meta.dirname, "../../../../shared/data/hillstrom/hillstrom.csv");
const hasData = existsSync(HILLSTROM);
if (!hasData) console.log("skipped: the Hillstrom e-mail experiment is not beside the repository");

const body = (arms: [people: number, conversions: number][], more: Partial<EvaluateBody> = {}): EvaluateBody =>
  evaluateBody.parse({
    arms: arms.map(([people, conversions], i) => ({ id: String.fromCharCode(97 + i), people, conversions })),
    ...more,
  });

describe("assignment", () => {
  test("EXP-1 the same person gets the same arm for ever, in the shares that were asked for", () => {
    expect(chanceOf("experiment", "e", "p")).toBe(chanceOf("experiment", "e", "p"));
    expect(chanceOf("a", "bc")).not.toBe(chanceOf("ab", "c"));
    // Written down: a release that changes this moves people between arms.
    expect(chanceOf("experiment", "subject-line", "0190a0a0-0000-7000-8000-000000000001").toFixed(9)).toBe(FIXED);
    const arms = [
      { id: "a", weight: 50 },
      { id: "b", weight: 30 },
      { id: "c", weight: 20 },
    ];
    const counts = new Map<string | null, number>();
    for (let i = 0; i < 20_000; i++) {
      const arm = assign("e", `p${i}`, arms);
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
    }
    const people = arms.map(({ id }) => counts.get(id) ?? 0);
    expect(sampleRatio(people, [50, 30, 20]).p).toBeGreaterThan(0.01);
    expect(assign("e", "p", [{ id: "a", weight: 0 }])).toBeNull();
  });

  test("EXP-1 experiments, holdouts and the global holdout are independent; a larger holdout keeps the smaller", () => {
    const halves = [
      { id: "a", weight: 1 },
      { id: "b", weight: 1 },
    ];
    const cells = [0, 0, 0, 0];
    let held = 0;
    for (let i = 0; i < 20_000; i++) {
      const cell = (assign("one", `p${i}`, halves) === "a" ? 1 : 0) + (assign("two", `p${i}`, halves) === "a" ? 2 : 0);
      cells[cell] = (cells[cell] ?? 0) + 1;
      if (isHeldOut("global", `p${i}`, 0.1)) {
        held++;
        expect(isHeldOut("global", `p${i}`, 0.2)).toBe(true);
      }
    }
    expect(sampleRatio(cells, [1, 1, 1, 1]).p).toBeGreaterThan(0.01);
    expect(sampleRatio([held, 20_000 - held], [1, 9]).p).toBeGreaterThan(0.01);
  });
});

const FIXED = "0.966796871";

describe("what is claimed", () => {
  test.each<[string, EvaluateBody]>([
    [
      "too_little",
      body([
        [90, 30],
        [90, 10],
      ]),
    ],
    [
      "too_little",
      body([
        [900, 3],
        [900, 20],
      ]),
    ],
    [
      "sample_ratio",
      body([
        [10_000, 900],
        [9_000, 1_200],
      ]),
    ],
    [
      "open",
      body([
        [5_000, 500],
        [5_000, 520],
      ]),
    ],
    [
      "open",
      body(
        [
          [50_000, 500],
          [50_000, 5_000],
        ],
        { winner: "none" },
      ),
    ],
    [
      "winner",
      body([
        [5_000, 500],
        [5_000, 650],
      ]),
    ],
    [
      "winner",
      body(
        [
          [5_000, 500],
          [5_000, 650],
        ],
        { winner: "bayes" },
      ),
    ],
    [
      "open",
      body(
        [
          [1_000, 100],
          [1_000, 112],
        ],
        { winner: "bayes" },
      ),
    ],
    [
      "winner",
      body([
        [5_000, 500],
        [5_000, 650],
        [5_000, 480],
      ]),
    ],
    // Two that are as good as each other: neither has won, however bad the third.
    [
      "open",
      body([
        [5_000, 650],
        [5_000, 655],
        [5_000, 300],
      ]),
    ],
    [
      "too_little",
      body([
        [0, 0],
        [0, 0],
      ]),
    ],
  ])("EXP-5 %s", (verdict, asked) => {
    const found = evaluate(asked);
    expect(found.verdict).toBe(verdict);
    expect(found.winner !== null).toBe(verdict === "winner");
    if (found.winner !== null) expect(found.winner).toBe("b");
    expect(JSON.stringify(found)).not.toContain('null,"high"');
  });

  test("EXP-3 all schools tell of the same difference; money has its own interval", () => {
    const arms = [
      { id: "a", people: 5_000, conversions: 500, revenue: { sum: 2_500_000, squares: 2e10 } },
      { id: "b", people: 5_000, conversions: 650, revenue: { sum: 3_250_000, squares: 2.6e10 } },
    ];
    const [found] = evaluate(evaluateBody.parse({ arms })).comparisons;
    expect(found?.difference).toBeCloseTo(0.03, 12);
    expect(found?.relative).toBeCloseTo(0.3, 12);
    for (const interval of [found?.fixed, found?.sequential, found?.bayes]) {
      expect(interval?.low).toBeGreaterThan(0);
      expect(interval?.low).toBeLessThan(0.03);
      expect(interval?.high).toBeGreaterThan(0.03);
    }
    // Looking whenever one likes has its price.
    expect((found?.sequential.high ?? 0) - 0.03).toBeGreaterThan((found?.fixed.high ?? 0) - 0.03);
    expect(found?.revenue?.difference).toBeCloseTo(150, 9);
    expect(found?.revenue?.low).toBeGreaterThan(0);
  });
});

describe("looking early", () => {
  /** Experiments in which nothing is better, looked at after every 100 people. */
  function peek(
    seed: number,
    arms: number,
    claims: (arms: { people: number; conversions: number }[]) => boolean,
  ): number {
    const random = randomBy(seed);
    const EXPERIMENTS = 400;
    let wrong = 0;
    for (let i = 0; i < EXPERIMENTS; i++) {
      const counts = Array.from({ length: arms }, () => ({ people: 0, conversions: 0 }));
      for (let look = 0; look < 50; look++) {
        for (const count of counts) {
          count.people += 100;
          for (let n = 0; n < 100; n++) if (random() < 0.1) count.conversions++;
        }
        if (claims(counts)) {
          wrong++;
          break;
        }
      }
    }
    return wrong / EXPERIMENTS;
  }
  const wins = (counts: { people: number; conversions: number }[]) =>
    standingOf(body(counts.map(({ people, conversions }) => [people, conversions]))).verdict === "winner";

  test("EXP-4 with fifty looks the usual test is wrong far too often, ours in at most one of twenty", () => {
    const usual = peek(1, 2, ([a, b]) => a !== undefined && b !== undefined && twoProportions(a, b).p < 0.05);
    const ours = peek(1, 2, wins);
    const three = peek(2, 3, wins);
    expect(usual).toBeGreaterThan(0.2);
    expect(ours).toBeLessThanOrEqual(0.05);
    expect(three).toBeLessThanOrEqual(0.05);
  });

  test("EXP-4 a real difference is found all the same", () => {
    const random = randomBy(3);
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const draw = (people: number, rate: number) => {
        let conversions = 0;
        for (let n = 0; n < people; n++) if (random() < rate) conversions++;
        return conversions;
      };
      if (
        standingOf(
          body([
            [6_000, draw(6_000, 0.1)],
            [6_000, draw(6_000, 0.13)],
          ]),
        ).winner === "b"
      )
        found++;
    }
    expect(found).toBeGreaterThan(90);
  });
});

describe.runIf(hasData)("the MineThatData e-mail experiment (K. Hillstrom, 2008): 64,000 customers", () => {
  test("EXP-6 the split is sound and both e-mails bring visits and orders, men's the most, as published", async () => {
    const lines = (await readFile(HILLSTROM, "utf8")).trim().split("\n").slice(1);
    const of = new Map<string, { people: number; visits: number; orders: number; sum: number; squares: number }>();
    for (const line of lines) {
      const [segment = "", visit, conversion, spend] = line.split(",").slice(-4);
      const arm = of.get(segment) ?? { people: 0, visits: 0, orders: 0, sum: 0, squares: 0 };
      of.set(segment, arm);
      arm.people++;
      arm.visits += Number(visit);
      arm.orders += Number(conversion);
      const cents = Math.round(Number(spend) * 100);
      arm.sum += cents;
      arm.squares += cents * cents;
    }
    const arms = (goal: "visits" | "orders") =>
      ["No E-Mail", "Mens E-Mail", "Womens E-Mail"].map((id) => {
        const { people = 0, sum = 0, squares = 0, ...arm } = of.get(id) ?? { visits: 0, orders: 0 };
        return { id, people, conversions: arm[goal], revenue: { sum, squares } };
      });
    const visits = evaluate(evaluateBody.parse({ arms: arms("visits") }));
    expect(visits.arms.map(({ people }) => people)).toEqual([21_306, 21_307, 21_387]);
    expect(visits.arms.map(({ rate }) => rate.toFixed(3))).toEqual(["0.106", "0.183", "0.151"]);
    expect(visits).toMatchObject({ verdict: "winner", winner: "Mens E-Mail" });
    const orders = evaluate(evaluateBody.parse({ arms: arms("orders") }));
    expect(orders.arms.map(({ rate }) => (rate * 100).toFixed(2))).toEqual(["0.57", "1.25", "0.88"]);
    expect(orders).toMatchObject({ verdict: "winner", winner: "Mens E-Mail" });
    for (const { arms } of [visits, orders]) expect(arms[1]?.best).toBeGreaterThan(0.99);
    // $0.77 and $0.42 more per customer, as the winning entry of the challenge has it.
    expect(orders.comparisons.map(({ revenue }) => ((revenue?.difference ?? 0) / 100).toFixed(2))).toEqual([
      "0.77",
      "0.42",
    ]);
  });
});
