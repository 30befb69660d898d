import fc from "fast-check";
import { expect, test } from "vitest";

import { newEvent } from "../collect/index.ts";
import { VirtualClock } from "../platform/clock.ts";
import { BUILT_IN } from "./built-in-rules.ts";
import { extractIdentifiers } from "./extract-identifiers.ts";
import { builtInRules, compileRules } from "./rules.ts";
import { type Facts, tell } from "./testing/tell.ts";

const partition = (...all: Facts[]) => tell(all).partition;
const distinct = (people: readonly (string | null)[]) => new Set(people).size;

/** The built-in rules with one kind limited otherwise. */
function limited(limits: Readonly<Record<string, number>>) {
  const types = BUILT_IN.types.map((type) => ({ ...type, limit: limits[type.type] ?? type.limit }));
  return compileRules({ ...BUILT_IN, types }, 1);
}

test("case 1: an anonymous device and the user who signs in on it are one person", () => {
  const { people, partition } = tell([{ a: "a1" }, { u: "u1", a: "a1", e: "x@x.co" }]);
  expect(partition).toEqual(["anonymous_id:a1 email:x@x.co user_id:u1"]);
  expect(distinct(people)).toBe(1);
});

test("case 2: a user on two devices is one person", () => {
  expect(partition({ u: "u1", a: "a1" }, { u: "u1", a: "a2" })).toEqual(["anonymous_id:a1 anonymous_id:a2 user_id:u1"]);
});

test("case 3: a device seen before its owner signs in on it joins her, with all its events", () => {
  const { people, partition } = tell([{ u: "u1", a: "a1" }, { a: "a2" }, { u: "u1", a: "a2" }]);
  expect(distinct(people)).toBe(1);
  expect(partition).toEqual(["anonymous_id:a1 anonymous_id:a2 user_id:u1"]);
});

test("cases 4, 5: two users on a shared tablet stay two people; the tablet stays with the first, its own events too", () => {
  const { people, partition, resolution } = tell([{ u: "u1", a: "a1" }, { u: "u2", a: "a1" }, { a: "a1" }]);
  expect(partition).toEqual(["anonymous_id:a1 user_id:u1", "user_id:u2"]);
  expect(people[2]).toBe(people[0]);
  expect(people[1]).not.toBe(people[0]);
  expect(resolution.leftOut).toMatchObject([
    { type: "anonymous_id", value: "a1", reason: "limit", profileId: people[1] },
  ]);
});

test("case 6: whoever signs in after a reset is another person, with what the device did since", () => {
  const { people, partition } = tell([{ u: "u1", a: "a1" }, { a: "a2" }, { u: "u2", a: "a2" }]);
  expect(partition).toEqual(["anonymous_id:a1 user_id:u1", "anonymous_id:a2 user_id:u2"]);
  expect(people[1]).toBe(people[2]);
});

test("case 7: the same user after a reset is the same person", () => {
  expect(partition({ u: "u1", a: "a1" }, { a: "a2" }, { u: "u1", a: "a2" })).toHaveLength(1);
});

test("cases 8, 9: two users who give the same address are two people, unless a person may have two user ids", () => {
  const both: Facts[] = [
    { u: "abc123", e: "jane@x.co" },
    { u: "abc456", e: "jane@x.co" },
  ];
  expect(partition(...both)).toEqual(["email:jane@x.co user_id:abc123", "user_id:abc456"]);
  expect(tell(both, limited({ user_id: 2, email: 1 })).partition).toEqual([
    "email:jane@x.co user_id:abc123 user_id:abc456",
  ]);
});

test("case 11: the sixth address within a year is not hers, the event is; after the year it is", () => {
  const five = [1, 2, 3, 4, 5].map((i): Facts => ({ u: "u1", e: `e${i}@x.co`, at: `2026-0${i}-01T00:00:00.000Z` }));
  const inside = tell([...five, { u: "u1", e: "e6@x.co", at: "2026-12-31T23:59:59.000Z" }]);
  expect(distinct(inside.people)).toBe(1);
  expect(inside.partition.join()).not.toContain("e6@x.co");
  expect(inside.resolution.leftOut).toMatchObject([{ value: "e6@x.co", reason: "limit" }]);
  const after = tell([...five, { u: "u1", e: "e6@x.co", at: "2027-01-01T00:00:00.000Z" }]);
  expect(after.partition.join()).toContain("e6@x.co");
});

