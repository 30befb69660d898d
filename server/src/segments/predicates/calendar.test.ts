import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createCalendar, spanOf, WORDS, whileIn } from "./calendar.ts";

const zone = fc.constantFrom(
  "UTC",
  "Europe/Istanbul",
  "America/New_York",
  "Africa/Cairo",
  "America/St_Johns",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
);
const unit = fc.constantFrom("day", "week", "month", "quarter", "year");
const instant = fc.integer({ min: Date.parse("1985-01-01"), max: Date.parse("2035-01-01") });

function span(word: keyof typeof WORDS, zoneName: string, now: string): string[] {
  const { from, to } = spanOf(word, zoneName, Date.parse(now));
  return [from, to].map((at) => new Date(at).toISOString().slice(0, 16));
}

describe("SEG-22 words of the calendar mean the days of the zone", () => {
  it.each<[keyof typeof WORDS, string, string, string[]]>([
    ["today", "Europe/Istanbul", "2026-03-01T21:00:00Z", ["2026-03-01T21:00", "2026-03-02T21:00"]],
    ["today", "Europe/Istanbul", "2026-03-01T20:59:59Z", ["2026-02-28T21:00", "2026-03-01T21:00"]],
    // Weeks begin on Monday: 1 March 2026 is a Sunday.
    ["this_week", "UTC", "2026-03-01T23:59:59Z", ["2026-02-23T00:00", "2026-03-02T00:00"]],
    ["last_week", "UTC", "2026-03-02T00:00:00Z", ["2026-02-23T00:00", "2026-03-02T00:00"]],
    ["last_month", "UTC", "2024-03-31T12:00:00Z", ["2024-02-01T00:00", "2024-03-01T00:00"]],
    ["last_quarter", "UTC", "2026-01-01T00:00:00Z", ["2025-10-01T00:00", "2026-01-01T00:00"]],
    ["last_year", "UTC", "2024-12-31T23:59:59Z", ["2023-01-01T00:00", "2024-01-01T00:00"]],
    // Clocks go forward and back: days of 23 and 25 hours.
    ["today", "Europe/Berlin", "2026-03-29T12:00:00Z", ["2026-03-28T23:00", "2026-03-29T22:00"]],
    ["today", "Europe/Berlin", "2026-10-25T12:00:00Z", ["2026-10-24T22:00", "2026-10-25T23:00"]],
    // There is no midnight on that day in Cairo, and no 30 December 2011 at all in Apia.
    ["today", "Africa/Cairo", "2024-04-26T12:00:00Z", ["2024-04-25T22:00", "2024-04-26T21:00"]],
    ["yesterday", "Pacific/Apia", "2011-12-30T12:00:00Z", ["2011-12-29T10:00", "2011-12-30T10:00"]],
    // Clocks went from one past midnight back to 23:01: the day had begun.
    ["today", "America/St_Johns", "2007-11-04T03:00:00Z", ["2007-11-04T02:30", "2007-11-05T03:30"]],
  ])("%s in %s at %s", (word, zoneName, now, expected) => {
    expect(span(word, zoneName, now)).toEqual(expected);
  });

  it("cuts time into periods without a gap, whatever was asked before", () => {
    fc.assert(
      fc.property(unit, zone, fc.array(instant, { minLength: 1, maxLength: 8 }), (unitName, zoneName, instants) => {
        const calendar = createCalendar(unitName, zoneName);
        for (const at of instants) {
          const { from, to } = calendar(at);
          expect(from <= at && at < to).toBe(true);
          expect(createCalendar(unitName, zoneName)(at)).toEqual({ from, to });
          expect(calendar(to).from).toBe(to);
          expect(calendar(from - 1).to).toBe(from);
        }
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  it("an instant is in what a word means exactly while the present is in the span that it gives", () => {
    const word = fc.constantFrom(...(Object.keys(WORDS) as (keyof typeof WORDS)[]));
    fc.assert(
      fc.property(word, zone, instant, fc.integer({ min: 0, max: 800 * 86_400_000 }), (name, zoneName, at, later) => {
        const now = at + later;
        const meant = spanOf(name, zoneName, now);
        const present = whileIn(at, name, zoneName);
        expect(at >= meant.from && at < meant.to).toBe(now >= present.from && now < present.to);
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });
});
