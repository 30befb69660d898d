import { expect, test } from "vitest";
import { sortSizes } from "./sort-sizes.ts";

test("letters by their order, numbers by their value, letters first", () => {
  expect(sortSizes(["L", "XS", "M", "S"], "en")).toEqual(["XS", "S", "M", "L"]);
  expect(sortSizes(["100", "36", "9"], "en")).toEqual(["9", "36", "100"]);
  expect(sortSizes(["38", "S", "Queen"], "en")).toEqual(["S", "38", "Queen"]);
  expect(sortSizes(["Çam", "Tek", "Cilt"], "tr")).toEqual(["Cilt", "Çam", "Tek"]);
  expect(sortSizes(["İç", "Ilık"], "tr")).toEqual(["Ilık", "İç"]);
});
