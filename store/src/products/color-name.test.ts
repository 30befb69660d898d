import { expect, test } from "vitest";
import { variantName } from "./color-name.ts";
import id from "./colors/id.json" with { type: "json" };
import tr from "./colors/tr.json" with { type: "json" };

test("a variant is called in the reader's language; a colour without a word keeps its own", () => {
  expect(variantName("tr", { color: "Brick", size: "38" })).toBe("Tuğla · 38");
  expect(variantName("en", { color: "Brick", size: null })).toBe("Brick");
  expect(variantName("id", { color: "Petrol", size: "M" })).toBe("Petrol · M");
  expect(variantName("tr", { color: null, size: null })).toBe("");
});

test("each colour has a word in each language", () => {
  expect(Object.keys(tr)).toEqual(Object.keys(id));
});
