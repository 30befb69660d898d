import fc from "fast-check";
import { expect, test } from "vitest";

import { copySteps, pasteSteps, removeSteps } from "./fragment.ts";
import { ENTRY, insertOn, waysOf } from "./graph-edit.ts";
import { NODE_KINDS } from "./node-kinds.ts";
import type { JourneyGraph } from "./wire.ts";

const cart: JourneyGraph = {
  entry: { kind: "api" },
  start: "pause",
  nodes: {
    pause: { kind: "wait", duration: "PT1H", next: "mail" },
    mail: { kind: "send", template_id: "t", next: "buys" },
    buys: { kind: "wait_event", event: "Order Completed", timeout: "P1D", next: "bought", on_timeout: "again" },
    again: { kind: "send", template_id: "u", next: "left" },
    bought: { kind: "exit" },
    left: { kind: "exit" },
  },
};
const wayTo = (graph: JourneyGraph, from: string, slot: string) => {
  const way = waysOf(graph).find((one) => one.from === from && one.slot === slot);
  if (!way) throw new Error(`no way ${slot} from ${from}`);
  return way;
};

test("steps that hang together stay so, and lead on to what came after", () => {
  const fragment = copySteps(cart, ["buys", "mail"]);
  expect(fragment.map(([id]) => id)).toEqual(["mail", "buys"]);
  const { graph, ids } = pasteSteps(cart, wayTo(cart, "again", "next"), fragment);
  const [mail = "", buys = ""] = ids;
  expect(graph.nodes.again).toMatchObject({ next: mail });
  expect(graph.nodes[mail]).toEqual({ kind: "send", template_id: "t", next: buys });
  const wait = graph.nodes[buys];
  expect(wait).toMatchObject({ kind: "wait_event", on_timeout: "left" });
  expect(wait?.kind === "wait_event" && graph.nodes[wait.next]).toEqual({ kind: "exit" });
  expect(graph.nodes.mail).toBe(cart.nodes.mail);
});

test("steps from here and there follow one another", () => {
  const { graph, ids } = pasteSteps(cart, wayTo(cart, ENTRY, "entry"), copySteps(cart, ["again", "pause"]));
  const [pause = "", again = ""] = ids;
  expect(graph.start).toBe(pause);
  expect(graph.nodes[pause]).toMatchObject({ kind: "wait", next: again });
  expect(graph.nodes[again]).toMatchObject({ template_id: "u", next: "pause" });
});

test("what is taken out is closed over; exits are neither copied nor taken out", () => {
  const graph = removeSteps(cart, ["mail", "buys", "left"]);
  expect(graph.nodes.pause).toMatchObject({ next: "again" });
  expect(Object.keys(graph.nodes).sort()).toEqual(["again", "left", "pause"]);
  expect(copySteps(cart, ["left", "bought"])).toEqual([]);
});

test("whatever is copied and wherever it is put, every way leads to a step and every step is reached", () => {
  const kinds = fc.constantFrom(...NODE_KINDS.filter((kind) => kind !== "exit"));
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, fc.nat(), fc.nat()), { maxLength: 8 }), fc.nat(), (made, where) => {
      let graph = cart;
      for (const [kind, at] of made) {
        const ways = waysOf(graph);
        graph = insertOn(graph, ways[at % ways.length] ?? wayTo(graph, ENTRY, "entry"), kind).graph;
      }
      const chosen = Object.keys(graph.nodes).filter((_, index) => (made[index % made.length]?.[2] ?? index) % 2 === 0);
      const fragment = copySteps(graph, chosen);
      const ways = waysOf(graph);
      const pasted = pasteSteps(graph, ways[where % ways.length] ?? wayTo(graph, ENTRY, "entry"), fragment);
      expect(pasted.ids).toHaveLength(fragment.length);
      const led = new Set(waysOf(pasted.graph).map(({ to }) => to));
      expect([...led].every((id) => id in pasted.graph.nodes)).toBe(true);
      expect(Object.keys(pasted.graph.nodes).every((id) => led.has(id))).toBe(true);
      expect(pasted.ids.every((id) => id in pasted.graph.nodes)).toBe(true);
    }),
  );
});
