import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { inTransaction, one, sql } from "../../platform/db.ts";
import { type App, buildApp } from "../../platform/http.ts";
import { createLog } from "../../platform/log.ts";
import type { CompositionView, OverlapView, SizesView } from "../contracts.ts";
import { thinSamples } from "../queries/sizes.pg.ts";
import { emptyComputed } from "../testing/arbitraries.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";
import { SizeSampler } from "./sample-sizes.ts";

let h: Harness;
let app: App;
let sampler: SizeSampler;

beforeAll(async () => {
  h = await createHarness();
  app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "s" }),
    log: createLog("test", "fatal"),
    publicUrl: "http://127.0.0.1:4000",
  });
  h.segments.routes?.(app);
  sampler = new SizeSampler(h.world.db, h.world.clock);
});
afterAll(async () => {
  await app.close();
  await h.close();
});

async function segment(name: string, definition: object): Promise<string> {
  const id = await h.segments.createSegment({ name, definition });
  await h.segments.drain();
  return id;
}

async function get<T>(url: string): Promise<T> {
  const answer = await app.inject({ method: "GET", url });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function sizeOf(id: string): Promise<number> {
  return (await get<{ size: number }>(`/v1/segments/${id}`)).size;
}

async function counted(id: string): Promise<number> {
  const row = await one(
    h.world.db,
    sql<{ n: number }>`
      select count(*) as n from segments.memberships
      where rule_id = (select rule_id from segments.segments where id = ${id})`,
  );
  return row?.n ?? -1;
}

const viewed = (at: number) => ({ name: "Product Viewed", channel: "web" as const, properties: {}, at });
const later = async () => {
  h.world.clock.advance({ minutes: 10 });
  await sampler.work();
};

describe("SEG-13 the size of a segment, now and over time", () => {
  it("is the number of members after entering, leaving, a merge, an erasure and a switch, sampled or not", async () => {
    const id = await segment("Viewers", { did: "Product Viewed", within: "P1D" });
    const check = async (size: number) => {
      expect([await sizeOf(id), await counted(id)]).toEqual([size, size]);
      await later();
      expect(await sizeOf(id)).toBe(size);
    };
    await check(0);
    const now = () => h.world.clock.now().epochMilliseconds;
    for (const n of [1, 2, 3, 4]) await h.happen(personId(n), [viewed(now())]);
    await check(4);
    await h.merge(personId(4), personId(3));
    await check(3);
    // Entered already: an update, not another member.
    await h.happen(personId(1), [viewed(now())]);
    await check(3);
    await app.inject({ method: "PUT", url: `/v1/segments/${id}`, payload: { definition: { did: "Product Viewed" } } });
    await h.ship();
    await h.segments.drain();
    await check(3);
    await sql`delete from segments.memberships where profile_id = ${personId(1)}`.execute(h.world.db);
    await check(2);
    const { items } = await get<SizesView>(`/v1/segments/${id}/sizes?days=1`);
    expect(items.map(({ size }) => size)).toEqual([0, 4, 3, 2, 2]);
  });

  it("begins with the size at the start of the time asked for and keeps to the number of points", async () => {
    const id = await segment("Long ago", { did: "Long Ago" });
    const at = (hours: number) => h.world.clock.now().subtract({ hours }).toString();
    await sql`delete from segments.size_samples where segment_id = ${id}`.execute(h.world.db);
    for (const [hours, size] of [
      [100, 7],
      [20, 8],
      [19, 9],
      [2, 10],
    ] as const)
      await sql`insert into segments.size_samples values (${id}, ${at(hours)}, ${size})`.execute(h.world.db);
    const { from, items } = await get<SizesView>(`/v1/segments/${id}/sizes?days=1&points=2`);
    expect(items.map(({ size }) => size)).toEqual([7, 9, 10, 0]);
    expect(items[0]?.at).toBe(from);
  });

  it("is thinned out with age, and never loses the last of a part", async () => {
    const id = personId(7_000);
    const rows = ["00:01", "00:30", "00:59", "01:10"].map((time) => `2025-01-01T${time}:00.000Z`);
    for (const [n, at] of rows.entries())
      await sql`insert into segments.size_samples values (${id}, ${at}, ${n})`.execute(h.world.db);
    await inTransaction(h.world.db, (tx) => thinSamples(tx, "hour", "2025-02-01T00:00:00Z"));
    const left = await sql<{ size: number }>`
      select size from segments.size_samples where segment_id = ${id} order by at`.execute(h.world.db);
    expect(left.rows.map(({ size }) => size)).toEqual([2, 3]);
  });
});

describe("SEG-14 the overlap of segments", () => {
  it("counts everybody once, in exactly the combination she is in", async () => {
    const who = { a: [11, 12, 13, 14], b: [13, 14, 15], c: [14] };
    for (const [name, people] of Object.entries(who))
      for (const n of people) await h.happen(personId(n), [{ ...viewed(0), name: `Did ${name}` }]);
    await h.ship();
    const ids: string[] = [];
    for (const name of Object.keys(who)) ids.push(await segment(`Did ${name}`, { did: `Did ${name}` }));
    const answer = await app.inject({ method: "POST", url: "/v1/segments/overlap", payload: { segments: ids } });
    const [a, b, c] = ids;
    const { parts, segments } = answer.json<OverlapView>();
    expect(segments.map(({ name, size }) => [name, size])).toEqual([
      ["Did a", 4],
      ["Did b", 3],
      ["Did c", 1],
    ]);
    expect(parts).toEqual([
      { in: [a], people: 2 },
      { in: [b], people: 1 },
      { in: [a, b], people: 1 },
      { in: [a, b, c], people: 1 },
    ]);
  });

  it.each([[["one"]], [["one", "one"]], [["one", "two", "three", "four", "five", "six"]]])(
    "refuses %j",
    async (names) => {
      const ids = names.map((name) => personId(name.length + name.charCodeAt(0)));
      const answer = await app.inject({ method: "POST", url: "/v1/segments/overlap", payload: { segments: ids } });
      expect(answer.statusCode).toBe(400);
    },
  );
});

describe("SEG-15 what a segment's people are like", () => {
  it("counts channels, cities, orders, consent and money beside everybody", async () => {
    const facts = { consent: {}, first_seen: "2026-01-01T00:00:00.000Z", last_seen: "2026-01-01T00:00:00.000Z" };
    const people = [
      { traits: { city: "Izmir" }, orders: 2, revenue: 3_000 },
      { traits: { address: { city: "Izmir" } }, orders: 1, revenue: 1_000 },
      { traits: { city: "Ankara" }, orders: 0, revenue: 0 },
    ];
    for (const [n, { traits, orders, revenue }] of people.entries()) {
      const id = personId(100 + n);
      const channels = orders > 0 ? { store: { events: 1, orders, revenue, last_at: "" } } : {};
      const computed = { ...emptyComputed, orders, revenue, currency: orders > 0 ? "EUR" : null, channels };
      h.profiles.set(id, { id, ...facts, traits, computed });
      await h.happen(id, [{ ...viewed(0), name: "Composed" }]);
    }
    await h.ship();
    const id = await segment("Composed", { did: "Composed" });
    const view = await get<CompositionView>(`/v1/segments/${id}/composition`);
    expect(view).toMatchObject({ size: 3, asked: 3, is_sample: false });
    const of = (key: string) =>
      view.dimensions.find((dimension) => dimension.key === key)?.values.map(({ value, people: n }) => [value, n]);
    expect(of("city")).toEqual([
      ["Izmir", 2],
      ["Ankara", 1],
    ]);
    expect(of("orders")).toEqual([
      ["0", 1],
      ["1", 1],
      ["2-3", 1],
    ]);
    expect(of("channel")).toEqual([["store", 2]]);
    expect(view.money).toEqual([
      { currency: "EUR", buyers: 2, average: 2_000, median: 1_000, everybody_median: 1_000 },
    ]);
  });

  it("has nothing to say of nobody", async () => {
    const id = await segment("Empty", { did: "Never Did" });
    expect(await get<CompositionView>(`/v1/segments/${id}/composition`)).toMatchObject({
      size: 0,
      asked: 0,
      money: [],
    });
  });
});
