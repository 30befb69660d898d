import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Condition,
  findGaps,
  type Group,
  insertAt,
  itemAt,
  locate,
  moveAt,
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
  const added = insertAt(root, [1], [viewed]);
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

test("a sentence is moved within its group, and stays where it cannot go further", () => {
  const root = toGroup({ all: [viewed, { any: [izmir, viewed] }] });
  const moved = moveAt(root, [1, 0], 1);
  expect(moved.path).toEqual([1, 1]);
  expect(toCondition(moved.root)).toEqual({ all: [viewed, { any: [viewed, izmir] }] });
  expect(moveAt(root, [0], -1)).toEqual({ root, path: [0] });
});

const leaf = fc.constantFrom<Condition>(viewed, izmir, { did: "Order Completed", within: "P30D" });
const tree = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("node") }),
  ),
})).node;

/** Every leaf of a definition with its path as the api writes it. */
function leavesOf(condition: Condition, at = ""): { path: string; leaf: Condition }[] {
  const children = "all" in condition ? condition.all : "any" in condition ? condition.any : undefined;
  if (Array.isArray(children))
    return children.flatMap((child, index) => leavesOf(child, `${at}${"all" in condition ? "all" : "any"}.${index}.`));
  if ("not" in condition) return leavesOf(condition.not as Condition, `${at}not.`);
  return [{ path: at, leaf: condition }];
}

test("whatever path the api names, the sentence it means is found", () => {
  fc.assert(
    fc.property(tree, (definition) => {
      // What the api sees is what the builder writes.
      const root = toGroup(definition);
      for (const { path, leaf: meant } of leavesOf(toCondition(root))) {
        const found = locate(root, `${path}where.0.value`);
        expect(itemAt(root, found.path)).toEqual(meant);
        expect(found.rest).toBe("where.0.value");
      }
    }),
  );
});
