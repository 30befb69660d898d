import fc from "fast-check";
import { expect, it } from "vitest";

import { packLines, unpackLines } from "./history-rows.ts";

const unpacked = (lines: readonly string[]) => unpackLines(packLines(lines)).toString("utf8");

it("lines come out as they went in, whatever was packed before them and in whatever script", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(unpacked(lines)).toBe(lines.map((text) => `${text}\n`).join(""));
    }),
  );
});

it("more than is packed of a usual batch at once is packed all the same", () => {
  const lines = Array.from({ length: 70 }, (_, i) => `${i} ${"çığır ".repeat(16_000)}`);
  expect(unpacked(lines)).toBe(lines.map((text) => `${text}\n`).join(""));
  expect(unpacked(["ş"])).toBe("ş\n");
});
