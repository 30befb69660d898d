import { expect, test } from "vitest";

import { compareGraphs } from "./compare-graphs.ts";
import type { JourneyGraph } from "./wire.ts";

const graph = (nodes: JourneyGraph["nodes"], more: Partial<JourneyGraph> = {}): JourneyGraph => ({
  entry: { kind: "api" },
  start: "a",
  nodes,
  ...more,
});

test("what is new, otherwise and gone is told; the order of fields is no difference", () => {
  const older = graph({ a: { kind: "wait", duration: "P1D", next: "b" }, b: { kind: "exit" }, c: { kind: "exit" } });
  const newer = graph({ a: { next: "d", duration: "P1D", kind: "wait" }, b: { kind: "exit" }, d: { kind: "exit" } });
  expect(compareGraphs(older, newer)).toEqual({
    marks: { a: "changed", d: "added" },
    removed: ["c"],
    isEntryChanged: false,
  });
  expect(compareGraphs(older, older)).toEqual({ marks: {}, removed: [], isEntryChanged: false });
  expect(compareGraphs(older, { ...older, holdout: 5 }).isEntryChanged).toBe(true);
});
