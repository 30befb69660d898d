import { expect, test } from "vitest";

import { ENTRY } from "./graph-edit.ts";
import { drawLine, LOST, layoutGraph, NODE_HEIGHT, NODE_WIDTH } from "./layout-graph.ts";
import type { JourneyGraph } from "./wire.ts";

const graph: JourneyGraph = {
  entry: { kind: "event", event: "Cart Viewed" },
  exit_when_leaves: false,
  reentry: { mode: "never" },
  start: "branch",
  nodes: {
    branch: {
      kind: "branch",
      cases: [{ condition: { did: "A" }, next: "wait" }],
      otherwise: "end",
    },
    wait: { kind: "wait", duration: "P1D", next: "end" },
    end: { kind: "exit" },
  },
};

test("the journey runs from top to bottom, the entry above everything", () => {
  const y = new Map(layoutGraph(graph).nodes.map((node) => [node.id, node.y]));
  const order = [ENTRY, "branch", "wait", "end"].map((id) => y.get(id) ?? Number.NaN);
  expect([...order].sort((a, b) => a - b)).toEqual(order);
});

test("a way to a node that is not there ends in the open, where something can be put on it", () => {
  const broken: JourneyGraph = {
    ...graph,
    nodes: { ...graph.nodes, wait: { kind: "wait", duration: "P1D", next: "gone" } },
  };
  const { nodes, ways } = layoutGraph(broken);
  const open = ways.find((way) => way.from === "wait")?.to ?? "";
  expect(open.startsWith(LOST)).toBe(true);
  expect(nodes.map(({ id }) => id)).toContain(open);
});

test("a way that skips a step runs around it, not through it", () => {
  const { nodes, ways } = layoutGraph(graph);
  const wait = nodes.find((node) => node.id === "wait");
  const skipping = ways.find((way) => way.slot === "otherwise");
  const isInside = (point: { x: number; y: number }) =>
    wait !== undefined &&
    point.x > wait.x &&
    point.x < wait.x + NODE_WIDTH &&
    point.y > wait.y &&
    point.y < wait.y + NODE_HEIGHT;
  expect(skipping?.points.some(isInside)).toBe(false);
});

test("the ways of a step stand from left to right in their order, what is left over last", () => {
  const wait = (next: string) => ({ kind: "wait", duration: "P1D", next }) as const;
  const nodes: JourneyGraph["nodes"] = {
    end: { kind: "exit" },
    gone: { kind: "exit" },
    branch: {
      kind: "branch",
      cases: [
        { condition: { did: "A" }, next: "a" },
        { condition: { did: "B" }, next: "gone" },
      ],
      otherwise: "again",
    },
    a: wait("end"),
    again: { kind: "experiment", variants: ["X", "Y", "Z"].map((name) => ({ name, share: 10, next: name })) },
    X: wait("end"),
    Y: wait("end"),
    Z: { kind: "exit" },
  };
  const { ways } = layoutGraph({ ...graph, nodes });
  for (const step of ["branch", "again"]) {
    const across = ways.filter(({ from }) => from === step).map(({ label }) => label.x);
    expect(across, step).toEqual(across.toSorted((a, b) => a - b));
  }
});

test("lines start and end where they should", () => {
  expect(
    drawLine([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
  ).toBe("M 0 0 C 0 10, 10 10, 10 20");
  expect(drawLine([])).toBe("");
});
