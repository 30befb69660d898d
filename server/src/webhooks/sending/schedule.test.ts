import fc from "fast-check";
import { expect, test } from "vitest";

import { nextTry, readRetryAfter } from "./schedule.ts";

const now = Temporal.Instant.from("2026-03-02T09:00:00Z");
const seconds = (at: Temporal.Instant | null) => (at === null ? null : now.until(at).total("seconds"));

test("HOOK-5 the waits are those of Standard Webhooks, a fifth longer at most, and there are nine of them", () => {
  const waits = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  for (const [n, wait] of waits.entries()) {
    expect(seconds(nextTry(now, n + 1, null, () => 0))).toBe(wait);
    expect(seconds(nextTry(now, n + 1, null, () => 1))).toBe(wait * 1.2);
  }
  expect(nextTry(now, 10, null)).toBeNull();
  expect(nextTry(now, 10, now.add({ seconds: 9 }))).toBeNull();
});

test("HOOK-6 what a receiver asks for is kept, up to a day, and never shortens a wait", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 200_000 }), (attempts, asked) => {
      const askedFor = readRetryAfter(String(asked), now);
      const due = seconds(nextTry(now, attempts, askedFor)) ?? 0;
      const least = seconds(nextTry(now, attempts, null, () => 0)) ?? 0;
      expect(due).toBeGreaterThanOrEqual(Math.max(least, Math.min(asked, 86_400)));
    }),
  );
});

test.each([
  ["120", 120],
  [" 7 ", 7],
  ["Mon, 02 Mar 2026 09:05:00 GMT", 300],
  ["Mon, 02 Mar 2026 08:05:00 GMT", null],
  ["99999999", 86_400],
  ["0", null],
  ["-5", null],
  ["soon", null],
  ["", null],
  [undefined, null],
])("HOOK-6 Retry-After: %s", (header, wait) => {
  expect(seconds(readRetryAfter(header, now))).toBe(wait);
});
