import { expect, test } from "vitest";

import { readDuration, writeDuration } from "./durations.ts";

test("simple durations are read and written back the same", () => {
  for (const iso of ["PT30M", "PT1H", "P30D"]) {
    const read = readDuration(iso);
    expect(read && writeDuration(read)).toBe(iso);
  }
});

test("what is not one number and one unit is left to the text field", () => {
  for (const iso of ["P1DT2H", "P1M", "1 hour", ""]) expect(readDuration(iso)).toBeNull();
});
