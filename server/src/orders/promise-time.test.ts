import { expect, test } from "vitest";

import { promiseTime } from "./promise-time.ts";

const day = [["10:00", "19:00"]] as const;
const store = {
  timezone: "Europe/Istanbul",
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [["10:00", "14:00"]] as const },
};
const promised = (now: string, minutes = 120, at: Parameters<typeof promiseTime>[0] = store) =>
  promiseTime(at, Temporal.Instant.from(now), minutes)?.toString() ?? null;

test("ORD-12 while it is open: now and the work", () => {
  expect(promised("2026-03-02T09:00:00Z")).toBe("2026-03-02T11:00:00Z");
});
test("ORD-12 before it opens: from the opening, in the store's own zone", () => {
  expect(promised("2026-03-02T03:00:00Z")).toBe("2026-03-02T09:00:00Z");
});
test("ORD-12 half an hour before closing: the next opening and the work", () => {
  expect(promised("2026-03-02T15:30:00Z")).toBe("2026-03-03T09:00:00Z");
});
test("ORD-12 on Saturday afternoon: Monday", () => {
  expect(promised("2026-03-07T12:00:00Z")).toBe("2026-03-09T09:00:00Z");
});
test("ORD-12 work longer than any day ends when the next day does", () => {
  expect(promised("2026-03-02T03:00:00Z", 1000)).toBe("2026-03-02T16:00:00Z");
});
test("ORD-12 open over midnight, and through the night when clocks go forward", () => {
  const late = { timezone: "Europe/Berlin", hours: { sat: [["20:00", "04:00"]] as const } };
  expect(promised("2026-03-28T23:30:00Z", 120, late)).toBe("2026-03-29T01:30:00Z");
  expect(promised("2026-03-29T01:00:00Z", 120, late)).toBe("2026-04-04T20:00:00Z");
});
test("ORD-12 a store that never opens promises nothing", () => {
  expect(promised("2026-03-02T09:00:00Z", 5, { timezone: "Asia/Jakarta", hours: {} })).toBeNull();
});
