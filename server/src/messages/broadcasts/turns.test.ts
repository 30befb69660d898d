import { expect, test } from "vitest";

import { allowance, localInstant, startOf } from "./turns.ts";

const now = Temporal.Instant.from("2026-03-01T00:00:00Z");

test("BRO-3 nine o'clock is nine o'clock everywhere, also on the days the clock changes", () => {
  const nine = (day: string, zone: string) => localInstant(`${day}T09:00`, zone).toString();
  expect(nine("2026-12-01", "Europe/Istanbul")).toBe("2026-12-01T06:00:00Z");
  expect(nine("2026-12-01", "Asia/Jakarta")).toBe("2026-12-01T02:00:00Z");
  expect(nine("2026-03-08", "America/New_York")).toBe("2026-03-08T13:00:00Z");
  expect(nine("2026-03-07", "America/New_York")).toBe("2026-03-07T14:00:00Z");
  // An hour that the clock skips is the hour after the gap; one that comes twice is the first.
  expect(localInstant("2026-03-08T02:30", "America/New_York").toString()).toBe("2026-03-08T07:30:00Z");
  expect(localInstant("2026-11-01T01:30", "America/New_York").toString()).toBe("2026-11-01T05:30:00Z");
  expect(localInstant("2026-04-05T01:45", "Australia/Lord_Howe").toString()).toBe("2026-04-04T14:45:00Z");
});

test("BRO-3 a broadcast in local time begins where the day begins", () => {
  const start = startOf({ kind: "local", at: "2026-12-01T09:00" }, now);
  expect(start.toString()).toBe("2026-11-30T19:00:00Z");
});

test("BRO-6 a throttle lets so many through a minute, also a slow one, and a pause saves nothing up", () => {
  let [fed, at, sent] = [null as Temporal.Instant | null, now, 0];
  for (let i = 0; i < 300; i++, at = at.add({ milliseconds: 200 })) {
    const pace = allowance(600, fed, at);
    sent += pace.messages;
    fed = pace.next(pace.messages);
  }
  expect(sent).toBeGreaterThanOrEqual(600);
  expect(sent).toBeLessThanOrEqual(611);
  expect(allowance(600, fed, at.add({ hours: 5 })).messages).toBe(10);
  expect(allowance(1, null, now).messages).toBe(1);
  const next = allowance(1, null, now).next(1);
  expect(allowance(1, next, now.add({ seconds: 59 })).messages).toBe(0);
  expect(allowance(1, next, now.add({ seconds: 60 })).messages).toBe(1);
});
