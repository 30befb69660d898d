import { expect, test } from "vitest";
import { guessIdentifiers } from "./guess-identifiers.ts";

test("an address is an e-mail, whatever else it looks like", () => {
  expect(guessIdentifiers(" elif@example.com ")).toEqual([{ type: "email", value: "elif@example.com" }]);
});

test("a number with its country is a phone first, without it a loyalty card first", () => {
  expect(guessIdentifiers("+90 (532) 000-00-01")).toEqual([
    { type: "phone", value: "+905320000001" },
    { type: "loyalty_id", value: "+90 (532) 000-00-01" },
  ]);
  expect(guessIdentifiers("0090 532 0000001")[0]).toEqual({ type: "phone", value: "+905320000001" });
  expect(guessIdentifiers("9520001234")).toEqual([
    { type: "loyalty_id", value: "9520001234" },
    { type: "phone", value: "9520001234" },
  ]);
});

test("anything else can only be a loyalty card, and nothing is nothing", () => {
  expect(guessIdentifiers("DOK-17")).toEqual([{ type: "loyalty_id", value: "DOK-17" }]);
  expect(guessIdentifiers("  ")).toEqual([]);
});
