import { expect, test } from "vitest";

import { compareGraphs } from "./compare-graphs.ts";
import { ENTRY, insertOn, waysOf } from "./graph-edit.ts";
import type { JourneyGraph } from "./wire.ts";

const graph = (nodes: JourneyGraph["nodes"], more: Partial<JourneyGraph> = {}): JourneyGraph => ({
  entry: { kind: "api" },
  start: "a",
  nodes,
  ...more,
});
const older = graph({ a: { kind: "wait", duration: "P1D", next: "b" }, b: { kind: "exit" }, c: { kind: "exit" } });

test("what is new, otherwise and gone is told; the order of fields is no difference", () => {
  const newer = graph({ a: { next: "d", duration: "P2D", kind: "wait" }, b: { kind: "exit" }, d: { kind: "exit" } });
  expect(compareGraphs(older, newer)).toEqual({
    marks: { a: "changed", d: "added" },
    removed: ["c"],
    rules: [],
    isStartElsewhere: false,
  });
  expect(compareGraphs(older, older)).toEqual({ marks: {}, removed: [], rules: [], isStartElsewhere: false });
});

test("a step put first changes where one begins, not who comes in", () => {
  const first = waysOf(older).find(({ from }) => from === ENTRY);
  const inserted = insertOn(older, first ?? { from: ENTRY, slot: "entry", to: "a" }, "update_trait");
  const { marks, rules, isStartElsewhere } = compareGraphs(older, inserted.graph);
  expect({ rules, isStartElsewhere }).toEqual({ rules: [], isStartElsewhere: true });
  expect(marks).toMatchObject({ [inserted.id]: "added", [ENTRY]: "rerouted" });
});

test("a step that says the same and leads elsewhere is told apart from one that says something else", () => {
  const branch = (duration: string, next: string): JourneyGraph["nodes"] => ({
    a: { kind: "wait_event", event: "Order Completed", timeout: duration, next, on_timeout: "c" },
    b: { kind: "exit" },
    c: { kind: "exit" },
  });
  const before = graph(branch("P1D", "b"));
  expect(compareGraphs(before, graph(branch("P1D", "c"))).marks).toEqual({ a: "rerouted" });
  expect(compareGraphs(before, graph(branch("P2D", "c"))).marks).toEqual({ a: "changed" });
});

test("of the rules around the steps those are named that differ; what is left out is what holds then", () => {
  const { nodes } = older;
  expect(compareGraphs(older, graph(nodes, { holdout: 5, reentry: { mode: "always" } }))).toMatchObject({
    rules: ["holdout", "reentry"],
    marks: { [ENTRY]: "changed" },
  });
  const spelledOut = graph(nodes, {
    goal: null,
    exit_when_leaves: false,
    exit_on: [],
    holdout: 0,
    reentry: { mode: "never" },
  });
  expect(compareGraphs(older, spelledOut).rules).toEqual([]);
  expect(compareGraphs(older, { ...older, entry: { kind: "event", event: "Signed Up" } }).rules).toEqual(["entry"]);
});
