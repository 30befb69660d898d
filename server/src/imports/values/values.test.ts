import { describe, expect, test } from "vitest";
import { isZone } from "../../platform/time-zone.ts";
import { readDecimal } from "./read-decimal.ts";
import { readFlag } from "./read-flag.ts";
import { createMomentReader } from "./read-moment.ts";

describe("IMP-3 numbers", () => {
  test.each([
    ["1234.5", ".", "1234.5"],
    ["1,234.50", ".", "1234.50"],
    ["1.234,50", ",", "1234.50"],
    ["₺1.234,50", ",", "1234.50"],
    ["Rp 12.000", ",", "12000"],
    ["12 000,00 €", ",", "12000.00"],
    ["-5", ".", "-5"],
    ["(12.00)", ".", "-12.00"],
    ["$-3.00", ".", "-3.00"],
    [".5", ".", "0.5"],
  ] as const)("%s with %s is %s", (text, decimal, expected) => expect(readDecimal(text, decimal)).toBe(expected));

  test.each([
    ["1,5", "."],
    ["1.5.0", "."],
    ["12,34,567", "."],
    ["abc", "."],
    ["", "."],
    ["-", "."],
    ["--1", "."],
    ["1.23", ","],
    ["(5", "."],
  ] as const)("%s with %s is none", (text, decimal) => expect(readDecimal(text, decimal)).toBeNull());
});

describe("IMP-4 times", () => {
  const read = (text: unknown, zone = "UTC", style: Parameters<typeof createMomentReader>[1] = "auto") => {
    const ms = createMomentReader(zone, style).readMoment(text);
    return ms === null ? null : new Date(ms).toISOString();
  };
  test.each([
    ["2026-03-02T10:00:00Z", "2026-03-02T10:00:00.000Z"],
    ["2026-03-02T10:00:00+03:00", "2026-03-02T07:00:00.000Z"],
    ["2026-03-02 10:00", "2026-03-02T07:00:00.000Z"],
    ["02.03.2026 10:00:30", "2026-03-02T07:00:30.000Z"],
    ["2/3/2026", "2026-03-01T21:00:00.000Z"],
    ["2/3/26 1:05 PM", "2026-03-02T10:05:00.000Z"],
    ["1772445600", "2026-03-02T10:00:00.000Z"],
    [1772445600000, "2026-03-02T10:00:00.000Z"],
  ])("%s in Istanbul", (text, expected) => expect(read(text, "Europe/Istanbul")).toBe(expected));

  test("month first, year first", () => {
    expect(read("3/2/2026", "UTC", "mdy")).toBe("2026-03-02T00:00:00.000Z");
    expect(read("2026/03/02", "UTC", "ymd")).toBe("2026-03-02T00:00:00.000Z");
  });

  test("an hour that happens twice is taken for its first, one that does not happen moves on", () => {
    expect(read("2026-10-25 01:30", "Europe/London")).toBe("2026-10-25T00:30:00.000Z");
    expect(read("2026-03-29 01:30", "Europe/London")).toBe("2026-03-29T01:30:00.000Z");
  });

  test.each(["31.02.2026", "13:00", "yesterday", "2026-13-01", "0000-00-00", ""])("%s is none", (text) =>
    expect(read(text)).toBeNull(),
  );

  test("dates stay dates, also before 1970", () => {
    const { readDate } = createMomentReader("Europe/Istanbul", "dmy");
    expect(readDate("24.12.1955")).toBe("1955-12-24");
    expect(readDate("1955-12-24T00:00:00Z")).toBe("1955-12-24T00:00:00.000Z");
    expect([isZone("Asia/Jakarta"), isZone("Mars/Olympus"), isZone("")]).toEqual([true, false, false]);
  });
});

test("IMP-5 yes and no in three languages", () => {
  expect(["Evet", "YES", "ya", "1", true, "Opted in"].map(readFlag)).toEqual(Array(6).fill(true));
  expect(["Hayır", "HAYIR", "no", "tidak", 0, "unsubscribed"].map(readFlag)).toEqual(Array(6).fill(false));
  expect(readFlag("maybe")).toBeNull();
});
