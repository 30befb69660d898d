import { expect, test } from "vitest";
import type { Variant } from "./queries.ts";
import { chosenVariant, keptChoice, startChoice } from "./variants.ts";

const variant = (id: string, color: string | null, size: string | null) => ({ id, color, size }) as Variant;
const shoes = [variant("b38", "Brick", "38"), variant("b39", "Brick", "39"), variant("s38", "Sand", "38")];

test("a size stays open until somebody picks it", () => {
  const choice = startChoice([variant("b38", "Brick", "38"), variant("b39", "Brick", "39")], undefined);
  expect(choice).toEqual({ color: "Brick", size: null });
});

test("where there is only one size it is chosen by itself, also where there is none at all", () => {
  expect(startChoice(shoes, "color:Sand")).toEqual({ color: "Sand", size: "38" });
  const sofa = [variant("a", "Teal", null), variant("b", "Plum", null)];
  expect(chosenVariant(sofa, startChoice(sofa, undefined))?.id).toBe("a");
});

test("the address keeps the choice, whole or half", () => {
  expect(startChoice(shoes, keptChoice(shoes, { color: "Brick", size: "39" }))).toEqual({ color: "Brick", size: "39" });
  expect(startChoice(shoes, keptChoice(shoes, { color: "Brick", size: null }))).toEqual({ color: "Brick", size: null });
});

test("an address of a variant that is gone begins anew", () => {
  expect(startChoice(shoes, "no-such-variant")).toEqual({ color: "Brick", size: null });
});

test("her own size is chosen for her where this colour has it, and only until she chooses", () => {
  expect(startChoice(shoes, undefined, "39")).toEqual({ color: "Brick", size: "39" });
  expect(startChoice(shoes, undefined, "44")).toEqual({ color: "Brick", size: null });
  expect(startChoice(shoes, "b38", "39")).toEqual({ color: "Brick", size: "38" });
});
