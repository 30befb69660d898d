import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json, JsonObject } from "../../platform/json.ts";
import type { Condition, PropertyTest } from "../contracts.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { facts, history, LIST, START, STEP, tree } from "../testing/arbitraries.ts";
import { holdsNaively } from "../testing/naive.ts";
import { findContradictions } from "./find-warnings.ts";

const city = (op: "is" | "is_not", value: string): Condition => ({ trait: "city", op, value });
const orders = (op: "gt" | "gte" | "lt" | "lte", value: number): Condition => ({ computed: "orders", op, value });
const bought: Condition = { did: "Order Completed" };
const never = (within?: string): Condition => ({
  did: "Order Completed",
  count: { op: "lt", value: 1 },
  ...(within && { within }),
});

const aboutValues: fc.Arbitrary<Condition> = fc.constantFrom(
  city("is", "Izmir"),
  city("is", "Ankara"),
  city("is_not", "Izmir"),
  { trait: "city", op: "in", value: ["Izmir", "Ankara"] } as const,
  { trait: "city", op: "not_exists" } as const,
  { trait: "city", op: "starts_with", value: "Iz" } as const,
  { trait: "city", op: "contains", value: "z" } as const,
  { trait: "tags", op: "is", value: "vip" } as const,
  { trait: "tags", op: "is", value: "new" } as const,
);
/** Few subjects, so that leaves meet that have to do with each other. */
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: aboutValues },
  fc.record({
    computed: fc.constant("orders"),
    op: fc.constantFrom("gt", "gte", "lt", "lte"),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    did: fc.constant("Order Completed"),
    count: fc.record({ op: fc.constantFrom("gte", "gt", "lt", "lte", "eq"), value: fc.integer({ min: 0, max: 2 }) }),
    within: fc.constantFrom("PT2H", "P1D", undefined),
    channel: fc.constantFrom("web", ["web", "store"], undefined),
  }),
  fc
    .tuple(
      fc.constantFrom("first", "last"),
      fc.constantFrom(
        { op: "within_last" as const, value: "P1D" },
        { op: "not_within_last" as const, value: "P1D" },
        { op: "before" as const, value: "2024-02-27" },
        { op: "after" as const, value: "2024-02-27T10:00:00Z" },
        { op: "during" as const, value: "today" as const },
      ),
    )
    .map(([which, edge]) => ({ did: "Order Completed", [which]: edge })),
  fc.record({
    did: fc.constant("Order Completed"),
    sum: fc.record({
      property: fc.constant("revenue"),
      op: fc.constantFrom("gte", "gt", "lt", "lte", "eq"),
      value: fc.constantFrom(0, 50),
    }),
  }),
  fc.record({
    did: fc.constant("Order Completed"),
    during: fc.constantFrom("today", "this_week", "this_month"),
    count: fc.constantFrom({ op: "gte" as const, value: 2 }, { op: "lt" as const, value: 1 }),
  }),
  fc.constantFrom<Condition[]>(
    { did: "Order Completed", not_followed_by: ["Product Added"], for: "P1D" },
    { sequence: [{ did: "Product Added" }, { did: "Order Completed" }], within: "P1D" },
    { did: "Order Completed", more_often_than: { did: "Product Added" } },
    { did: "Product Added", count: { op: "lt", value: 1 } },
    { trait: "seen", op: "within_last", value: "P1D" },
    { trait: "seen", op: "within_next", value: "P1D" },
    { trait: "seen", op: "before", value: "2024-02-27" },
    { trait: "seen", op: "during", value: { from: "2024-02-28", until: "2024-03-01" } },
    { consent: "email", state: "granted" },
    { consent: "email", state: "unknown" },
    { random: { percent: 50, seed: "a" } },
    { random: { percent: 10, seed: "a" } },
    { in_list: LIST },
  ),
  fc.record({
    did: fc.constant("Order Completed"),
    where: fc.constantFrom<PropertyTest[]>(
      [
        { property: "category", op: "is", value: "shoes" },
        { property: "category", op: "is", value: "sofa" },
      ],
      [
        { property: "products.category", op: "is", value: "shoes" },
        { property: "gift", op: "exists" },
        { property: "products.category", op: "is", value: "sofa" },
      ],
      [
        { property: "revenue", op: "gt", value: 50 },
        { property: "revenue", op: "lte", value: 10 },
      ],
      [
        { property: "gift", op: "is", value: true },
        { property: "gift", op: "is_not", value: true },
      ],
    ),
    count: fc.constantFrom(undefined, { op: "lt" as const, value: 1 }),
    within: fc.constantFrom("P1D", undefined),
  }),
);
const tight = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { minLength: 2, maxLength: 4 }).map((all) => ({ all })),
    fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map((any) => ({ any })),
    tie("node").map((not) => ({ not })),
  ),
})).node;

