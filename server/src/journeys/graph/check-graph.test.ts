import { expect, test } from "vitest";

import { type Graph, graph as graphSchema } from "../contracts.ts";
import { kindsWith } from "../nodes/kinds.ts";
import { checkGraph } from "./check-graph.ts";

const SEGMENT = "01960000-0000-7000-8000-000000000001";
const TEMPLATE = "01960000-0000-7000-8000-000000000002";

function graph(nodes: Record<string, unknown>, more: object = {}): Graph {
  return graphSchema.parse({ entry: { kind: "segment", segment_id: SEGMENT }, start: "a", nodes, ...more }) as Graph;
}
const paths = (checked: Graph) => checkGraph(checked, kindsWith()).map((error) => error.path);
const send = (next: string) => ({ kind: "send", template_id: TEMPLATE, next });
const wait = (next: string) => ({ kind: "wait", duration: "PT1H", next });
const exit = { kind: "exit" };

test("a sound journey has no mistakes", () => {
  expect(paths(graph({ a: wait("b"), b: send("c"), c: exit }))).toEqual([]);
});

test("JRN-1 ways to nodes that do not exist are named, the start's too", () => {
  const branch = { kind: "branch", cases: [{ condition: {}, next: "gone" }], otherwise: "gone" };
  expect(
    paths(graph({ b: branch, a: { kind: "wait_event", event: "X", timeout: "P1D", next: "b", on_timeout: "lost" } })),
  ).toEqual(["graph.nodes.b.cases.0.next", "graph.nodes.b.otherwise", "graph.nodes.a.on_timeout"]);
  expect(paths(graph({ b: exit }))).toEqual(["graph.start"]);
  expect(paths(graph({ a: wait("constructor") }))).toEqual(["graph.nodes.a.next"]);
});

test("JRN-1 a node that no way leads to is a mistake", () => {
  expect(paths(graph({ a: exit, b: exit }))).toEqual(["graph.nodes.b"]);
});

test("JRN-1 a loop needs a wait in it", () => {
  const loop = { a: send("b"), b: { kind: "branch", cases: [{ condition: {}, next: "a" }], otherwise: "c" }, c: exit };
  expect(paths(graph(loop))).toEqual(["graph.nodes.a", "graph.nodes.b"]);
  expect(paths(graph({ ...loop, a: wait("b") }))).toEqual([]);
});

test("JRN-1 a loop without an exit needs a goal", () => {
  const reminder = { a: wait("b"), b: send("a") };
  expect(paths(graph(reminder))).toEqual(["graph.nodes"]);
  expect(paths(graph(reminder, { goal: { event: "Order Completed" } }))).toEqual([]);
});

test("leaving a segment ends only what a segment began", () => {
  const entry = { kind: "event", event: "Order Completed" };
  expect(paths(graph({ a: exit }, { entry, exit_when_leaves: true }))).toEqual(["graph.exit_when_leaves"]);
});

test.each(["P1M", "P1Y", "PT0S", "-PT1H", "P400D", "1h", "PT"])("a wait of %s is refused", (duration) => {
  const read = graphSchema.safeParse({
    ...graph({ a: exit }),
    nodes: { a: { kind: "wait", duration, next: "b" }, b: exit },
  });
  expect(read.success).toBe(false);
});

test("where is checked like in segments", () => {
  const read = (where: unknown) =>
    graphSchema.safeParse({ ...graph({ a: exit }), goal: { event: "Order Completed", where } }).success;
  expect(read([{ property: "revenue", op: "gte", value: 50 }])).toBe(true);
  expect(read([{ property: "revenue", op: "about", value: 50 }])).toBe(false);
});