test("case 11: a late event is judged by the year it happened in, not by the one it comes in", () => {
  const past = [1, 2, 3, 4, 5, 6].map((i): Facts => ({ u: "u1", e: `e${i}@x.co`, at: `2023-0${i}-01T00:00:00.000Z` }));
  expect(tell([{ u: "u1", e: "now@x.co", at: "2026-03-01T00:00:00.000Z" }, ...past]).partition).toEqual([
    "email:e1@x.co email:e2@x.co email:e3@x.co email:e4@x.co email:e5@x.co email:now@x.co user_id:u1",
  ]);
});

test("a limit leaves out what does not fit, not what happens to be weaker", () => {
  const five = [1, 2, 3, 4, 5].map((i): Facts => ({ u: "u1", e: `e${i}@x.co` }));
  const { partition } = tell([...five, { u: "u1", e: "e6@x.co", a: "new" }]);
  expect(partition.join()).toContain("anonymous_id:new");
});

test("too many devices do not keep apart whom an account and its address join", () => {
  const { people, partition, resolution } = tell([
    ...[1, 2, 3, 4].map((i): Facts => ({ u: "u1", a: `laptop${i}` })),
    ...[1, 2, 3, 4].map((i): Facts => ({ e: "x@x.co", a: `phone${i}` })),
    { u: "u1", e: "x@x.co", a: "phone1" },
    { u: "u1", a: "phone9" },
  ]);
  expect(distinct(people)).toBe(1);
  expect(partition).toHaveLength(1);
  expect(resolution.leftOut).toMatchObject([{ value: "phone9", reason: "limit" }]);
});

test("a limit that was lowered takes nothing away and stops nothing else", () => {
  const lowered = limited({ email: 1 });
  const { partition } = tell(
    [
      { u: "u1", e: "a@x.co" },
      { u: "u1", e: "b@x.co" },
      { u: "u1", a: "a1" },
    ],
    lowered,
  );
  expect(partition).toEqual(["anonymous_id:a1 email:a@x.co user_id:u1"]);
});

test("case 13: ids that stand for no id join nobody", () => {
  for (const u of ["null", "undefined", "[object Object]", " ", "-1", '"guest"', "NaN", "None"]) {
    expect(partition({ u, a: "a1" }, { u, a: "a2" }), u).toEqual(["anonymous_id:a1", "anonymous_id:a2"]);
  }
});

test("case 14: a device whose id is zeros is nobody", () => {
  expect(tell([{ a: "00000000-0000-0000-0000-000000000000" }]).people).toEqual([null]);
});

test("case 16: a mistyped address at the till is another person, never guessed at", () => {
  const { people } = tell([
    { u: "u1", e: "jane@gmail.com" },
    { name: "Order Completed", e: "jane@gmial.com", channel: "store" },
  ]);
  expect(distinct(people)).toBe(2);
});

test("case 18: a card used at the till before joins the account that names it, with its purchases", () => {
  const sale: Facts = { name: "Order Completed", loyalty: "L1", channel: "store" };
  const { people, partition } = tell([sale, sale, sale, { u: "u1", a: "a1" }, { u: "u1", loyalty: "L1" }]);
  expect(distinct(people)).toBe(1);
  expect(partition).toEqual(["anonymous_id:a1 loyalty_id:L1 user_id:u1"]);
});

test("case 19: a family's loyalty card stays with the first who used it", () => {
  const { partition, resolution } = tell([
    { u: "u1", loyalty: "L1" },
    { u: "u2", loyalty: "L1" },
  ]);
  expect(partition).toEqual(["loyalty_id:L1 user_id:u1", "user_id:u2"]);
  expect(resolution.leftOut).toMatchObject([{ type: "loyalty_id", value: "L1" }]);
});

test("case 20: a known person on another known person's device does not bridge the two", () => {
  expect(partition({ u: "alice", a: "an1" }, { u: "bob", a: "anB" }, { u: "alice", a: "anB" })).toEqual([
    "anonymous_id:an1 user_id:alice",
    "anonymous_id:anB user_id:bob",
  ]);
});

