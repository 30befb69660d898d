import { expect, it } from "vitest";

import type { Condition } from "../contracts.ts";
import { findUnknownNames, namesIn } from "./find-unknown-names.ts";

const seen = {
  events: ["Order Completed", "Ürün Görüldü", "order placed"],
  traits: ["city", "address.city"],
  computed: ["orders", "cart", "cart.items", "sizes"],
};

function told(definition: Condition, names: Parameters<typeof findUnknownNames>[1] = seen): string[] {
  return findUnknownNames(namesIn(definition), names).map(({ path, code, known = "" }) => `${path} ${code} ${known}`);
}

it.each<[Condition, string[]]>([
  [{ did: "order completed" }, ["definition.did other_capitals Order Completed"]],
  [{ all: [{ not: { did: "URUN GORULDU" } }] }, ["definition.all.0.not.did other_capitals Ürün Görüldü"]],
  [{ trait: "Address.City", op: "exists" }, ["definition.trait other_capitals address.city"]],
  [{ computed: "Orders", op: "gte", value: 1 }, ["definition.computed other_capitals orders"]],
  [{ computed: "ordrs", op: "gte", value: 1 }, ["definition.computed not_computed "]],
  [
    {
      sequence: [{ did: "Order Completed" }, { did: "ORDER COMPLETED", without: ["X", "Order Placed"] }],
      within: "P1D",
    },
    [
      "definition.sequence.1.did other_capitals Order Completed",
      "definition.sequence.1.without.1 other_capitals order placed",
    ],
  ],
  [
    { did: "A", not_followed_by: ["Order Completed", "order completed"], for: "PT1H" },
    ["definition.not_followed_by.1 other_capitals Order Completed"],
  ],
  [
    { did: "A", more_often_than: { did: "order completed" } },
    ["definition.more_often_than.did other_capitals Order Completed"],
  ],
])("SEG-23 in %j a name is told that something else has in other capitals", (definition, expected) => {
  expect(told(definition)).toEqual(expected);
});

it("SEG-23 says nothing of names that are seen, of new ones, and of what nobody can tell just now", () => {
  expect(told({ any: [{ did: "Order Completed" }, { did: "Brand New" }, { trait: "size", op: "exists" }] })).toEqual(
    [],
  );
  expect(told({ computed: "sizes.shoes", op: "is", value: "42" })).toEqual([]);
  expect(told({ did: "order completed" }, { ...seen, events: null })).toEqual([]);
});
