import fc from "fast-check";
import { expect, test } from "vitest";

import { diffLines } from "./diff-lines.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

test("without the new lines it is the old text, without the old ones the new text", () => {
  fc.assert(
    fc.property(lines, lines, (old, now) => {
      const diff = diffLines(old, now);
      const without = (side: string) => diff.filter((line) => line.side !== side).map(({ text }) => text);
      expect(without("new")).toEqual(old);
      expect(without("old")).toEqual(now);
    }),
  );
});

test("equal texts differ in nothing; one changed line is one out and one in", () => {
  expect(diffLines(["a", "b"], ["a", "b"]).every(({ side }) => side === "same")).toBe(true);
  expect(diffLines(["a", "b", "c"], ["a", "x", "c"]).map(({ side }) => side)).toEqual(["same", "old", "new", "same"]);
});
