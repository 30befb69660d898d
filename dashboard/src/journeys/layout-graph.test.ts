import { expect, test } from "vitest";

import { ENTRY } from "./graph-edit.ts";
import { layoutGraph } from "./layout-graph.ts";
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

test("a way to a node that is not there is not drawn", () => {
  const broken: JourneyGraph = {
    ...graph,
    nodes: { ...graph.nodes, wait: { kind: "wait", duration: "P1D", next: "gone" } },
  };
  expect(layoutGraph(broken).ways.map((way) => way.to)).not.toContain("gone");
});
