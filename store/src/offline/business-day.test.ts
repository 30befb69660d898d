import { expect, test } from "vitest";
import { businessDay } from "./business-day.ts";

test.each([
  ["2026-11-26T21:30:00Z", "Europe/Istanbul", "2026-11-26"],
  // Half past two at night in Istanbul.
  ["2026-11-26T23:30:00Z", "Europe/Istanbul", "2026-11-26"],
  ["2026-11-27T01:00:00Z", "Europe/Istanbul", "2026-11-27"],
  ["2026-11-26T20:00:00Z", "Asia/Jakarta", "2026-11-26"],
  ["2026-11-26T21:00:00Z", "Asia/Jakarta", "2026-11-27"],
])("%s in %s belongs to %s", (at, zone, day) => {
  expect(businessDay(new Date(at), zone)).toBe(day);
});
