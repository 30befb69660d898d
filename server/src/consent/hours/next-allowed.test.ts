import fc from "fast-check";
import { expect, test } from "vitest";

import { DAYS, type SendingRules } from "../contracts.ts";
import { nextAllowed } from "./next-allowed.ts";

type Hours = Pick<SendingRules, "quiet_hours" | "windows">;
const night: Hours = { quiet_hours: [{ channels: [], from: "21:00", to: "08:00" }], windows: [] };
const at = (text: string) => Temporal.Instant.from(text);
const next = (rules: Hours, zone: string, now: string, channel = "sms") =>
  nextAllowed(rules, channel, zone, at(now))?.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }) ?? null;

test.each([
  // Istanbul, before it stayed at +03 for ever: the night of 28 March 2010 lost 03:00 to 04:00.
  ["Europe/Istanbul", "2010-03-27T22:00:00Z", "2010-03-28T08:00:00+03:00"],
  ["Europe/Istanbul", "2010-10-30T22:00:00Z", "2010-10-31T08:00:00+02:00"],
  // And today, where the summer's hour no longer ends.
  ["Europe/Istanbul", "2026-10-24T22:00:00Z", "2026-10-25T08:00:00+03:00"],
  ["America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T08:00:00-04:00"],
  ["America/New_York", "2026-11-01T04:00:00Z", "2026-11-01T08:00:00-05:00"],
  // Lord Howe changes by half an hour.
  ["Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05T08:00:00+10:30"],
  ["Australia/Lord_Howe", "2026-10-03T13:00:00Z", "2026-10-04T08:00:00+11:00"],
  ["Asia/Jakarta", "2026-05-01T14:00:00Z", "2026-05-02T08:00:00+07:00"],
])("CON-7 quiet hours in %s from %s end at %s", (zone, now, end) => {
  expect(next(night, zone, now)).toBe(end);
});

test("CON-7 an end that the clocks skip is the instant of the skip; one that comes twice ends the first time", () => {
  const until = (to: string): Hours => ({ quiet_hours: [{ channels: [], from: "21:00", to }], windows: [] });
  expect(next(until("02:30"), "America/New_York", "2026-03-08T05:00:00Z")).toBe("2026-03-08T03:00:00-04:00");
  expect(next(until("01:30"), "America/New_York", "2026-11-01T04:00:00Z")).toBe("2026-11-01T01:30:00-04:00");
  // 01:10 for the second time is night again.
  expect(next(until("01:30"), "America/New_York", "2026-11-01T06:10:00Z")).toBe("2026-11-01T01:30:00-05:00");
});

test("CON-7 hours are about their channels alone, windows about their days", () => {
  const rules: Hours = {
    quiet_hours: [{ channels: ["sms"], from: "21:00", to: "08:00" }],
    windows: [{ channels: ["phone"], days: ["mon", "tue"], from: "10:00", to: "17:00" }],
  };
  expect(next(rules, "UTC", "2026-03-04T23:00:00Z", "email")).toBe("2026-03-04T23:00:00+00:00");
  expect(next(rules, "UTC", "2026-03-04T12:00:00Z", "phone")).toBe("2026-03-09T10:00:00+00:00");
});

test("CON-7 rules that never allow anything are told from those that do", () => {
  const never: Hours = {
    quiet_hours: [{ channels: [], from: "08:00", to: "20:00" }],
    windows: [{ channels: [], days: ["mon"], from: "09:00", to: "19:00" }],
  };
  expect(next(never, "UTC", "2026-03-04T12:00:00Z")).toBeNull();
});

const ZONES = ["Europe/Istanbul", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca"];
/** Around changes of clocks of these zones, past and to come. */
const NIGHTS = ["2010-03-27T12:00:00Z", "2010-10-30T12:00:00Z", "2026-03-07T18:00:00Z", "2026-10-31T18:00:00Z"].concat([
  "2026-04-04T06:00:00Z",
  "2026-10-03T06:00:00Z",
  "2017-10-14T18:00:00Z",
  "2018-02-17T12:00:00Z",
]);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "45"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);

function isAllowedAt(rules: Hours, now: Temporal.Instant, zone: string): boolean {
  const there = now.toZonedDateTimeISO(zone);
  const clock = there.toPlainTime().toString({ smallestUnit: "minute" });
  const day = DAYS[there.dayOfWeek - 1] ?? "mon";
  const isQuiet = rules.quiet_hours.some(({ from, to }) =>
    from < to ? clock >= from && clock < to : clock >= from || clock < to,
  );
  const { windows } = rules;
  return (
    !isQuiet && (windows.length === 0 || windows.some((w) => w.days.includes(day) && clock >= w.from && clock < w.to))
  );
}

test("CON-7 what is answered is the first allowed quarter of an hour, whatever the clocks do", () => {
  const hours = fc.tuple(time, time).filter(([from, to]) => from !== to);
  const day = fc.constantFrom(...DAYS);
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.constantFrom(...NIGHTS),
      fc.integer({ min: 0, max: 120 }),
      hours,
      fc.option(fc.tuple(hours, fc.uniqueArray(day, { minLength: 1, maxLength: 7 }))),
      (zone, night, quarters, [from, to], window) => {
        const rules: Hours = {
          quiet_hours: [{ channels: [], from, to }],
          windows: window
            ? [
                {
                  channels: [],
                  days: window[1],
                  from: [...window[0]].sort()[0] ?? "",
                  to: [...window[0]].sort()[1] ?? "",
                },
              ]
            : [],
        };
        const now = at(night).add({ minutes: 15 * quarters });
        let first: Temporal.Instant | null = now;
        for (let i = 0; !isAllowedAt(rules, first, zone); i++) {
          first = first.add({ minutes: 15 });
          if (i > 4 * 24 * 8) {
            first = null;
            break;
          }
        }
        expect(nextAllowed(rules, "email", zone, now)?.toString()).toBe(first?.toString());
      },
    ),
    { numRuns: 300 },
  );
});