test("case 21: an alias of two users is refused and noted", () => {
  const { partition, resolution } = tell([{ u: "alice" }, { u: "bob" }, { u: "alice", alias: "bob" }]);
  expect(partition).toEqual(["user_id:alice", "user_id:bob"]);
  expect(resolution.leftOut).toMatchObject([{ type: "user_id", value: "bob", reason: "limit" }]);
});

test("case 23: an alias before either side was seen joins them; an alias to oneself changes nothing", () => {
  expect(partition({ u: "u9", alias: "a7" }, { a: "a7" })).toEqual(["anonymous_id:a7 user_id:u9"]);
  expect(partition({ u: "u1", alias: "u1" })).toEqual(["user_id:u1"]);
});

test("case 34: addresses are one whatever their case, user ids are not, numbers are texts", () => {
  expect(partition({ e: "Jane@X.com " }, { e: "jane@x.com" })).toHaveLength(1);
  expect(partition({ u: 7 }, { u: "7" })).toHaveLength(1);
  expect(partition({ u: "U1" }, { u: "u1" })).toHaveLength(2);
});

test("case 35: two people of one account are two people", () => {
  const clock = new VirtualClock("2026-03-02T09:00:00Z");
  const group = newEvent(clock, {
    messageId: "g",
    source: "test",
    name: "Group",
    type: "group",
    userId: "u1",
    groupId: "g1",
  });
  expect(extractIdentifiers(group, builtInRules)).toEqual([{ type: "user_id", value: "u1" }]);
});

test("IDN-5 two proven addresses never meet through a device", () => {
  expect(
    partition({ e: "ada@x.co", a: "shared", verified: true }, { e: "bea@x.co", a: "shared", verified: true }),
  ).toEqual(["anonymous_id:shared email:ada@x.co", "email:bea@x.co"]);
});

test("somebody else's address in a shared product is not hers", () => {
  const clock = new VirtualClock("2026-03-02T09:00:00Z");
  const shared = newEvent(clock, {
    messageId: "s",
    source: "test",
    name: "Product Shared",
    anonymousId: "a1",
    properties: { email: "friend@x.co" },
  });
  expect(extractIdentifiers(shared, builtInRules)).toEqual([{ type: "anonymous_id", value: "a1" }]);
});

test("the one with the strongest identifier lives on, then the one seen first, in whichever order they come", () => {
  const early: Facts = { a: "a1", e: "x@x.co", at: "2026-01-01T00:00:00.000Z" };
  const late: Facts = { a: "a2", e: "y@x.co", at: "2026-02-01T00:00:00.000Z" };
  const bridge: Facts = { a: "a1", e: "y@x.co", at: "2026-03-01T00:00:00.000Z" };
  for (const order of [
    [early, late, bridge],
    [late, early, bridge],
  ]) {
    const { people, resolution } = tell(order);
    const of = tell(order.slice(0, 2)).people;
    expect(people[2]).toBe(of[order.indexOf(early)]);
    expect(resolution.merges).toHaveLength(1);
  }
});

test("IDN-1 without limit conflicts any order of the events gives the same partition of identifiers", () => {
  // Each person has a user id, a card, an address, a phone and three devices: no limit can bite whatever the order.
  const facts = fc
    .record({
      p: fc.integer({ min: 1, max: 5 }),
      shown: fc.uint8Array({ minLength: 1, maxLength: 1 }),
      d: fc.nat(2),
      at: fc.nat(500),
    })
    .map(({ p, shown: [bits = 1], d, at }): Facts => {
      const has = (bit: number) => ((bits >> bit) & 1) === 1;
      return {
        at: new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString(),
        ...(has(0) ? { u: `u${p}` } : {}),
        ...(has(1) ? { loyalty: `L${p}` } : {}),
        ...(has(2) ? { e: `e${p}@x.co` } : {}),
        ...(has(3) ? { phone: `+9053200000${p}0` } : {}),
        ...(has(4) ? { a: `a${p}-${d}` } : {}),
        ...(has(5) ? { u: `u${p}`, alias: `a${p}-${d}` } : {}),
      };
    });
  fc.assert(
    fc.property(
      fc
        .array(facts, { minLength: 1, maxLength: 30 })
        .chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
        ),
      ([all, shuffled]) => {
        expect(partition(...shuffled)).toEqual(partition(...all));
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
});
