import { expect, test } from "vitest";
import { addressOf, type Place, placeOf } from "./place.ts";

test.each<Place>([
  { at: "find" },
  { at: "find", q: "ılgın & co?" },
  { at: "find", category: "shoes" },
  { at: "product", id: "0190" },
  { at: "product", id: "0190", variant: "0191" },
  { at: "product", id: "0190", color: "Sky & sea" },
  { at: "list" },
])("every screen has its address: %j", (place) => {
  const [path = "", search = ""] = addressOf(place).split("?");
  expect(placeOf(path, search)).toEqual(place);
});

test("an address that means nothing leads to the beginning", () => {
  expect(placeOf("/kiosk/elsewhere", "?x=1")).toEqual({ at: "find" });
});
