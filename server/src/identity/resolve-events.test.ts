import fc from "fast-check";
import { expect, test } from "vitest";

import { type KilimEvent, newEvent } from "../collect/index.ts";
import { VirtualClock } from "../platform/clock.ts";
import { extractIdentifiers } from "./extract-identifiers.ts";
import { Resolution } from "./resolve-events.ts";
import { builtInRules } from "./rules.ts";

const clock = new VirtualClock("2026-03-02T09:00:00Z");
let n = 0;

type Facts = { u?: string | number; a?: string; e?: string; loyalty?: string; verified?: boolean; alias?: string };

function event({ u, a, e, loyalty, verified, alias }: Facts): KilimEvent {
  return newEvent(clock, {
    messageId: `m${++n}`,
    source: "test",
    name: "Identify",
    type: alias ? "alias" : "identify",
    userId: u === undefined ? null : String(u),
    anonymousId: a ?? null,
    previousId: alias ?? null,
    verified: verified ?? false,
    traits: { ...(e ? { email: e } : {}), ...(loyalty ? { loyalty_id: loyalty } : {}) },
  });
}

/** Resolves the events one after the other, as one long batch; gives each event's person at the end. */
function resolve(...all: Facts[]) {
  let next = 0;
  const resolution = new Resolution({
    rules: builtInRules,
    held: new Map(),
    ofProfile: new Map(),
    aliases: new Map(),
    newId: () => `p${String(++next).padStart(4, "0")}`,
  });
  const ids = all.map((facts) => {
    const told = event(facts);
    return resolution.resolve(told, extractIdentifiers(told, builtInRules));
  });
  const people = ids.map((id) => (id === null ? null : resolution.survivor(id)));
  const partition = new Map<string, string[]>();
  for (const [key, held] of resolution.added) {
    const id = resolution.survivor(held.profileId);
    partition.set(id, [...(partition.get(id) ?? []), key].sort());
  }
  return { people, resolution, partition: [...partition.values()].map((keys) => keys.join(" ")).sort() };
}

test("an anonymous device and the user who signs in on it are one person", () => {
  expect(resolve({ a: "a1" }, { u: "u1", a: "a1", e: "x@x.co" }).partition).toEqual([
    "anonymous_id:a1 email:x@x.co user_id:u1",
  ]);
});

test("a device seen before its owner signs in on it joins her, with all its events", () => {
  const { people, partition } = resolve({ u: "u1", a: "a1" }, { a: "a2" }, { u: "u1", a: "a2" });
  expect(new Set(people).size).toBe(1);
  expect(partition).toEqual(["anonymous_id:a1 anonymous_id:a2 user_id:u1"]);
});

test("two users on a shared tablet stay two people; the tablet stays with the first and that is noted", () => {
  const { partition, resolution } = resolve({ u: "u1", a: "a1" }, { u: "u2", a: "a1" });
  expect(partition).toEqual(["anonymous_id:a1 user_id:u1", "user_id:u2"]);
  expect(resolution.demotions).toMatchObject([{ type: "anonymous_id", value: "a1", reason: "limit" }]);
});

test("two users who give the same address stay two people; the address stays with the first", () => {
  expect(resolve({ u: "abc123", e: "jane@x.co" }, { u: "abc456", e: "jane@x.co" }).partition).toEqual([
    "email:jane@x.co user_id:abc123",
    "user_id:abc456",
  ]);
});

test("a family's loyalty card stays with the first who used it", () => {
  expect(resolve({ u: "u1", loyalty: "L1" }, { u: "u2", loyalty: "L1" }).partition).toEqual([
    "loyalty_id:L1 user_id:u1",
    "user_id:u2",
  ]);
});

test("a known person on another known person's device does not bridge the two", () => {
  const { partition } = resolve({ u: "alice", a: "an1" }, { u: "bob", a: "anB" }, { u: "alice", a: "anB" });
  expect(partition).toEqual(["anonymous_id:an1 user_id:alice", "anonymous_id:anB user_id:bob"]);
});

test("the sixth address of a user within a year is not joined to her", () => {
  const { resolution } = resolve(...[1, 2, 3, 4, 5, 6].map((i) => ({ u: "u1", e: `e${i}@x.co` })));
  expect(resolution.demotions).toMatchObject([{ type: "email", value: "e6@x.co" }]);
});

test("ids that stand for no id join nobody", () => {
  for (const u of [
    "null",
    "undefined",
    "[object Object]",
    " ",
    "00000000-0000-0000-0000-000000000000",
    "-1",
    '"guest"',
  ]) {
    expect(resolve({ u, a: "a1" }, { u, a: "a2" }).partition, u).toEqual(["anonymous_id:a1", "anonymous_id:a2"]);
  }
  expect(resolve({ a: "00000000-0000-0000-0000-000000000000" }).people).toEqual([null]);
});

test("addresses are one whatever their case, user ids are not, numbers are texts", () => {
  expect(resolve({ e: "Jane@X.com " }, { e: "jane@x.com" }).partition).toHaveLength(1);
  expect(resolve({ u: 7 }, { u: "7" }).partition).toHaveLength(1);
  expect(resolve({ u: "U1" }, { u: "u1" }).partition).toHaveLength(2);
});

test("an alias before either side was seen joins them; an alias to oneself changes nothing", () => {
  expect(resolve({ u: "u9", alias: "a7" }, { a: "a7" }).partition).toEqual(["anonymous_id:a7 user_id:u9"]);
  expect(resolve({ u: "u1", alias: "u1" }).partition).toEqual(["user_id:u1"]);
});

test("two proven addresses never meet through a device", () => {
  const { partition } = resolve(
    { e: "ada@x.co", a: "shared", verified: true },
    { e: "bea@x.co", a: "shared", verified: true },
  );
  expect(partition).toEqual(["anonymous_id:shared email:ada@x.co", "email:bea@x.co"]);
});

test("somebody else's address in a shared product is not hers", () => {
  const shared = newEvent(clock, {
    messageId: "s",
    source: "test",
    name: "Product Shared",
    anonymousId: "a1",
    properties: { email: "friend@x.co" },
  });
  expect(extractIdentifiers(shared, builtInRules)).toEqual([{ type: "anonymous_id", value: "a1" }]);
});

test("IDN-1 without limit conflicts any order of the events gives the same partition of identifiers", () => {
  // Each user has own devices and one address, so no limit can bite whatever the order.
  const person = fc.record({
    u: fc.integer({ min: 1, max: 6 }),
    device: fc.option(fc.integer({ min: 0, max: 2 })),
    mail: fc.boolean(),
    named: fc.boolean(),
  });
  const facts = person.map(
    ({ u, device, mail, named }): Facts => ({
      ...(named ? { u: `u${u}` } : {}),
      ...(device === null ? {} : { a: `u${u}-d${device}` }),
      ...(mail ? { e: `u${u}@x.co` } : {}),
    }),
  );
  fc.assert(
    fc.property(
      fc
        .array(facts, { minLength: 1, maxLength: 30 })
        .chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
        ),
      ([all, shuffled]) => {
        expect(resolve(...shuffled).partition).toEqual(resolve(...all).partition);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});
