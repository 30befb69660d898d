import { expect, it } from "vitest";

import { VirtualClock } from "../../platform/clock.ts";
import type { Counted } from "./counting.ts";
import { SharedCounts } from "./shared-counts.ts";

const TEN: Counted = { size: 10, ids: [], isExact: true };

/** Counts that end when they are told to. */
function createCounting() {
  const made: { readonly signal: AbortSignal; readonly end: (counted: Counted) => void }[] = [];
  const make = (_now: number, signal: AbortSignal) =>
    new Promise<Counted>((resolve, reject) => {
      made.push({ signal, end: resolve });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  return { made, make };
}

const waiting = () => new AbortController().signal;

it("SEG-24 what several ask at once is counted once, and each is told for which moment it is right", async () => {
  const clock = new VirtualClock("2026-11-01T10:00:00Z");
  const counts = new SharedCounts(clock);
  const { made, make } = createCounting();
  const first = counts.get("a", waiting(), make);
  clock.advance({ seconds: 1 });
  const second = counts.get("a", waiting(), make);
  const other = counts.get("b", waiting(), make);
  expect(made).toHaveLength(2);
  for (const { end } of made) end(TEN);
  const began = Date.parse("2026-11-01T10:00:00Z");
  expect([(await first).at, (await second).at, (await other).at]).toEqual([began, began, began + 1000]);
});

it("SEG-24 whoever asks afterwards is told what is true then", async () => {
  const counts = new SharedCounts(new VirtualClock("2026-11-01T10:00:00Z"));
  const { made, make } = createCounting();
  const first = counts.get("a", waiting(), make);
  made[0]?.end(TEN);
  await first;
  const next = counts.get("a", waiting(), make);
  made[1]?.end({ ...TEN, size: 11 });
  expect((await next).size).toBe(11);
});

it("SEG-24 a count goes on as long as one of several waits for it, and ends with the last", async () => {
  const counts = new SharedCounts(new VirtualClock("2026-11-01T10:00:00Z"));
  const { made, make } = createCounting();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = counts.get("a", one.signal, make);
  const second = counts.get("a", two.signal, make);
  one.abort();
  await expect(first).rejects.toThrow(/abort/i);
  expect(made[0]?.signal.aborted).toBe(false);
  two.abort();
  await expect(second).rejects.toThrow(/abort/i);
  expect(made[0]?.signal.aborted).toBe(true);
  const third = counts.get("a", waiting(), make);
  made[1]?.end(TEN);
  expect((await third).size).toBe(10);
});

it("SEG-24 a count that fails fails for those who waited, and is made anew", async () => {
  const counts = new SharedCounts(new VirtualClock("2026-11-01T10:00:00Z"));
  const failing = () => Promise.reject(new Error("away"));
  await expect(counts.get("a", waiting(), failing)).rejects.toThrow("away");
  expect((await counts.get("a", waiting(), async () => TEN)).size).toBe(10);
});
