import { expect, test } from "vitest";

import {
  addTo,
  type Condition,
  findGaps,
  type Group,
  itemAt,
  removeAt,
  replaceAt,
  toCondition,
  toGroup,
} from "./segment-tree.ts";

const viewed: Condition = { did: "Product Viewed" };
const izmir: Condition = { trait: "city", op: "is", value: "Izmir" };

test("what the builder writes means what it read", () => {
  const definitions: Condition[] = [
    { all: [viewed, izmir] },
    { any: [viewed, { all: [izmir, { not: viewed }] }] },
    { not: { any: [viewed, izmir] } },
    { not: viewed },
  ];
  for (const definition of definitions) expect(toCondition(toGroup(definition))).toEqual(definition);
});

test("a single sentence is put into a group", () => {
  expect(toGroup(viewed)).toEqual({ group: "all", items: [viewed] });
});

test("not all of … becomes none of [all of …]", () => {
  const group = toGroup({ not: { all: [viewed, izmir] } });
  expect(group).toEqual({ group: "none", items: [{ group: "all", items: [viewed, izmir] }] });
  expect(toCondition(group)).toEqual({ not: { all: [viewed, izmir] } });
});

test("adding, replacing and taking out at any depth leave the rest alone", () => {
  const root = toGroup({ all: [viewed, { any: [izmir] }] });
  const added = addTo(root, [1], viewed);
  expect(toCondition(added)).toEqual({ all: [viewed, { any: [izmir, viewed] }] });
  const replaced = replaceAt(added, [1, 0], () => ({ did: "Order Completed" }));
  expect(itemAt(replaced, [1, 0])).toEqual({ did: "Order Completed" });
  expect(toCondition(removeAt(replaced, [0]))).toEqual({ all: [{ any: [{ did: "Order Completed" }, viewed] }] });
});

test("a group that has lost its last sentence goes too, but never the root", () => {
  const root = toGroup({ all: [viewed, { any: [izmir] }] });
  expect(toCondition(removeAt(root, [1, 0]))).toEqual({ all: [viewed] });
  expect(removeAt(toGroup({ all: [viewed] }), [0])).toEqual({ group: "all", items: [] });
});

test("unfinished sentences are found by their place", () => {
  const root: Group = {
    group: "all",
    items: [
      { did: "" },
      { did: "Order Completed", where: [{ property: "revenue", op: "gte", value: 50 }] },
      { group: "any", items: [{ trait: "city", op: "in", value: [] }, izmir] },
      { did: "Order Completed", count: { op: "eq", value: 0 } },
    ],
  };
  expect(findGaps(root)).toEqual([[0], [2, 0]]);
  expect(findGaps({ group: "all", items: [] })).toEqual([[]]);
});
