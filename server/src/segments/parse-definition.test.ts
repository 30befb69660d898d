import { describe, expect, it } from "vitest";

import { readDefinition, readPropertyTests } from "./parse-definition.ts";
import { grammar } from "./testing/arbitraries.ts";

/** By which screens say it in another language. */
function codes(definition: unknown): (string | undefined)[] {
  const read = readDefinition(definition, grammar, "definition");
  return "errors" in read ? read.errors.map(({ code }) => code) : [];
}

function problems(definition: unknown): string[] {
  const read = readDefinition(definition, grammar, "definition");
  return "errors" in read ? read.errors.map((error) => `${error.path}: ${error.message}`) : [];
}

const good: readonly unknown[] = [
  { all: [{ trait: "city", op: "is", value: "Izmir" }, { not: { any: [{ did: "Order Completed" }] } }] },
  {
    did: "Order Completed",
    where: [{ property: "revenue", op: "gte", value: 50 }],
    count: { op: "gte", value: 3 },
    within: "P30D",
    channel: "store",
  },
  { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 500 }, within: "P90D" },
  { did: "Order Completed", last: { op: "within_last", value: "P7D" } },
  { sequence: [{ did: "Product Added" }, { did: "Checkout Started" }], within: "PT2H" },
  { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
  { computed: "cart.items", op: "gte", value: 1 },
  { near: { lat: 38.42, lon: 27.14, km: 25 } },
  { trait: "birthday", op: "anniversary_within", value: "P7D" },
  { consent: "email", state: "granted" },
  { did: "Order Completed", during: "last_month" },
  { did: "Order Completed", during: { from: "2026-01-01", until: "2026-02-01T09:00:00Z" }, zone: "Europe/Istanbul" },
  { did: "Order Completed", first: { op: "during", value: "this_year" }, zone: "Europe/Istanbul" },
  { trait: "birthday", op: "during", value: "this_week" },
  { sequence: [{ did: "A" }, { did: "B", without: ["C"] }], within: "P1D" },
  { did: "A", more_often_than: { did: "B", channel: "web" } },
  { random: { percent: 0.5, seed: "welcome" } },
  { computed: "days_since_last_order", op: "gte", value: 30 },
];

