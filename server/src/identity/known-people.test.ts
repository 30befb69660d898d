import fc from "fast-check";
import { expect, test } from "vitest";

import { BUILT_IN } from "./built-in-rules.ts";
import { compileRules } from "./rules.ts";
import { type Facts, tell } from "./testing/tell.ts";

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

const household: Facts[] = [
  { u: "ada", a: "ada-phone", at: at(1) },
  { u: "bea", a: "bea-phone", at: at(2) },
  { u: "ada", a: "ada-phone", e: "family@x.co", at: at(3) },
  { u: "bea", a: "bea-phone", e: "family@x.co", at: at(4) },
];

test("IDN-7 two known people who give the same address keep their events; the address stays with who gave it first", () => {
  const { people, partition, resolution } = tell(household);
  expect(people[2]).toBe(people[0]);
  expect(people[3]).toBe(people[1]);
  expect(partition).toEqual([
    "anonymous_id:ada-phone email:family@x.co user_id:ada",
    "anonymous_id:bea-phone user_id:bea",
  ]);
  expect(resolution.leftOut).toMatchObject([{ type: "email", profileId: people[1] }]);
});

test("IDN-7 who gave a shared address first is told by the events' times, not by their arrival", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(household, { minLength: 4, maxLength: 4 }), (shuffled) => {
      expect(tell(shuffled).partition).toEqual(tell(household).partition);
    }),
  );
});

test("IDN-7 a shared address alone leads to its person; beside anything else it decides nothing", () => {
  const { people, resolution } = tell([
    ...household,
    { name: "Order Completed", e: "family@x.co", at: at(5) },
    { a: "new-phone", e: "family@x.co", at: at(6) },
    { u: "bea", a: "new-phone", at: at(7) },
    { u: "bea", e: "family@x.co", at: at(8) },
    { e: "guest@x.co", a: "bea-phone", at: at(9) },
  ]);
  expect(people[4]).toBe(people[0]);
  expect(people[5]).not.toBe(people[0]);
  expect(people[6]).toBe(people[1]);
  expect(people[5]).toBe(people[1]);
  expect(people[7]).toBe(people[1]);
  expect(people[8]).toBe(people[1]);
  expect(resolution.leftOut.map(({ reason }) => reason)).toEqual(["limit", "shared"]);
});

test("IDN-7 on a shared tablet a guest's address is the guest's", () => {
  const { people } = tell([
    { u: "ada", a: "tablet" },
    { u: "bea", a: "tablet" },
    { a: "tablet", e: "guest@x.co" },
    { a: "tablet" },
  ]);
  expect(new Set([people[0], people[1], people[2]]).size).toBe(3);
  expect(people[3]).toBe(people[0]);
});

test("IDN-8 an address typed at the till never makes two known people one", () => {
  const jane: Facts = { u: "jane", e: "jane@x.co", at: at(1) };
  const john: Facts = { loyalty: "L-john", channel: "store", at: at(2) };
  const typed: Facts = { name: "Order Completed", loyalty: "L-john", e: "jane@x.co", channel: "store", at: at(3) };
  for (const order of [
    [jane, john, typed],
    [john, typed, { u: "jane", at: at(0) }, jane],
    [john, { u: "jane", at: at(0) }, typed, jane],
  ]) {
    const { people, partition } = tell(order);
    expect(people[order.indexOf(typed)]).toBe(people[order.indexOf(john)]);
    expect(people[order.indexOf(jane)]).not.toBe(people[order.indexOf(john)]);
    expect(partition).toEqual(["email:jane@x.co user_id:jane", "loyalty_id:L-john"]);
  }
});

test("IDN-8 what somebody has proven is not joined to another known person on an unproven word", () => {
  const { people, resolution } = tell([
    { e: "ada@x.co", a: "ada-phone", verified: true },
    { u: "bob", a: "bob-phone" },
    { u: "bob", a: "bob-phone", e: "ada@x.co" },
    { u: "bob", a: "ada-phone" },
  ]);
  expect(people[2]).toBe(people[1]);
  expect(people[3]).toBe(people[1]);
  expect(people[0]).not.toBe(people[1]);
  expect(resolution.leftOut.map(({ reason }) => reason)).toEqual(["unproven", "unproven"]);
});

