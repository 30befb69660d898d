import fc from "fast-check";
import { expect, test } from "vitest";

import { excerptOf } from "./excerpt.ts";

test("COL-7 whatever was sent, its excerpt is JSON of bounded length, and small things are kept whole", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const { text, isCut } = excerptOf(value);
      expect(text.length).toBeLessThanOrEqual(16_000);
      if (!isCut) expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ["2,000 levels", JSON.parse(`${"[".repeat(2_000)}${"]".repeat(2_000)}`)],
  ["a text of a megabyte", { text: "x".repeat(1_000_000) }],
  ["100,000 properties", Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`p${i}`, i]))],
  ["a list of lists", Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => 1))],
  ["control characters", { text: "\u0001".repeat(1_000), more: Array(20).fill("\u0002".repeat(900)) }],
])("%s are cut, quickly", (_what, value) => {
  const { text, isCut } = excerptOf(value);
  expect(isCut).toBe(true);
  expect(text.length).toBeLessThanOrEqual(16_000);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test("the write key is left out", () => {
  expect(excerptOf({ writeKey: "wk_secret", event: "E" }).text).toBe('{"event":"E"}');
});
