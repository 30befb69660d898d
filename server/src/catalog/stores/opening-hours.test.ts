import { expect, test } from "vitest";

import { type Opening, openNow } from "./opening-hours.ts";

const shop: Opening = {
  timezone: "Europe/Istanbul",
  hours: { thu: [["10:00", "21:00"]], fri: [["10:00", "21:00"]], sat: [["18:00", "02:00"]] },
  exceptions: { "2026-12-31": [["10:00", "16:00"]], "2027-01-01": [] },
};
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Europe/Istanbul").toInstant();
const told = (local: string, opening = shop) => {
  const { isOpen, changesAt } = openNow(opening, at(local));
  return [isOpen, changesAt?.toZonedDateTimeISO("Europe/Istanbul").toPlainDateTime().toString() ?? null];
};

test("CAT-13 a day with an exception is as the exception says, not as its weekday", () => {
  expect(told("2026-12-24T20:00")).toEqual([true, "2026-12-24T21:00:00"]);
  expect(told("2026-12-31T15:59")).toEqual([true, "2026-12-31T16:00:00"]);
  expect(told("2026-12-31T20:00")).toEqual([false, "2027-01-02T18:00:00"]);
  expect(told("2027-01-01T12:00")).toEqual([false, "2027-01-02T18:00:00"]);
});

test("CAT-13 a night that ends on the next day, and hours that meet", () => {
  expect(told("2026-12-27T01:30")).toEqual([true, "2026-12-27T02:00:00"]);
  const whole: Opening = {
    ...shop,
    hours: {
      thu: [
        ["00:00", "12:00"],
        ["12:00", "00:00"],
      ],
    },
    exceptions: {},
  };
  expect(told("2026-12-24T11:00", whole)).toEqual([true, "2026-12-25T00:00:00"]);
  expect(told("2026-12-24T11:00", { ...shop, hours: {}, exceptions: {} })).toEqual([false, null]);
});
