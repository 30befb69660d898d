import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { JsonObject } from "../platform/json.ts";
import type { Condition, MembershipChange } from "./contracts.ts";
import type { PastEvent } from "./predicates/event-predicate.ts";
import { BOUNDS } from "./predicates/settle-series.ts";
import { facts, historyEvent, tree } from "./testing/arbitraries.ts";
import { createHarness, type Harness, personId } from "./testing/harness.ts";
import { holdsNaively } from "./testing/naive.ts";

const SEED = 42;
const RUNS = 40;
const MINUTE = 60_000;

/** What may happen to four people and two segments, in any order. */
type Step =
  | { kind: "happen"; who: number; events: readonly (PastEvent & { ago: number })[]; historical: boolean }
  | { kind: "traits"; who: number; traits: JsonObject }
  | { kind: "sleep"; minutes: number; sweeps: boolean }
  | { kind: "merge"; from: number; into: number }
  | { kind: "ship" }
  | { kind: "edit"; segment: number; definition: Condition; drains: boolean }
  | { kind: "drain" };

const ago = fc.constantFrom(0, 0, 0, 10, 30, 120, 1440, 2880);
const FEW_PAUSES = [10, 20, 30, 120, 700, 1440, 3000];
const MANY_PAUSES = [10, 20, 30, 120];
const stepsOf = (
  event: fc.Arbitrary<PastEvent>,
  definition: fc.Arbitrary<Condition>,
  who: fc.Arbitrary<number> = fc.integer({ min: 0, max: 3 }),
  pauses = FEW_PAUSES,
): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("happen" as const),
        who,
        events: fc.array(
          fc.tuple(event, ago).map(([event, minutes]) => ({ ...event, ago: minutes })),
          { minLength: 1, maxLength: 4 },
        ),
        historical: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("traits" as const), who, traits: facts.map((known) => known.traits) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("sleep" as const),
        minutes: fc.constantFrom(...pauses),
        sweeps: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("merge" as const), from: who, into: who }) },
    { weight: 1, arbitrary: fc.constant({ kind: "ship" as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("edit" as const),
        segment: fc.integer({ min: 0, max: 1 }),
        definition,
        drains: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "drain" as const }) },
  );

/** Events that nearly all count, and definitions that keep a series of them. */
const paid: fc.Arbitrary<PastEvent> = fc
  .tuple(
    historyEvent,
    fc.constantFrom(5, 10, 20, -5),
    fc.constantFrom("Order Completed", "Order Completed", "Product Added"),
  )
  .map(([event, revenue, name]) => ({ ...event, name, properties: { revenue } }));
const within = fc.constantFrom("PT2H", "P1D");
const kept: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    did: fc.constant("Order Completed"),
    sum: fc.record({
      property: fc.constant("revenue"),
      op: fc.constantFrom("gte" as const, "lt" as const, "eq" as const),
      value: fc.constantFrom(10, 20, 40),
    }),
    within,
  }),
  fc.record({
    sequence: fc.constantFrom(
      [{ did: "Order Completed" }, { did: "Product Added" }],
      [{ did: "Product Added" }, { did: "Order Completed" }, { did: "Product Added" }],
    ),
    within,
  }),
);

let h: Harness;
let run = 0;

/** The third keeps so little in State that most answers need a block, and many of them History. */
describe.each([
  ["any definition", BOUNDS, stepsOf(historyEvent, tree), tree],
  ["any definition, hardly anything in State", { block: 1, here: 4, blocks: 2 }, stepsOf(historyEvent, tree), tree],
  [
    "series, hardly anything in State",
    { block: 1, here: 4, blocks: 2 },
    stepsOf(paid, kept, fc.constantFrom(0, 0, 0, 1), MANY_PAUSES),
    kept,
  ],
])("SEG-1 a profile is a member exactly while its definition holds, with %s", (_, bounds, step, definition) => {
  beforeAll(async () => {
    h = await createHarness({ bounds });
  });
  afterAll(() => h.close());

  it("whatever happens in whatever order: events, late ones, traits, merges, sleep, fills and edits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(definition, definition), fc.array(step, { minLength: 5, maxLength: 30 }), playOut),
      {
        seed: SEED,
        numRuns: RUNS,
      },
    );
  }, 300_000);
});

