import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createWorld, type World } from "../../platform/testing/world.ts";
import { Params } from "../compile/params.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { DAY_MS } from "../predicates/times.ts";
import { compileTree, evaluateTree, type Tree } from "../predicates/tree.ts";
import { eventPredicatesOf, nobody } from "../registry.ts";
import { personId } from "../testing/harness.ts";
import { type Boundaries, expandRfm } from "./boundaries.ts";
import { type AxisScores, RFM_GROUP_NAMES, RFM_GROUPS, type Score } from "./groups.ts";
import { FEWEST_PEOPLE, findBoundaries } from "./queries/boundaries.ch.ts";
import { ORDER_NAMES, scoresSql } from "./queries/scored-people.ch.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const ALL: readonly Score[] = [1, 2, 3, 4, 5];
const AXES = ["recency", "frequency", "monetary"] as const;

type Told = Record<(typeof AXES)[number], number>;
interface Order {
  /** Days before the boundaries are computed. */
  readonly ago: number;
  readonly revenue: number;
  readonly currency: string | null;
}
type Population = readonly (readonly Order[])[];

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let runs = 0;
async function happened(people: Population): Promise<void> {
  // A block of rows that has been inserted before would be taken for a repeat.
  runs++;
  await world.history.command("truncate table events");
  await world.history.insert(
    "events",
    people.flatMap((orders, nth) =>
      orders.map((order, serial) => {
        const { name, channel, properties, at } = eventOf(order);
        const timestamp = new Date(at).toISOString();
        const ids = { profile_id: personId(nth), message_id: `${runs}-${nth}-${serial}`, batch: 1 };
        return { ...ids, name, channel, timestamp, received_at: timestamp, properties: JSON.stringify(properties) };
      }),
    ),
  );
}

function eventOf({ ago, revenue, currency }: Order): PastEvent {
  const properties = { revenue, ...(currency === null ? {} : { currency }) };
  return { name: "Order Completed", channel: "web", properties, at: NOW - ago * DAY_MS };
}

async function scoresInHistory(boundaries: Boundaries, now: number): Promise<Map<string, Told>> {
  const params = new Params();
  const found = await world.history.query<Told & { person: string }>(
    `select person, recency, frequency, monetary from (${scoresSql(boundaries, now, params)})`,
    { ...params.values, ...ORDER_NAMES },
  );
  return new Map(found.map(({ person, ...told }) => [person, told]));
}

/** Tells one person's scores as the conditions do: each folded event by event. */
function byConditions(boundaries: Boundaries | null): (orders: readonly Order[], now: number) => Told | null {
  const trees = AXES.map((axis) =>
    ALL.map((score) => compileTree(expandRfm({ rfm: { [axis]: [score] } }, boundaries))),
  );
  const predicates = new Map(
    trees
      .flat()
      .flatMap(eventPredicatesOf)
      .map((predicate) => [predicate.key, predicate]),
  );
  return (orders, now) => {
    const events = orders.map(eventOf);
    const states = new Map(
      [...predicates].map(([key, predicate]) => {
        const parts = events.map((event) => predicate.of(event)).filter((part) => part !== null);
        return [key, parts.length === 0 ? undefined : parts.reduce(predicate.combine, predicate.empty)];
      }),
    );
    const person = { ...nobody, stateOf: (key: string) => states.get(key) };
    const told = trees.map((ofAxis) => ALL.filter((_, nth) => evaluateTree(ofAxis[nth] as Tree, person, now).holds));
    const [recency = [], frequency = [], monetary = []] = told;
    if (told.every((scores) => scores.length === 0)) return null;
    expect([recency.length, frequency.length, monetary.length]).toEqual([1, 1, 1]);
    return { recency: recency[0] ?? 0, frequency: frequency[0] ?? 0, monetary: monetary[0] ?? 0 };
  };
}

/** The rule, said plainly: sorted from the worst to the best, how many fifths' last people somebody is better than. */
function naiveScore(mine: number, all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  return 1 + [1, 2, 3, 4].filter((fifth) => mine > (sorted[Math.floor((sorted.length * fifth) / 5) - 1] ?? 0)).length;
}

function naiveScores(people: Population): (Told | null)[] {
  const within = people.map((orders) => orders.filter(({ ago }) => ago < 365));
  const customers = within.filter((orders) => orders.length > 0);
  const freshness = (orders: readonly Order[]) => -Math.min(...orders.map(({ ago }) => Math.floor(ago)));
  const spent = (orders: readonly Order[], currency: string | null) =>
    orders
      .filter((order) => order.currency === currency)
      .reduce((sum, order) => sum + Math.round(order.revenue * 100), 0);
  const buyersIn = (currency: string | null) =>
    customers.filter((orders) => orders.some((order) => order.currency === currency));
  const currencies = CURRENCIES.filter((currency) => buyersIn(currency).length >= FEWEST_PEOPLE);
  return within.map((orders) => {
    if (orders.length === 0) return null;
    const perCurrency = currencies.map((currency) => {
      const amounts = buyersIn(currency).map((buyer) => Math.max(0, spent(buyer, currency)));
      return naiveScore(Math.max(0, spent(orders, currency)), amounts);
    });
    return {
      recency: naiveScore(freshness(orders), customers.map(freshness)),
      frequency: naiveScore(
        orders.length,
        customers.map((one) => one.length),
      ),
      monetary: Math.max(1, ...perCurrency),
    };
  });
}

