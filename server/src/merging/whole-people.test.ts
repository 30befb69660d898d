import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import { eventsInHistory, segmentsAreLive, send, wholePerson } from "./testing/whole-person.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
  for (const [name, definition] of Object.entries({
    "Bought twice": { did: "Order Completed", count: { op: "gte", value: 2 } },
    "Spent 40": { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 40 }, within: "P30D" },
    "Looked, then bought": { sequence: [{ did: "Product Viewed" }, { did: "Order Completed" }], within: "PT2H" },
    "Never bought": { did: "Order Completed", count: { op: "eq", value: 0 } },
    Izmir: { trait: "city", op: "is", value: "Izmir" },
    "May be written to": { consent: "email", state: "granted" },
  }))
    expect(await server.call("POST", "/v1/segments", { name, definition })).toMatchObject({ status: 201 });
  await segmentsAreLive(server);
}, 60_000);
afterAll(() => server.close());

interface Happening {
  readonly side: 0 | 1;
  /** The third is only met after the merge. */
  readonly device: 0 | 1 | 2;
  readonly isSignedIn: boolean;
  readonly what: number;
  readonly which: number;
  readonly minute: number;
}
const happening = fc.record({
  side: fc.constantFrom<0 | 1>(0, 1),
  device: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  isSignedIn: fc.boolean(),
  what: fc.integer({ min: 0, max: 6 }),
  which: fc.integer({ min: 0, max: 3 }),
  minute: fc.integer({ min: 0, max: 300 }),
});

/**
 * Who they are in each telling: two that are merged and separated, the same two left alone, and one who was always both.
 */
type Telling = "merged" | "apart--" | "always1";

function tell(run: number, telling: Telling, n: number, { side, device, isSignedIn, what, which, minute }: Happening) {
  const who = telling === "always1" ? "both" : `side${side}`;
  const timestamp = new Date(Date.parse("2026-03-01T20:00:00Z") + minute * 60_000).toISOString();
  const base = {
    messageId: `r${run}-${telling}-${String(n).padStart(3, "0")}`,
    timestamp,
    // Five devices: one more would pass the limit of a week.
    anonymousId: `r${run}-${telling}-dev${side}${side === 1 && device === 1 ? 0 : device}`,
    ...(isSignedIn || telling === "always1" ? { userId: `r${run}-${telling}-${who}` } : {}),
    context: { channel: ["web", "app", "store", "email"][which] },
  };
  const product = { product_id: `p${which}`, price: which + 0.5, quantity: 1, category: `c${which}`, currency: "EUR" };
  const properties: object[] = [
    { order_id: `o${n}`, revenue: 10 * (which + 1), currency: "EUR", products: [{ ...product, size: `S${which}` }] },
    { order_id: `o${Math.floor(n / 2)}`, total: 3, currency: "EUR" },
    { channel: "email", purpose: "marketing", state: which % 2 ? "granted" : "denied" },
  ];
  const names = ["Order Completed", "Order Refunded", "Consent Changed", "Product Viewed", "Product Added"];
  if (what >= 5)
    return { ...base, type: "identify", traits: { city: which ? "Izmir" : "Ankara", [`t${which}`]: which || null } };
  return { ...base, type: "track", event: names[what], properties: properties[what] ?? product };
}

/** The same person in the words of another telling. */
function inWordsOf<T>(person: T, from: Telling): T {
  return JSON.parse(JSON.stringify(person).replaceAll(`-${from}-`, "-·-")) as T;
}

test("MRG-1 MRG-3 whatever happens before and after: merged they are who they would be had they always been one, and separated both are who they would be had they never met", async () => {
  const runs = fc.sample(
    fc.record({
      before: fc.array(happening, { minLength: 2, maxLength: 14 }),
      since: fc.array(happening, { maxLength: 14 }),
    }),
    { numRuns: 6, seed: 5 },
  );
  const say = async (part: (run: (typeof runs)[number]) => { happenings: readonly Happening[]; first: number }) => {
    const batch = runs.flatMap((run, r) => {
      const { happenings, first } = part(run);
      return (["merged", "apart--", "always1"] as const).flatMap((telling) =>
        happenings.map((each, i) => tell(r, telling, first + i, each)),
      );
    });
    if (batch.length > 0) await send(server, ...batch);
  };
  // Both have signed in on their two devices once, so that there are two to merge.
  const known = ([0, 1] as const).flatMap((side) =>
    ([0, 1] as const).map((device) => ({ side, device, isSignedIn: true, what: 3, which: side, minute: 0 })),
  );
  await say((run) => ({
    happenings: [...known, ...run.before.map((each) => ({ ...each, device: (each.device % 2) as 0 | 1 }))],
    first: 0,
  }));
  const people: { into: string; from: string }[] = [];
  for (const [r] of runs.entries()) {
    const into = (await wholePerson(server, `user_id:r${r}-merged-side0`)).id;
    const from = (await wholePerson(server, `user_id:r${r}-merged-side1`)).id;
    const answer = await server.call("POST", "/v1/profiles/merge", { into, from, reason: "test" });
    expect(answer).toMatchObject({ status: 200 });
    people.push({ into, from });
  }
  await say((run) => ({ happenings: run.since, first: 100 }));
  // New devices are seen alone at first, then signed in on.
  await say(() => ({
    happenings: ([0, 1] as const).map((side) => ({
      side,
      device: 2,
      isSignedIn: true,
      what: 4,
      which: 1,
      minute: 301,
    })),
    first: 200,
  }));

  async function compareMerged(): Promise<void> {
    for (const [r] of runs.entries()) {
      const one = await wholePerson(server, `user_id:r${r}-merged-side0`);
      const always = await wholePerson(server, `user_id:r${r}-always1-both`);
      const { identifiers: _, merged_from: __, ...mine } = inWordsOf(one.person, "merged");
      const { identifiers: ___, merged_from: ____, ...theirs } = inWordsOf(always.person, "always1");
      expect(mine).toEqual(theirs);
      expect(one.events.length).toBe(always.events.length);
      expect(await eventsInHistory(server, one.id)).toBe(one.events.length);
    }
  }
  async function compareApart(): Promise<void> {
    for (const [r] of runs.entries()) {
      for (const side of [0, 1]) {
        const mine = await wholePerson(server, `user_id:r${r}-merged-side${side}`);
        const theirs = await wholePerson(server, `user_id:r${r}-apart---side${side}`);
        const { merged_from: _, ...a } = inWordsOf(mine.person, "merged");
        const { merged_from: __, ...b } = inWordsOf(theirs.person, "apart--");
        expect(a, `run ${r} side ${side}`).toEqual(b);
        expect(inWordsOf(mine.events, "merged")).toEqual(inWordsOf(theirs.events, "apart--"));
        expect(await eventsInHistory(server, mine.id)).toBe(mine.events.length);
      }
    }
  }
  async function separateAll(): Promise<void> {
    for (const { into, from } of people) {
      const answer = await server.call("POST", "/v1/profiles/unmerge", { profile: into, from });
      expect(answer).toMatchObject({ status: 200 });
      await server.settle();
    }
  }

  await compareMerged();
  await separateAll();
  await compareApart();
  // And again, once History's rows tell of the merge.
  for (const { into, from } of people)
    await server.call("POST", "/v1/profiles/merge", { into, from, reason: "and again" });
  await server.settle();
  server.clock.advance({ minutes: 15 });
  await server.settle();
  await compareMerged();
  await separateAll();
  await compareApart();
}, 240_000);
