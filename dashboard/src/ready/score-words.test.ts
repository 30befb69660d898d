import { expect, test } from "vitest";

import { frequencyMeaning, monetaryMeaning, recencyMeaning } from "./score-words.ts";

const SCORES = [5, 4, 3, 2, 1];

test("recency goes from the last days to the end of the window without a gap", () => {
  expect(SCORES.map((score) => recencyMeaning(score, [200, 90, 40, 12], 365))).toEqual([
    { says: "within", days: 12 },
    { says: "ago", from: 12, to: 40 },
    { says: "ago", from: 40, to: 90 },
    { says: "ago", from: 90, to: 200 },
    { says: "ago", from: 200, to: 365 },
  ]);
});

test("recency says which scores nobody can have where many ordered on one day", () => {
  expect(SCORES.map((score) => recencyMeaning(score, [30, 30, 12, 0], 365).says)).toEqual([
    "nobody",
    "within",
    "ago",
    "nobody",
    "ago",
  ]);
});

test("frequency counts whole orders and says which scores ties have left empty", () => {
  expect(SCORES.map((score) => frequencyMeaning(score, [1, 1, 2, 5]))).toEqual([
    { says: "more", from: 6 },
    { says: "between", from: 3, to: 5 },
    { says: "exactly", from: 2 },
    { says: "nobody" },
    { says: "exactly", from: 1 },
  ]);
});

test("revenue is more than one amount and at most the next", () => {
  expect(SCORES.map((score) => monetaryMeaning(score, [10, 20, 20, 80]))).toEqual([
    { says: "more", from: 80 },
    { says: "between", from: 20, to: 80 },
    { says: "nobody" },
    { says: "between", from: 10, to: 20 },
    { says: "most", to: 10 },
  ]);
});
