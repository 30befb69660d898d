import { expect, test } from "vitest";

import { mergeHead } from "./merge-head.ts";
import type { TimelineEvent } from "./wire.ts";

const event = (id: string, second: number): TimelineEvent => ({
  message_id: id,
  type: "track",
  event: "Product Viewed",
  timestamp: `2026-03-02T09:00:${String(second).padStart(2, "0")}.000Z`,
  received_at: "2026-03-02T09:00:59.000Z",
  channel: "web",
  touchpoint: null,
  properties: {},
});
const ids = (pages: readonly { items: readonly TimelineEvent[] }[]) =>
  pages.flatMap((page) => page.items.map((item) => item.message_id));

test("new events stand in front, once, and the older pages stay", () => {
  const pages = [
    { items: [event("b", 2), event("a", 1)], next: "x" },
    { items: [event("0", 0)], next: null },
  ];
  const merged = mergeHead(pages, { items: [event("c", 3), event("b", 2)], next: "y" });
  expect(ids(merged)).toEqual(["c", "b", "a", "0"]);
  expect(merged[0]?.next).toBe("x");
});

test("an event that came late stands at its own time", () => {
  const merged = mergeHead([{ items: [event("c", 3), event("a", 1)], next: null }], {
    items: [event("c", 3), event("b", 2), event("a", 1)],
    next: null,
  });
  expect(ids(merged)).toEqual(["c", "b", "a"]);
});

test("when more came in than one page holds, the list starts again rather than hide a gap", () => {
  const head = { items: [event("z", 9), event("y", 8)], next: "older" };
  expect(mergeHead([{ items: [event("a", 1)], next: null }], head)).toEqual([head]);
});

test("nothing new changes nothing", () => {
  const pages = [{ items: [event("a", 1)], next: null }];
  expect(mergeHead(pages, { items: [event("a", 1)], next: null })).toEqual(pages);
});
