import { afterAll, beforeAll, expect, test } from "vitest";

import { closeStage, openStage, type Stage } from "../testing/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));

const exit = { kind: "exit" };
const whole = {
  entry: { kind: "api" },
  start: "a",
  nodes: { a: { kind: "wait", duration: "P1D", next: "b" }, b: exit },
};
const withNode = (a: unknown) => ({ ...whole, nodes: { a, b: exit } });

const HALF_MADE: Readonly<Record<string, unknown>> = {
  "a branch without cases": withNode({ kind: "branch", otherwise: "b" }),
  "a branch whose cases are a word": withNode({ kind: "branch", cases: "vip", otherwise: "b" }),
  "a case that is nothing": withNode({ kind: "branch", cases: [null], otherwise: "b" }),
  "a condition that means nothing": withNode({ kind: "branch", cases: [{ condition: 5, next: "b" }], otherwise: "b" }),
  "a wait without a time and a way": withNode({ kind: "wait" }),
  "a kind that nobody knows": withNode({ kind: "teleport", next: "b" }),
  "a name of a kind like `constructor`": withNode({ kind: "constructor", next: "b" }),
  "a split of numbers": withNode({ kind: "split", ways: [1, 2] }),
  "an experiment without variants": withNode({ kind: "experiment" }),
  "a message of no template": withNode({ kind: "send", next: "b" }),
  "a name that is no text": withNode({ ...exit, name: { tr: "Son" } }),
  "a way to nowhere": withNode({ kind: "wait", duration: "P1D", next: "gone" }),
  "a start that is nowhere": { ...whole, start: "gone" },
  "ids as every object has them": { ...whole, start: "constructor", nodes: { constructor: exit, toString: exit } },
  "no nodes": { ...whole, nodes: {} },
  "an entry of no known kind": { ...whole, entry: { kind: "moon" } },
  "a schedule for nobody": { ...whole, entry: { kind: "schedule" } },
  "a goal that is a word": { ...whole, goal: "Order Completed" },
  "rules that are no rules": { ...whole, reentry: "often", exit_on: "x", holdout: "y" },
};

const call = (method: "GET" | "POST", url: string, payload?: object) =>
  stage.app.inject({ method, url: `/v1/journeys${url}`, ...(payload ? { payload } : {}) });

test.each(Object.entries(HALF_MADE))(
  "JRN-1 %s: kept and read as it is, its mistakes named, not published",
  async (name, graph) => {
    const made = await call("POST", "", { name, graph });
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json();
    expect((await call("GET", `/${id}`)).json().graph).toMatchObject(graph as object);
    const checked = await call("POST", "/check", { graph });
    expect(checked.statusCode).toBe(200);
    expect(checked.json().errors).not.toEqual([]);
    for (const { path, message } of checked.json().errors) {
      expect(path).toMatch(/^graph\b/);
      expect(message).not.toBe("");
    }
    const published = await call("POST", `/${id}/publish`);
    expect([published.statusCode, published.json().code]).toEqual([400, "journey_not_valid"]);
    expect((await call("POST", `/${id}/rehearse`, { traits: {} })).json().code).toBe("journey_not_valid");
    expect((await call("GET", `/${id}/file`)).statusCode).toBe(200);
    expect((await call("GET", "")).statusCode).toBe(200);
  },
);

test("what has no nodes, no start or no entry at all is no draft: refused with its field", async () => {
  for (const [graph, path] of [
    [{ start: "a", nodes: {} }, "graph.entry"],
    [{ entry: { kind: "api" }, nodes: {} }, "graph.start"],
    [{ entry: { kind: "api" }, start: "a", nodes: { a: {} } }, "graph.nodes.a.kind"],
    [{ entry: { kind: "api" }, start: "a", nodes: { a: null } }, "graph.nodes.a"],
    [{ entry: { kind: "api" }, start: "a", nodes: { "a b": exit } }, "graph.nodes.a b"],
  ] as const) {
    const answer = await call("POST", "", { name: "No draft", graph });
    expect(answer.statusCode, JSON.stringify(graph)).toBe(400);
    expect(
      answer
        .json()
        .errors.map((one: { path: string }) => one.path)
        .join(),
      JSON.stringify(graph),
    ).toContain(path);
  }
});
