import { expect, it } from "vitest";

import { nextNight } from "./nightly.ts";

function after(at: string, zone: string): string {
  return nextNight(Temporal.Instant.from(at), zone).toString();
}

it("RFM-4 boundaries are due at three in the retailer's next night", () => {
  expect(after("2026-03-02T09:00:00Z", "Europe/Istanbul")).toBe("2026-03-03T00:00:00Z");
  expect(after("2026-03-02T23:59:59Z", "Europe/Istanbul")).toBe("2026-03-03T00:00:00Z");
  expect(after("2026-03-03T00:00:00Z", "Europe/Istanbul")).toBe("2026-03-04T00:00:00Z");
  expect(after("2026-03-02T09:00:00Z", "UTC")).toBe("2026-03-03T03:00:00Z");
});

it("RFM-4 once in each night, also where clocks are changed at that hour", () => {
  // Godthab skips from 22:00, Berlin from 02:00 to 03:00; Berlin has the hour from 02:00 twice in October.
  expect(after("2026-03-28T12:00:00Z", "Europe/Berlin")).toBe("2026-03-29T01:00:00Z");
  expect(after("2026-10-24T12:00:00Z", "Europe/Berlin")).toBe("2026-10-25T02:00:00Z");
  expect(after("2026-10-25T02:00:00Z", "Europe/Berlin")).toBe("2026-10-26T02:00:00Z");
});
