import { expect, test } from "vitest";

import { momentOf, moved } from "./rehearsal-moment.ts";
import type { RehearsedView } from "./wire.ts";

const NINE = "2026-03-01T09:00:00Z";
const TEN = "2026-03-01T10:00:00Z";
const step = (node: string, at: string): RehearsedView["steps"][number] => ({ node, at, note: { code: "waited" } });
const call = (node: string, at: string) => ({ node, at, what: { code: "call", url: "https://example.com" } as const });
const rehearsed: RehearsedView = {
  steps: [step("entry", NINE), step("wait", NINE), step("wait", TEN), step("call", TEN)],
  messages: [],
  would: [call("call", TEN)],
  run: null,
};
const nodes = (position: Parameters<typeof momentOf>[1]) => momentOf(rehearsed, position).steps.map(({ node }) => node);

test("one stands at the end unless a position says otherwise", () => {
  expect(momentOf(rehearsed, {})).toEqual({
    reached: 4,
    of: 4,
    isEnd: true,
    clock: TEN,
    node: "call",
    steps: rehearsed.steps,
    would: rehearsed.would,
  });
});

test("after so many decisions nothing is known of those to come, not even of the same instant", () => {
  expect(momentOf(rehearsed, { step: 3 })).toMatchObject({
    reached: 3,
    isEnd: false,
    clock: TEN,
    node: "wait",
    would: [],
  });
  expect(nodes({ step: 2 })).toEqual(["entry", "wait"]);
});

test("a chosen clock shows what has happened by then, itself included, and stands on that clock", () => {
  expect(momentOf(rehearsed, { until: "2026-03-01T09:59" })).toMatchObject({
    reached: 2,
    clock: "2026-03-01T09:59:00.000Z",
    node: "wait",
  });
  expect(momentOf(rehearsed, { until: "2026-03-01T10:00" }).isEnd).toBe(true);
  expect(momentOf(rehearsed, { until: "2026-03-01T08:59" })).toMatchObject({ reached: 0, node: null, steps: [] });
});

test("a position from an address that is no position is the nearest one, or the end", () => {
  expect(nodes({ step: 0 })).toEqual(["entry"]);
  expect(momentOf(rehearsed, { step: 99 }).isEnd).toBe(true);
  expect(momentOf(rehearsed, { until: "noon" }).isEnd).toBe(true);
  expect(momentOf({ ...rehearsed, steps: [], would: [] }, { step: 1 })).toMatchObject({
    reached: 0,
    isEnd: true,
    clock: null,
  });
});

test("one moves a decision at a time between the first and the end", () => {
  const at = (position: Parameters<typeof momentOf>[1]) => momentOf(rehearsed, position);
  expect(moved(at({}), -1)).toEqual({ step: 3 });
  expect(moved(at({ step: 1 }), -1)).toEqual({ step: 1 });
  expect(moved(at({ step: 2 }), 1)).toEqual({ step: 3 });
  expect(moved(at({ step: 3 }), 1)).toEqual({});
  expect(moved(at({ until: "2026-03-01T08:59" }), 1)).toEqual({ step: 1 });
});
