import fc from "fast-check";
import { expect, test } from "vitest";

import { compareGraphs } from "./compare-graphs.ts";
import { copySteps, pasteSteps } from "./fragment.ts";
import { beginAnew, findUnfinished, insertOn, removeNode, waysOf } from "./graph-edit.ts";
import { beginFrameAnew, isDrawable, isFrameDrawable } from "./graph-shape.ts";
import { layoutGraph } from "./layout-graph.ts";
import { newNode } from "./new-node.ts";
import { NODE_KINDS } from "./node-kinds.ts";
import type { JourneyGraph, JourneyNode } from "./wire.ts";

const garbage = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.string(),
  fc.integer(),
  fc.constant({}),
  fc.constant([]),
  fc.constant([{}]),
  fc.constant([null]),
);

/** A node of any kind, known or not, of which one field may be missing or something else. */
const anyNode = fc
  .tuple(
    fc.constantFrom(...NODE_KINDS),
    fc.nat(),
    garbage,
    fc.constantFrom("a", "b", "gone", "constructor"),
    fc.boolean(),
  )
  .map(([kind, at, value, to, isForeign]) => {
    const whole: Record<string, unknown> = { name: "", ...newNode(kind, to, "b") };
    const keys = Object.keys(whole).filter((key) => key !== "kind");
    const key = keys[at % keys.length] ?? "name";
    return { ...whole, kind: isForeign ? "loyalty_bonus" : kind, [key]: value } as unknown as JourneyNode;
  });
const anyGraph = fc
  .tuple(anyNode, anyNode, anyNode, fc.constantFrom("a", "gone", "entry"), garbage)
  .map(([a, b, third, start, goal]) => ({
    entry: { kind: "api" },
    goal,
    start,
    nodes: { a, b, constructor: third, entry: { kind: "exit" } },
  })) as unknown as fc.Arbitrary<JourneyGraph>;

test("whatever a draft holds, it is laid out, edited and compared; what has no form is unfinished", () => {
  fc.assert(
    fc.property(anyGraph, fc.constantFrom(...NODE_KINDS), fc.nat(), (graph, kind, at) => {
      const { nodes, ways } = layoutGraph(graph);
      expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(graph.nodes)));
      expect(ways).toHaveLength(waysOf(graph).length);
      expect(compareGraphs(graph, graph).marks).toEqual({});
      const way = ways[at % ways.length];
      if (!way) return;
      const inserted = insertOn(graph, way, kind);
      expect(Object.keys(inserted.graph.nodes), "islands stay to be seen").toContain(inserted.id);
      layoutGraph(removeNode(inserted.graph, "a"));
      layoutGraph(pasteSteps(graph, way, copySteps(graph, ["a", "b"])).graph);
      const malformed = Object.keys(graph.nodes).filter((id) => !isDrawable(graph.nodes[id] as JourneyNode));
      expect(findUnfinished(graph)).toEqual(expect.arrayContaining(malformed));
      for (const id of malformed) {
        if (!NODE_KINDS.includes(graph.nodes[id]?.kind ?? "exit")) continue;
        expect(isDrawable(beginAnew(graph, id).nodes[id] as JourneyNode)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("every kind of step, as it is put on a way, can be drawn", () => {
  for (const kind of NODE_KINDS) expect(isDrawable(newNode(kind, "a", "b")), kind).toBe(true);
});

test("a branch without cases, a wait without a time, a note that is no text: shown as they are stored", () => {
  const broken = [
    { kind: "branch", otherwise: "a" },
    { kind: "wait", next: "a" },
    { kind: "exit", note: { a: 1 } },
    { kind: "loyalty_bonus", name: 5 },
  ];
  for (const node of broken) expect(isDrawable(node as unknown as JourneyNode), JSON.stringify(node)).toBe(false);
  expect(isDrawable({ kind: "loyalty_bonus", points: 5 } as unknown as JourneyNode)).toBe(true);
});

test("of what stands around the steps only what cannot be drawn is begun anew", () => {
  const graph = {
    entry: { kind: "schedule" },
    goal: { event: "Order Completed" },
    reentry: "often",
    start: "a",
    nodes: { a: { kind: "exit" } },
  } as unknown as JourneyGraph;
  expect(isFrameDrawable(graph)).toBe(false);
  const anew = beginFrameAnew(graph);
  expect(isFrameDrawable(anew)).toBe(true);
  expect(anew).toEqual({ entry: { kind: "event", event: "" }, goal: graph.goal, start: "a", nodes: graph.nodes });
});
