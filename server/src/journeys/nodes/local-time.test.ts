import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dayInYear, dayOf, localMoment, nextLocal } from "./local-time.ts";

const at = (text: string) => Temporal.Instant.from(text);
const next = (from: string, time: string, zone: string, weekdays?: readonly number[]) =>
  nextLocal(at(from), time, weekdays, zone).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });

describe("JRN-12 nights in which the clocks change", () => {
  test.each([
    // New York, 2026-03-08: 02:00 to 03:00 are left out. 2026-11-01: 01:00 to 02:00 come twice.
    ["America/New_York", "2026-03-08T01:00:00-05:00", "02:30", "2026-03-08T03:30:00-04:00"],
    ["America/New_York", "2026-03-07T10:00:00-05:00", "09:00", "2026-03-08T09:00:00-04:00"],
    ["America/New_York", "2026-11-01T00:30:00-04:00", "01:30", "2026-11-01T01:30:00-04:00"],
    ["America/New_York", "2026-10-31T10:00:00-04:00", "09:00", "2026-11-01T09:00:00-05:00"],
    // Lord Howe moves by half an hour. 2026-10-04: 02:00 to 02:30 are left out. 2026-04-05: 01:30 to 02:00 come twice.
    ["Australia/Lord_Howe", "2026-10-04T01:00:00+10:30", "02:15", "2026-10-04T02:45:00+11:00"],
    ["Australia/Lord_Howe", "2026-10-03T10:00:00+10:30", "09:00", "2026-10-04T09:00:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-05T01:00:00+11:00", "01:45", "2026-04-05T01:45:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-04T10:00:00+11:00", "09:00", "2026-04-05T09:00:00+10:30"],
    // Istanbul put the end of summer of 2015 off to 8 November, because of an election, and has kept summer since 2016.
    ["Europe/Istanbul", "2015-10-24T12:00:00+03:00", "09:00", "2015-10-25T09:00:00+03:00"],
    ["Europe/Istanbul", "2015-11-08T02:00:00+03:00", "03:30", "2015-11-08T03:30:00+03:00"],
    ["Europe/Istanbul", "2015-11-07T12:00:00+03:00", "09:00", "2015-11-08T09:00:00+02:00"],
    ["Europe/Istanbul", "2016-03-27T02:00:00+02:00", "03:30", "2016-03-27T04:30:00+03:00"],
    ["Europe/Istanbul", "2016-10-29T12:00:00+03:00", "09:00", "2016-10-30T09:00:00+03:00"],
    ["Europe/Istanbul", "2016-11-05T12:00:00+03:00", "09:00", "2016-11-06T09:00:00+03:00"],
  ])("%s from %s until %s: %s", (zone, from, time, expected) => {
    expect(next(from, time, zone)).toBe(expected);
  });

  test("an hour that comes twice is one moment: who comes between the two waits for the next day", () => {
    expect(next("2026-11-01T01:30:00-05:00", "01:30", "America/New_York")).toBe("2026-11-02T01:30:00-05:00");
    expect(next("2026-04-05T01:45:00+10:30", "01:45", "Australia/Lord_Howe")).toBe("2026-04-06T01:45:00+10:30");
  });

  test("a weekday is the person's, on either side of the date line", () => {
    // Sunday evening in New York is Monday in Lord Howe.
    expect(next("2026-03-08T20:00:00-04:00", "09:00", "America/New_York", [1])).toBe("2026-03-09T09:00:00-04:00");
    expect(next("2026-03-08T20:00:00-04:00", "12:00", "Australia/Lord_Howe", [1])).toBe("2026-03-09T12:00:00+11:00");
  });

  test("at any moment of those nights the wait ends at that hour or just behind the gap, within 26 hours, never before", () => {
    const nights = [
      ["America/New_York", "2026-03-08T00:00:00Z"],
      ["America/New_York", "2026-11-01T00:00:00Z"],
      ["Australia/Lord_Howe", "2026-04-04T00:00:00Z"],
      ["Australia/Lord_Howe", "2026-10-03T00:00:00Z"],
      ["Europe/Istanbul", "2015-11-07T12:00:00Z"],
      ["Europe/Istanbul", "2016-03-26T12:00:00Z"],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...nights),
        fc.integer({ min: 0, max: 2_880 }),
        fc.integer({ min: 0, max: 1_439 }),
        ([zone, night], minutes, of) => {
          const from = at(night).add({ minutes });
          const time = Temporal.PlainTime.from("00:00").add({ minutes: of });
          const found = nextLocal(from, time.toString({ smallestUnit: "minute" }), undefined, zone);
          expect(from.until(found).total("hours")).toBeGreaterThanOrEqual(0);
          expect(from.until(found).total("hours")).toBeLessThanOrEqual(26);
          const shown = found.toZonedDateTimeISO(zone).toPlainTime();
          const isInGap = !shown.equals(time);
          if (isInGap) expect([30, 60]).toContain(time.until(shown).total("minutes"));
        },
      ),
    );
  });
});

describe("JRN-12 29 February", () => {
  test("is itself in leap years, 2000 among them and 2100 not, and its neighbour in the others", () => {
    const born = Temporal.PlainDate.from("2000-02-29");
    const in_ = (year: number, feb29: "feb28" | "mar1") => dayInYear(born, year, feb29).toString();
    expect([2024, 2028, 2400].map((year) => in_(year, "feb28"))).toEqual(["2024-02-29", "2028-02-29", "2400-02-29"]);
    expect([2026, 2100].map((year) => in_(year, "feb28"))).toEqual(["2026-02-28", "2100-02-28"]);
    expect([2026, 2100].map((year) => in_(year, "mar1"))).toEqual(["2026-03-01", "2100-03-01"]);
    expect(dayInYear(Temporal.PlainDate.from("1990-02-28"), 2028, "mar1").toString()).toBe("2028-02-28");
  });

  test("a date that does not exist is none; an instant is the day it is where the person lives", () => {
    expect(dayOf("2026-02-29", "UTC")).toBeNull();
    expect(dayOf("2024-02-29T23:30:00Z", "Europe/Istanbul")?.toString()).toBe("2024-03-01");
    expect(dayOf("2024-03-01T02:00:00Z", "America/New_York")?.toString()).toBe("2024-02-29");
  });

  test("the hour of a day that begins without midnight", () => {
    // Clocks in Santiago go from 24:00 to 01:00 in the night to 6 September 2026.
    expect(localMoment(Temporal.PlainDate.from("2026-09-06"), "00:00", "America/Santiago").toString()).toBe(
      "2026-09-06T04:00:00Z",
    );
  });
});
