import { expect, test } from "vitest";

import { correctTime, readTime } from "./correct-time.ts";

const received = Date.parse("2026-03-02T10:00:00.000Z");
const at = (text: string) => Date.parse(text);
const none = { timestamp: null, originalTimestamp: null, sentAt: null };

test("Segment's correction: receipt less the time between making and sending, by the device's own clock", () => {
  const cases: [original: string, sent: string, corrected: string][] = [
    ["2026-03-02T09:00:00Z", "2026-03-02T09:00:05Z", "2026-03-02T09:59:55.000Z"],
    ["2020-01-01T00:00:00Z", "2026-03-02T10:00:00.100Z", "2019-12-31T23:59:59.900Z"],
    ["2026-03-05T10:00:00Z", "2026-03-05T10:00:02Z", "2026-03-02T09:59:58.000Z"],
  ];
  for (const [original, sent, corrected] of cases) {
    const times = { ...none, timestamp: at(original), sentAt: at(sent) };
    expect(new Date(correctTime(times, received)).toISOString()).toBe(corrected);
  }
});

test("without a time of sending the event's own time stands; without its own, that of receipt", () => {
  expect(correctTime({ ...none, timestamp: at("2026-03-01T08:00:00Z") }, received)).toBe(at("2026-03-01T08:00:00Z"));
  expect(correctTime(none, received)).toBe(received);
});

test("Rudder's timestamp beside an originalTimestamp was set by the caller and is kept", () => {
  const times = {
    timestamp: at("2026-02-01T10:00:00Z"),
    originalTimestamp: at("2026-03-02T09:59:00Z"),
    sentAt: at("2026-03-02T09:59:01Z"),
  };
  expect(correctTime(times, received)).toBe(at("2026-02-01T10:00:00Z"));
  expect(correctTime({ ...times, timestamp: null }, received)).toBe(received - 1000);
});

test("nothing happens after its receipt", () => {
  expect(correctTime({ ...none, timestamp: at("2027-01-01T00:00:00Z") }, received)).toBe(received);
});

test("times are read with a zone, without one as UTC, as a day, or as an epoch; anything else is no time", () => {
  expect(readTime("2026-03-02T12:00:00+03:00")).toBe(at("2026-03-02T09:00:00Z"));
  expect(readTime("2026-03-02 09:00:00")).toBe(at("2026-03-02T09:00:00Z"));
  expect(readTime("2026-03-02")).toBe(at("2026-03-02T00:00:00Z"));
  expect(readTime(1_772_442_000_000)).toBe(1_772_442_000_000);
  expect(readTime(1_772_442_000)).toBe(1_772_442_000_000);
  for (const wrong of [
    "yesterday",
    "2026-13-40T00:00:00Z",
    "",
    {},
    null,
    -5,
    Number.NaN,
    "2026-03-02T09:00:00 Europe/Nowhere",
  ]) {
    expect(readTime(wrong), String(wrong)).toBeNull();
  }
});
