import fc from "fast-check";
import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";

import { en } from "../../i18n/en.ts";
import { describeCondition } from "../describe-condition.ts";
import { toCondition, toGroup } from "../segment-tree.ts";
import { KINDS } from "./conditions.ts";
import { readCondition } from "./read-condition.ts";
import { speakerOf } from "./speaker.ts";

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
);

test("what is no condition is not read", () => {
  const bad = [
    null,
    5,
    "x",
    [],
    {},
    { all: "x" },
    { all: [], did: "x" },
    { not: 5 },
    { did: 5 },
    { trait: "a" },
    { near: {} },
  ];
  for (const one of bad) expect(readCondition(one), JSON.stringify(one)).toBeNull();
  const deep = Array.from({ length: 30 }).reduce<object>((inner) => ({ not: inner }), { did: "x" });
  expect(readCondition(deep)).toBeNull();
  expect(readCondition({ all: Array.from({ length: 600 }, () => ({ did: "x" })) })).toBeNull();
});

test("a kind that only the server knows is kept as it came", () => {
  expect(readCondition({ all: [{ moon: "full" }] })).toEqual({ all: [{ moon: "full" }] });
});

const words = [
  ...KINDS,
  "all",
  "any",
  "not",
  "op",
  "value",
  "within",
  "during",
  "where",
  "property",
  "count",
  "last",
  "store",
  "km",
  "seed",
  "percent",
  "state",
];
const anything = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>("P30D", "", "x", 1, true, null, [], "2026-01-01", "__proto__"),
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie("node"), { maxKeys: 4 }),
  ),
})).node;

test("whatever is read can be drawn and written back", () => {
  fc.assert(
    fc.property(anything, (input) => {
      const condition = readCondition(input);
      if (condition === null) return;
      expect(typeof describeCondition(condition, speakerOf(i18n))).toBe("string");
      expect(readCondition(toCondition(toGroup(condition)))).not.toBeNull();
    }),
    { numRuns: 3_000 },
  );
});
