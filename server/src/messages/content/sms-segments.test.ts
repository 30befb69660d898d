import fc from "fast-check";
import { expect, test } from "vitest";

import { countSegments } from "./sms-segments.ts";

test.each([
  ["", 0, "gsm7"],
  ["a".repeat(160), 1, "gsm7"],
  ["a".repeat(161), 2, "gsm7"],
  ["a".repeat(306), 2, "gsm7"],
  ["a".repeat(307), 3, "gsm7"],
  ["€".repeat(80), 1, "gsm7"],
  ["€".repeat(81), 2, "gsm7"],
  ["ş".repeat(70), 1, "ucs2"],
  ["ş".repeat(71), 2, "ucs2"],
  ["😀".repeat(35), 1, "ucs2"],
  // 67 units hold 33 emoji: one unit is left over in each.
  ["😀".repeat(67), 3, "ucs2"],
])("%s is so many segments", (text, segments, encoding) => {
  expect(countSegments(text)).toMatchObject({ segments, encoding });
});

test("an escape is never cut from its letter: 152 letters and a euro do not fit into one of several", () => {
  expect(countSegments(`${"a".repeat(152)}€${"a".repeat(152)}`)).toMatchObject({ segments: 3 });
});

test("more text never takes fewer segments, and what is left is never negative", () => {
  const letters = fc.array(fc.constantFrom("a", "€", "ş", "😀", "\n"), { maxLength: 350 });
  const check = (a: string[], b: string[]) => {
    const one = countSegments(a.join(""));
    expect(countSegments([...a, ...b].join("")).segments).toBeGreaterThanOrEqual(one.segments);
    expect(one.left).toBeGreaterThanOrEqual(0);
  };
  fc.assert(fc.property(letters, letters, check), { numRuns: 50 });
});