describe("SEG-8 a bad definition is refused with the path of what is wrong", () => {
  it.each(good.map((definition) => [JSON.stringify(definition), definition]))("takes %s", (_text, definition) => {
    expect(problems(definition)).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ did: "A", within: "P0D" }, "empty_window"],
    [{ did: "A", within: "P1M" }, "no_fixed_length"],
    [{ did: "" }, "empty"],
    [{ did: "A".repeat(201) }, "too_long"],
    [{ did: "A", count: { op: "gte", value: 10_001 } }, "too_big"],
    [{ near: { lat: 0, lon: 0, km: 0 } }, "not_above"],
    [{ near: { lat: -91, lon: 0, km: 1 } }, "too_small"],
    [{ trait: "city", op: "almost", value: "Izmir" }, "unknown_operator"],
    [{ trait: "age", op: "gt", value: "old" }, "wrong_value"],
    [{ trait: "city", op: "exists", value: true }, "unknown_field"],
    [{ did: "A", during: { from: "2026-02-01", until: "2026-01-01" } }, "ends_before_it_begins"],
    [{ in_list: "friends" }, "wrong_value"],
    [{ all: [] }, "empty_group"],
  ])("%j is told by a stable code, too", (definition, code) => {
    expect(codes(definition)).toEqual([code]);
  });

  it.each<[unknown, string]>([
    [null, "definition: a condition is an object"],
    [[], "definition: a condition is an object"],
    [{}, "definition: unknown condition (empty)"],
    [{ all: [] }, "definition.all: a list of at least one condition"],
    [{ all: [{ did: "A" }], any: [{ did: "B" }] }, "definition.any: a group stands alone"],
    [{ any: [{ did: "A" }, { regex: "x" }] }, "definition.any.1: unknown condition (regex)"],
    [
      { trait: "city", op: "matches", value: "I.*" },
      "definition.op: patterns are not looked for; use one of is, is_not",
    ],
    [{ trait: "city", op: "almost", value: "Izmir" }, "definition.op: use one of is, is_not"],
    [{ trait: "age", op: "gt", value: "old" }, "definition.value"],
    [{ trait: "city", op: "is" }, "definition.value"],
    [{ trait: "city", op: "exists", value: true }, "definition: Unrecognized key"],
    [{ trait: "since", op: "before", value: "2026-02-30" }, "definition.value: a date"],
    [{ did: "A", within: "P1M" }, "definition.within: months and years have no fixed length here"],
    [{ did: "A", within: "P1Y" }, "definition.within: months and years"],
    [{ did: "A", within: "P0D" }, "definition.within: a window of no length contains nothing"],
    [{ did: "A", within: "P40000D" }, "definition.within: at most ten years"],
    [{ did: "A", within: "P7D", during: "today" }, "definition.during: only one of within, during"],
    [{ did: "A", during: "tomorrow" }, "definition.during"],
    [
      { did: "A", during: { from: "2026-02-01", until: "2026-02-01" } },
      "definition.during.until: ends before it begins",
    ],
    [{ did: "A", during: "today", zone: "Mars/Olympus" }, "definition.zone: a time zone such as"],
    [{ did: "A", within: "P7D", zone: "Europe/Istanbul" }, "definition.zone: only beside during"],
    [{ did: "A", last: { op: "during", value: "today" }, during: "today" }, "definition.during: first and last look"],
    [
      { sequence: [{ did: "A", without: ["C"] }, { did: "B" }], within: "P1D" },
      "definition.sequence.0.without: nothing comes before the first step",
    ],
    [{ random: { percent: 0, seed: "a" } }, "definition.random.percent"],
    [{ did: "A", within: "soon" }, "definition.within: a duration such as P30D"],
    [{ did: "A", count: { op: "gte", value: 1.5 } }, "definition.count.value"],
    [
      { did: "A", count: { op: "gte", value: 1 }, sum: { property: "x", op: "gte", value: 1 } },
      "definition.sum: only one of count, sum, first, last",
    ],
    [
      { did: "A", last: { op: "within_last", value: "P1D" }, within: "P9D" },
      "definition.within: first and last look at the whole history",
    ],
    [{ did: "A", where: [{ property: "x", op: "within_last", value: "P1D" }] }, "definition.where.0.op"],
    [{ did: "A", channel: "telex" }, "definition.channel"],
    [{ sequence: [{ did: "A" }], within: "PT1H" }, "definition.sequence"],
    [{ near: { lat: 91, lon: 0, km: 1 } }, "definition.near.lat"],
    [{ in_segment: "mine" }, "definition.in_segment"],
    [{ did: "A\u0000" }, "definition.did: text without NUL"],
    [{ trait: "city", op: "is", value: "\ud800" }, "definition.value"],
    [{ trait: "address..city", op: "exists" }, "definition.trait: a name, or names joined by dots"],
    [{ did: "A", sum: { property: "x", op: "gte", value: 1e300 } }, "definition.sum.value"],
    [{ not: { all: [{ did: "" }] } }, "definition.not.all.0.did"],
  ])("refuses %j", (definition, expected) => {
    expect(problems(definition)[0]).toContain(expected);
  });

  it("refuses 10,000 conditions and 10,000 levels without looking at them", () => {
    let deep: unknown = { did: "A" };
    for (let level = 0; level < 10_000; level++) deep = { not: deep };
    for (const definition of [deep, { any: new Array(10_000).fill({ did: "A" }) }]) {
      const read = readDefinition(definition, grammar);
      expect("errors" in read && read.isTooLarge && read.errors.length).toBe(1);
    }
  });

  it("tells the problems of a filter outside a definition with their own paths", () => {
    expect(readPropertyTests([{ property: "size", op: "is", value: "M" }])).toHaveProperty("tests");
    expect(readPropertyTests([{ property: "size", op: "like", value: "M" }], "entry.where")).toMatchObject({
      errors: [{ path: "entry.where.0.op" }],
    });
  });
});
