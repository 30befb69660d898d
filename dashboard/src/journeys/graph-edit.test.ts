import fc from "fast-check";
import { expect, test } from "vitest";

import { addWay, ENTRY, findUnfinished, insertOn, removeNode, removeWay, waysOf } from "./graph-edit.ts";
import { NODE_KINDS } from "./node-kinds.ts";
import type { JourneyGraph } from "./wire.ts";

const abandonedCart: JourneyGraph = {
  entry: { kind: "segment", segment_id: "s" },
  exit_when_leaves: true,
  reentry: { mode: "never" },
  start: "mail",
  nodes: {
    mail: { kind: "send", template_id: "t", next: "buy" },
    buy: { kind: "wait_event", event: "Order Completed", timeout: "P1D", next: "bought", on_timeout: "left" },
    bought: { kind: "exit" },
    left: { kind: "exit" },
  },
};
const wayTo = (graph: JourneyGraph, from: string, slot: string) => {
  const way = waysOf(graph).find((one) => one.from === from && one.slot === slot);
  if (!way) throw new Error(`no way ${slot} from ${from}`);
  return way;
};

test("a wait dropped on the first way stands between entry and mail", () => {
  const { graph, id } = insertOn(abandonedCart, wayTo(abandonedCart, ENTRY, "entry"), "wait");
  expect(graph.start).toBe(id);
  expect(graph.nodes[id]).toEqual({ kind: "wait", duration: "P1D", next: "mail" });
});

test("a branch keeps what followed on its first case and gives the rest an exit", () => {
  const { graph, id } = insertOn(abandonedCart, wayTo(abandonedCart, "mail", "next"), "branch");
  const branch = graph.nodes[id];
  if (branch?.kind !== "branch") throw new Error("no branch");
  expect(branch.cases[0]?.next).toBe("buy");
  expect(graph.nodes[branch.otherwise]).toEqual({ kind: "exit" });
});

test("an exit dropped on a way ends it there, and what nobody reaches any more is gone", () => {
  const { graph } = insertOn(abandonedCart, wayTo(abandonedCart, "mail", "next"), "exit");
  expect(Object.keys(graph.nodes).sort()).toEqual(["exit_1", "mail"]);
});

test("taking out a wait for an event leads on by its timeout", () => {
  const graph = removeNode(abandonedCart, "buy");
  expect(graph.nodes.mail).toMatchObject({ next: "left" });
  expect(graph.nodes.bought).toBeUndefined();
});

test("an exit cannot be taken out, nor the last case of a branch", () => {
  expect(removeNode(abandonedCart, "left")).toBe(abandonedCart);
  const { graph, id } = insertOn(abandonedCart, wayTo(abandonedCart, "mail", "next"), "branch");
  expect(removeWay(graph, id, 0)).toBe(graph);
  const two = addWay(graph, id);
  expect(waysOf(two).filter((way) => way.from === id)).toHaveLength(3);
  expect(waysOf(removeWay(two, id, 1)).filter((way) => way.from === id)).toHaveLength(2);
});

test("a mail without its text and an entry without its segment are unfinished", () => {
  const { graph, id } = insertOn(abandonedCart, wayTo(abandonedCart, ENTRY, "entry"), "send");
  expect(findUnfinished(graph)).toEqual([id]);
  expect(findUnfinished({ ...abandonedCart, entry: { kind: "segment", segment_id: "" } })).toEqual([ENTRY]);
});

test("whatever is inserted and taken out, every way leads to a node and every node is reached", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.nat(), kind: fc.constantFrom(...NODE_KINDS), isRemoval: fc.boolean() }), {
        maxLength: 25,
      }),
      (edits) => {
        let graph = abandonedCart;
        for (const { at, kind, isRemoval } of edits) {
          const ways = waysOf(graph);
          const ids = Object.keys(graph.nodes);
          const way = ways[at % ways.length];
          const id = ids[at % ids.length];
          if (isRemoval && id) graph = removeNode(graph, id);
          else if (way) graph = insertOn(graph, way, kind).graph;
        }
        const targets = new Set(waysOf(graph).map((way) => way.to));
        expect([...targets].sort()).toEqual(Object.keys(graph.nodes).sort());
      },
    ),
  );
});

test("a further variant has a name that no other has; one without a name is unfinished", () => {
  const variant = (name: string) => ({ name, share: 50, next: "end" });
  const tested = (...names: string[]): JourneyGraph => ({
    entry: { kind: "api" },
    start: "test",
    nodes: { test: { kind: "experiment", variants: names.map(variant) }, end: { kind: "exit" } },
  });
  const { test: grown } = addWay(tested("B", "C"), "test").nodes;
  expect(grown?.kind === "experiment" && grown.variants.map(({ name }) => name)).toEqual(["B", "C", "A"]);
  expect(findUnfinished(tested("A", "B"))).toEqual([]);
  expect(findUnfinished(tested("A", ""))).toEqual(["test"]);
});