test("IDN-8 both numbers in one event are word enough, and so is proof", () => {
  const people: Facts[] = [
    { u: "ada", e: "ada@x.co", verified: true },
    { loyalty: "L1", channel: "store" },
  ];
  expect(tell([...people, { u: "ada", loyalty: "L1" }]).partition).toEqual([
    "email:ada@x.co loyalty_id:L1 user_id:ada",
  ]);
  const proven = tell([
    { u: "bea", a: "a1" },
    { loyalty: "L2", e: "bea@x.co", channel: "store" },
    { e: "bea@x.co", a: "a1", verified: true },
  ]);
  expect(proven.partition).toEqual(["anonymous_id:a1 email:bea@x.co loyalty_id:L2 user_id:bea"]);
});

test("IDN-8 what the owner says of an address counts more than what somebody typed", () => {
  const { resolution } = tell([
    { loyalty: "L1", e: "ada@x.co", channel: "store" },
    { loyalty: "L1", e: "ada@x.co", channel: "web" },
  ]);
  expect(resolution.added.get("email:ada@x.co")).toMatchObject({ channel: "web", verified: false });
  const { resolution: later } = tell([
    { e: "ada@x.co", channel: "store" },
    { e: "ada@x.co", a: "a1", channel: "web", verified: true },
  ]);
  expect(later.added.get("email:ada@x.co")).toMatchObject({ channel: "web", verified: true });
});

test("IDN-7 a family's card stays with the earlier account, be it shown at the till or told on the web", () => {
  const card: Facts[] = [
    { u: "ada", loyalty: "L1", channel: "store", at: at(1) },
    { u: "bea", loyalty: "L1", channel: "web", at: at(2) },
  ];
  for (const order of [card, [...card].reverse()])
    expect(tell(order).partition).toEqual(["loyalty_id:L1 user_id:ada", "user_id:bea"]);
});

test("IDN-9 an address that comes with too many people joins nobody any more, and that is told once", () => {
  const rules = compileRules(
    { ...BUILT_IN, types: BUILT_IN.types.map((type) => ({ ...type, alarm: { people: 3, days: 7 } })) },
    1,
  );
  const staff = [1, 2, 3, 4, 5, 6].map((i): Facts => ({ u: `u${i}`, a: `a${i}`, e: "till@shop.co", at: at(i) }));
  const { people, resolution, partition } = tell(
    [...staff, { e: "till@shop.co", at: at(7) }, { a: "x", e: "till@shop.co", at: at(7) }],
    rules,
  );
  expect(new Set(people.slice(0, 6)).size).toBe(6);
  expect(people[6]).toBeNull();
  expect(partition).toContain("anonymous_id:x");
  expect(resolution.meetings.alarms).toMatchObject([{ type: "email", value: "till@shop.co", people: 4 }]);
  const spread = staff.map((facts, i) => ({ ...facts, at: at(1 + i * 4) }));
  expect(tell(spread, rules).resolution.meetings.alarms).toEqual([]);
});

test("IDN-9 beyond the caps nothing is joined, and the events still arrive", () => {
  const caps = compileRules({ ...BUILT_IN, caps: { merges: 2, identifiers: 5 } }, 1);
  const weeks = (i: number) => at(1 + i * 8);
  const devices = [0, 1, 2, 3, 4, 5, 6].map((i): Facts => ({ u: "u1", a: `a${i}`, at: weeks(i) }));
  const many = tell(devices, caps);
  expect(new Set(many.people).size).toBe(1);
  expect(many.resolution.leftOut.map(({ reason }) => reason)).toEqual(["cap", "cap", "cap"]);
  const merged = tell(
    [0, 1, 2, 3].flatMap((i): Facts[] => [
      { a: `b${i}`, at: weeks(i) },
      { u: "u2", a: `b${i}`, at: weeks(i) },
    ]),
    caps,
  );
  expect(merged.resolution.merges).toHaveLength(2);
  expect(merged.resolution.leftOut).toMatchObject([{ value: "b3", reason: "cap" }]);
});
