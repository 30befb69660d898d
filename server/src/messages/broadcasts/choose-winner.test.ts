import { expect, test } from "vitest";

import { randomBy } from "../../experiments/testing/random.ts";
import { chooseWinner } from "./choose-winner.ts";

const rule = { test_share: 0.2, measure: "clicked" as const, after: "PT4H" };

test("BRO-5 by time the best wins when the time is over, not before", () => {
  const tried = [
    { key: "A", sent: 50, hits: 3 },
    { key: "B", sent: 50, hits: 4 },
  ];
  expect(chooseWinner(tried, rule, false)).toBeNull();
  expect(chooseWinner(tried, rule, true)).toEqual({ key: "B", reason: "time" });
});

test("BRO-5 by confidence: no winner on little data or a small lead; when time is over it is said", () => {
  const sure = { ...rule, confidence: 0.95 };
  const small = [
    { key: "A", sent: 40, hits: 0 },
    { key: "B", sent: 40, hits: 20 },
  ];
  expect(chooseWinner(small, sure, false)).toBeNull();
  const close = [
    { key: "A", sent: 1000, hits: 100 },
    { key: "B", sent: 1000, hits: 110 },
  ];
  expect(chooseWinner(close, sure, false)).toBeNull();
  expect(chooseWinner(close, sure, true)).toEqual({ key: "B", reason: "time_without_confidence" });
  const clear = [
    { key: "A", sent: 1000, hits: 100 },
    { key: "B", sent: 1000, hits: 160 },
  ];
  expect(chooseWinner(clear, sure, false)).toEqual({ key: "B", reason: "confidence" });
});

test("BRO-5 more variants ask for more: each comparison has its part of the level", () => {
  const sure = { ...rule, confidence: 0.95 };
  const pair = [
    { key: "A", sent: 1000, hits: 100 },
    { key: "B", sent: 1000, hits: 150 },
  ];
  expect(chooseWinner(pair, sure, false)?.key).toBe("B");
  const many = [...pair, ...["C", "D", "E"].map((key) => ({ key, sent: 1000, hits: 100 }))];
  expect(chooseWinner(many, sure, false)).toBeNull();
});

test("BRO-5 looking each minute does not lie: of alike variants at most one test in twenty names a winner", () => {
  const random = randomBy(6);
  const named = Array.from({ length: 200 }, () => {
    const tried = ["A", "B"].map((key) => ({ key, sent: 0, hits: 0 }));
    return Array.from({ length: 60 }).some(() => {
      for (const one of tried) {
        one.sent += 50;
        one.hits += Array.from({ length: 50 }).filter(() => random() < 0.1).length;
      }
      return chooseWinner(tried, { ...rule, confidence: 0.95 }, false) !== null;
    });
  }).filter(Boolean).length;
  expect(named).toBeLessThanOrEqual(10);
});