const CURRENCIES = ["EUR", "TRY", null];
/** Few different values, and ages at and beside whole days and the window's end: ties and edges are common. */
const order: fc.Arbitrary<Order> = fc.record({
  ago: fc.oneof(fc.integer({ min: 0, max: 380 }), fc.constantFrom(0.5, 1, 1.5, 12, 364.9, 365)),
  revenue: fc.constantFrom(-5, 0, 10, 19.99, 20, 49.5, 120.25, 1000),
  currency: fc.constantFrom(...CURRENCIES),
});
const population: fc.Arbitrary<Population> = fc.array(fc.array(order, { minLength: 0, maxLength: 6 }), {
  minLength: 60,
  maxLength: 90,
});

describe("RFM-1 scores are fifths of the customers, and equal people have equal scores", () => {
  it("whoever asks: the plain rule, the SQL over everybody, and the conditions of each person", async () => {
    await fc.assert(
      fc.asyncProperty(population, async (people) => {
        await happened(people);
        const { boundaries } = await findBoundaries(world.history, NOW);
        if (boundaries === null) throw new Error("too few people to test with");
        const inHistory = await scoresInHistory(boundaries, NOW);
        const naive = naiveScores(people);
        const tell = byConditions(boundaries);
        for (const [nth, orders] of people.entries()) {
          expect(inHistory.get(personId(nth)) ?? null).toEqual(naive[nth] ?? null);
          expect(tell(orders, NOW)).toEqual(naive[nth] ?? null);
        }
      }),
      { seed: 7, numRuns: 8, endOnFailure: true },
    );
  });

  it("has five groups of one size where all differ", async () => {
    const people = Array.from({ length: 60 }, (_, nth) =>
      Array.from({ length: nth + 1 }, () => ({ ago: 5 * nth, revenue: 10 + nth, currency: "EUR" })),
    );
    await happened(people);
    const { boundaries, people: counted } = await findBoundaries(world.history, NOW);
    expect(counted).toBe(60);
    const told = [...(await scoresInHistory(boundaries as Boundaries, NOW)).values()];
    for (const axis of AXES)
      expect(ALL.map((score) => told.filter((one) => one[axis] === score).length)).toEqual([12, 12, 12, 12, 12]);
  });

  it("calls nobody frequent for what most people do", async () => {
    await happened(
      Array.from({ length: 50 }, (_, nth) =>
        Array.from({ length: nth < 35 ? 1 : 2 }, () => ({ ago: nth, revenue: 10, currency: "EUR" })),
      ),
    );
    const { boundaries } = await findBoundaries(world.history, NOW);
    expect(boundaries?.frequency).toEqual([1, 1, 1, 2]);
  });

  it("finds no boundaries among too few", async () => {
    await happened(Array.from({ length: FEWEST_PEOPLE - 1 }, (_, nth) => [{ ago: nth, revenue: 10, currency: "EUR" }]));
    expect(await findBoundaries(world.history, NOW)).toEqual({ people: FEWEST_PEOPLE - 1, boundaries: null });
    expect(byConditions(null)([{ ago: 1, revenue: 1, currency: null }], NOW)).toBeNull();
  });
});

describe("RFM-2 between two computations scores follow events and time exactly", () => {
  it("at any later instant the conditions say what SQL says", async () => {
    await fc.assert(
      fc.asyncProperty(population, fc.integer({ min: 0, max: 400 * 24 }), async (people, hours) => {
        await happened(people);
        const { boundaries } = await findBoundaries(world.history, NOW);
        const later = NOW + hours * 3_600_000;
        const inHistory = await scoresInHistory(boundaries as Boundaries, later);
        const tell = byConditions(boundaries);
        for (const [nth, orders] of people.entries())
          expect(tell(orders, later)).toEqual(inHistory.get(personId(nth)) ?? null);
      }),
      { seed: 11, numRuns: 6, endOnFailure: true },
    );
  });
});

describe("RFM-1 a condition on several scores holds for whoever has one of them", () => {
  it("also where the same score is named five times", () => {
    const boundaries = { recency: [81, 61, 41, 21], frequency: [1, 2, 3, 4], monetary: [] };
    const once = expandRfm({ rfm: { frequency: [2] } }, boundaries);
    expect(expandRfm({ rfm: { frequency: [2, 2, 2, 2, 2] } }, boundaries)).toEqual(once);
    expect(once).not.toEqual(expandRfm({ rfm: { frequency: [1, 2, 3, 4, 5] } }, boundaries));
  });
});

describe("RFM-3 the named groups share the grid out", () => {
  it("puts each cell of recency and frequency into exactly one", () => {
    for (const recency of ALL)
      for (const frequency of ALL) {
        const holding = RFM_GROUP_NAMES.filter((name) => {
          const place: AxisScores = RFM_GROUPS[name];
          return place.recency?.includes(recency) && place.frequency?.includes(frequency);
        });
        expect(holding, `${recency} ${frequency}`).toHaveLength(1);
      }
  });
});