describe("SEG-23 a warning is always right", () => {
  it("says of a part what the reference finds at any instant for anybody", () => {
    const found = { nobody: 0, several_values: 0 };
    fc.assert(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: tight }, { weight: 1, arbitrary: tree }),
        fc.array(fc.tuple(history, facts, fc.boolean(), fc.integer({ min: 0, max: 900 })), {
          minLength: 4,
          maxLength: 4,
        }),
        (definition, people) => {
          for (const finding of findContradictions(definition)) {
            found[finding.exclusion]++;
            const part = partAt(definition, finding.part);
            for (const [events, known, isListed, steps] of people) {
              if (finding.exclusion === "several_values" && hasSeveral(events, known.traits)) continue;
              const now = Math.max(START, ...events.map(({ at }) => at)) + steps * STEP;
              const life = { events, facts: known, lists: new Set(isListed ? [LIST] : []) };
              expect(holdsNaively(part, life, now), JSON.stringify(finding)).toBe(finding.always);
            }
          }
        },
      ),
      { seed: 14, numRuns: 4_000 },
    );
    expect(found.nobody).toBeGreaterThan(500);
    expect(found.several_values).toBeGreaterThan(50);
  });
});

describe("SEG-23 a marketer is told what nobody can have meant", () => {
  it.each<[string, Condition, string[]]>([
    ["definition.all.1", { all: [city("is", "Izmir"), city("is", "Ankara")] }, ["city is Ankara", "several values"]],
    ["definition.all.1", { all: [city("is", "Izmir"), city("is_not", "Izmir")] }, ["nobody can be both"]],
    [
      "definition.all.1",
      { all: [orders("gte", 3), orders("lt", 2)] },
      ["orders is less than 2", "orders is at least 3"],
    ],
    ["definition.all.1.all.0", { all: [bought, { all: [never()] }] }, ["nobody can be both"]],
    [
      "definition.all.1",
      { all: [{ ...bought, within: "P7D" }, never("P30D")] },
      ["number of Order Completed in P30D is less than 1"],
    ],
    [
      "definition.all.1",
      { all: [never("P30D"), { did: "Order Completed", channel: "web", last: { op: "within_last", value: "P7D" } }] },
      ["last Order Completed is within the last P7D"],
    ],
    ["definition.not.any.1", { not: { any: [bought, never()] } }, ["nobody can be both"]],
    ["definition.any.1.not", { any: [bought, { not: bought }] }, ["that is everybody"]],
    ["definition", { did: "A", count: { op: "lt", value: 0 } }, ["can never hold"]],
    ["definition.all.0", { all: [{ did: "A", count: { op: "gte", value: 0 } }, bought] }, ["holds for everybody"]],
    [
      "definition.all.1",
      { all: [{ near: { lat: 41, lon: 29, km: 10 } }, { near: { lat: 38.4, lon: 27.1, km: 25 } }] },
      ["nobody can be both"],
    ],
    [
      "definition.all.1",
      {
        all: [
          { consent: "email", state: "granted" },
          { consent: "email", purpose: "marketing", state: "denied" },
        ],
      },
      ["nobody can be both"],
    ],
    [
      "definition.all.0.where.1",
      {
        all: [
          {
            did: "Product Viewed",
            where: [
              { property: "price", op: "gt", value: 50 },
              { property: "price", op: "lt", value: 20 },
            ],
          },
          city("is", "Izmir"),
        ],
      },
      ["price is less than 20", "price is more than 50", "no event can be both"],
    ],
  ])("at %s of %j", (path, definition, words) => {
    const [first] = findContradictions(definition);
    expect(first?.path).toBe(path);
    for (const word of words) expect(first?.message).toContain(word);
  });

  it("is quiet about what can be", () => {
    for (const definition of [
      { all: [city("is_not", "Izmir"), city("is_not", "Ankara")] },
      { all: [{ ...bought, within: "P30D" }, never("P7D")] },
      { all: [bought, { ...never(), channel: "web" }] },
      { any: [city("is", "Izmir"), city("is", "Ankara")] },
      { all: [orders("gte", 2), orders("lte", 2)] },
    ] as Condition[])
      expect(findContradictions(definition)).toEqual([]);
  });

  it("looks into inner segments and conditions of other rooms, and says it at the condition that asks for them", () => {
    const inner = "019a0000-0000-7000-8000-00000000000a";
    const write = (condition: Condition): Condition => ("in_segment" in condition ? { all: [bought] } : condition);
    expect(findContradictions({ all: [never(), { in_segment: inner }] }, write)[0]).toMatchObject({
      path: "definition.all.1",
      always: false,
    });
    expect(findContradictions({ all: [{ not: { in_segment: inner } }, { in_segment: inner }] }, write)).toHaveLength(1);
  });

  it("names no place inside what somebody has not written", () => {
    const write = (condition: Condition): Condition => ("in_segment" in condition ? { not: bought } : condition);
    const inner = "019a0000-0000-7000-8000-00000000000a";
    const found = findContradictions({ all: [bought, { in_segment: inner }] }, write);
    expect(found).toMatchObject([{ path: "definition.all.1" }]);
  });

  it("says once at the top that nobody can ever be in, when every way in is closed", () => {
    const closed: Condition = { all: [bought, never()] };
    const found = findContradictions({ any: [closed, { all: [orders("gt", 5), orders("lt", 5)] }] });
    expect(found.map(({ part }) => part)).toEqual(["definition.any.0", "definition.any.1", "definition"]);
  });
});

/** Whether there is a list of several values in any of the places that are tested here. */
function hasSeveral(events: readonly PastEvent[], traits: JsonObject): boolean {
  const isList = (value: Json | undefined) => Array.isArray(value) && value.length > 1;
  return isList(traits.tags) || events.some(({ properties }) => isList(properties.products));
}

function partAt(definition: Condition, path: string): Condition {
  const [, ...keys] = path.split(".");
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], definition) as Condition;
}
