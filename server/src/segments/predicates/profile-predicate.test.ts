import { describe, expect, it } from "vitest";

import type { JsonObject } from "../../platform/json.ts";
import type { Condition } from "../contracts.ts";
import { emptyComputed } from "../testing/arbitraries.ts";
import { compileTree, evaluateTree } from "./tree.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const HOUR = 3_600_000;

function ask(condition: Condition, traits: JsonObject, now = NOW) {
  const facts = {
    id: "019a0000-0000-7000-8000-000000000002",
    traits,
    computed: emptyComputed,
    consent: {},
    first_seen: "2026-01-01T00:00:00.000Z",
    last_seen: "2026-03-02T08:00:00.000Z",
  };
  const verdict = evaluateTree(compileTree(condition), { facts, lists: new Set(), stateOf: () => undefined }, now);
  return { ...verdict, until: verdict.until === null ? null : new Date(verdict.until).toISOString() };
}

describe("SEG-9 what is missing, and what a value is", () => {
  it.each<[Condition, JsonObject, boolean]>([
    [{ trait: "city", op: "is_not", value: "Izmir" }, {}, true],
    [{ trait: "city", op: "not_in", value: ["Izmir"] }, { city: null }, true],
    [{ trait: "age", op: "gt", value: 5 }, {}, false],
    [{ trait: "age", op: "lt", value: 5 }, {}, false],
    [{ trait: "age", op: "gt", value: 5 }, { age: "7.5" }, true],
    [{ trait: "age", op: "gt", value: 5 }, { age: "seven" }, false],
    [{ trait: "city", op: "is", value: "izmir" }, { city: "Izmir" }, false],
    [{ trait: "tags", op: "is", value: "vip" }, { tags: ["new", "vip"] }, true],
    [{ trait: "address.city", op: "starts_with", value: "Iz" }, { address: { city: "Izmir" } }, true],
    [{ trait: "address.city", op: "is", value: "Izmir" }, { "address.city": "Izmir" }, true],
    [{ trait: "constructor", op: "exists" }, {}, false],
    [{ trait: "since", op: "before", value: "2026-01-01" }, { since: "2025-12-31T23:59:59.999Z" }, true],
    [{ computed: "last_seen", op: "within_last", value: "PT2H" }, {}, true],
    [{ computed: "orders", op: "is", value: 0 }, {}, true],
    [{ consent: "email", state: "unknown" }, {}, true],
  ])("%j of %j is %s", (condition, traits, holds) => {
    expect(ask(condition, traits).holds).toBe(holds);
  });

  it.each<[JsonObject, boolean]>([
    [{ location: { lat: 38.42, lon: 27.14 } }, true],
    [{ address: { latitude: "38.4", longitude: "27.1" } }, true],
    [{ lat: 38.42, lng: 27.5 }, false],
    [{ location: { lat: 41.01, lon: 28.98 } }, false],
    [{ location: "Izmir" }, false],
  ])("knows whether %j is near", (traits, holds) => {
    expect(ask({ near: { lat: 38.42, lon: 27.14, km: 25 } }, traits).holds).toBe(holds);
  });
});

describe("SEG-10 dates turn by themselves", () => {
  it("opens windows at their far end", () => {
    const last = (seen: string) => ask({ trait: "seen", op: "within_last", value: "PT1H" }, { seen });
    expect(last("2026-03-02T08:00:00Z")).toEqual({ holds: false, until: null });
    expect(last("2026-03-02T08:00:00.001Z")).toEqual({ holds: true, until: "2026-03-02T09:00:00.001Z" });
    expect(last("2026-03-02T09:30:00Z")).toEqual({ holds: false, until: "2026-03-02T09:30:00.000Z" });
    const next = (due: string) => ask({ trait: "due", op: "within_next", value: "PT1H" }, { due });
    expect(next("2026-03-02T10:00:00Z")).toEqual({ holds: false, until: "2026-03-02T09:00:00.001Z" });
    expect(next("2026-03-02T09:00:00Z")).toEqual({ holds: true, until: "2026-03-02T09:00:00.001Z" });
  });

  it("keeps birthdays, the whole day long, and 29 February on the 28th in other years", () => {
    const soon = (birthday: string, now: string) =>
      ask({ trait: "birthday", op: "anniversary_within", value: "P2D" }, { birthday }, Date.parse(now));
    expect(soon("1990-03-03", "2026-03-02T09:00:00Z")).toEqual({ holds: true, until: "2026-03-04T00:00:00.000Z" });
    expect(soon("--03-05", "2026-03-02T09:00:00Z")).toEqual({ holds: false, until: "2026-03-03T00:00:00.001Z" });
    expect(soon("2000-02-29", "2026-02-28T23:00:00Z").holds).toBe(true);
    expect(soon("2000-02-29", "2026-03-01T00:00:00Z").holds).toBe(false);
    expect(soon("2000-02-29", "2028-02-29T23:00:00Z").holds).toBe(true);
    expect(soon("1990-01-01", "2026-12-31T00:00:00Z").holds).toBe(true);
    expect(soon("tomorrow", "2026-12-31T00:00:00Z")).toEqual({ holds: false, until: null });
  });

  it("keeps birthdays by the days of the zone, which may have 23 hours", () => {
    const soon = (birthday: string, now: string, zone: string) =>
      ask({ trait: "birthday", op: "anniversary_within", value: "PT1H", zone }, { birthday }, Date.parse(now));
    expect(soon("1990-03-03", "2026-03-02T20:30:00Z", "Europe/Istanbul")).toEqual({
      holds: true,
      until: "2026-03-03T21:00:00.000Z",
    });
    expect(soon("1990-03-03", "2026-03-03T21:00:00Z", "Europe/Istanbul").holds).toBe(false);
    expect(soon("1992-02-29", "2026-02-28T20:59:00Z", "Europe/Istanbul").holds).toBe(true);
    expect(soon("1992-02-29", "2026-02-28T21:00:00Z", "Europe/Istanbul").holds).toBe(false);
    expect(soon("1990-03-29", "2026-03-28T23:00:00Z", "Europe/Berlin")).toEqual({
      holds: true,
      until: "2026-03-29T22:00:00.000Z",
    });
  });

  it("has the day's end of a birthday as its horizon", () => {
    const day = Date.parse("2026-03-02T00:00:00Z");
    const verdict = ask({ trait: "b", op: "anniversary_within", value: "PT1H" }, { b: "1980-03-02" }, day + 5 * HOUR);
    expect(verdict).toEqual({ holds: true, until: "2026-03-03T00:00:00.000Z" });
  });
});