async function playOut(given: readonly [Condition, Condition], steps: readonly Step[]): Promise<void> {
  run++;
  const people = [0, 1, 2, 3].map((n) => personId(run * 10 + n));
  const lives = new Map<string, PastEvent[]>();
  const definitions: Condition[] = [...given];
  const ids = await Promise.all(
    given.map((definition, n) =>
      h.segments.createSegment({ name: `run ${run} ${n}`, definition, enter_on_first_fill: true }),
    ),
  );
  const told = new Map(ids.map((id) => [id, new Set<string>()]));
  const survivorOf = new Map<number, number>();
  const alive = (n: number): number => (survivorOf.has(n) ? alive(survivorOf.get(n) ?? n) : n);
  const idOf = (n: number): string => people[alive(n)] ?? "";

  for (const one of steps) {
    switch (one.kind) {
      case "happen": {
        const id = idOf(one.who);
        const at = h.world.clock.now().epochMilliseconds;
        const events = one.events.map((event) => ({ ...event, at: at - event.ago * MINUTE }));
        lives.set(id, [...(lives.get(id) ?? []), ...events]);
        await h.happen(id, events, { historical: one.historical });
        break;
      }
      case "traits": {
        const id = idOf(one.who);
        if (!lives.has(id)) lives.set(id, []);
        const names = Object.keys(h.profiles.get(id)?.traits ?? {});
        await h.setTraits(id, one.traits, names);
        break;
      }
      case "sleep":
        h.sleepUntil(h.world.clock.now().epochMilliseconds + one.minutes * MINUTE);
        if (one.sweeps) await h.sweep();
        break;
      case "merge": {
        const [from, into] = [idOf(one.from), idOf(one.into)];
        if (from === into || !lives.has(from)) break;
        lives.set(into, [...(lives.get(into) ?? []), ...(lives.get(from) ?? [])]);
        lives.delete(from);
        survivorOf.set(alive(one.from), alive(one.into));
        await h.merge(from, into);
        for (const members of told.values()) if (members.delete(from)) members.add(into);
        break;
      }
      case "ship":
        await h.ship();
        break;
      case "edit":
        await h.edit(ids[one.segment] ?? "", { definition: one.definition });
        definitions[one.segment] = one.definition;
        if (one.drains) await h.segments.drain();
        break;
      case "drain":
        await h.segments.drain();
        break;
    }
    hear(told, h.heard());
  }
  await h.ship();
  await h.segments.drain();
  await h.sweep();
  hear(told, h.heard());
  const now = h.world.clock.now().epochMilliseconds;
  for (const [n, id] of ids.entries()) {
    const expected = [...lives].filter(([person, events]) => {
      const facts_ = h.profiles.get(person);
      const definition = definitions[n];
      return facts_ && definition && holdsNaively(definition, { events, facts: facts_, lists: new Set() }, now);
    });
    const mine = new Set(lives.keys());
    const members = (await h.members(id)).filter((person) => mine.has(person));
    expect(members.sort(), JSON.stringify(definitions[n])).toEqual(expected.map(([person]) => person).sort());
    // What was told adds up to who is in.
    expect([...(told.get(id) ?? [])].filter((person) => mine.has(person)).sort()).toEqual(members);
  }
}

/** Nobody enters twice or leaves without having been in. */
function hear(told: ReadonlyMap<string, Set<string>>, changes: readonly MembershipChange[]): void {
  for (const change of changes) {
    const members = told.get(change.segmentId);
    if (!members) continue;
    expect(members.has(change.profileId), JSON.stringify(change)).toBe(change.kind === "exited");
    if (change.kind === "entered") members.add(change.profileId);
    else members.delete(change.profileId);
  }
}
