import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type App, buildApp } from "../../platform/http.ts";
import { createLog } from "../../platform/log.ts";
import type { Explanation } from "../contracts.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";

let h: Harness;
let app: App;
const DAY = 86_400_000;
const ann = personId(1);
const bob = personId(2);
let start = 0;

const order = (revenue: number, at: number) => ({
  name: "Order Completed",
  channel: "store" as const,
  properties: { revenue },
  at,
});

beforeAll(async () => {
  h = await createHarness();
  app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "s" }),
    log: createLog("test", "fatal"),
    publicUrl: "http://127.0.0.1:4000",
  });
  h.segments.routes?.(app);
  start = h.world.clock.now().epochMilliseconds;
  await h.setTraits(ann, { name: "Ann", city: "Izmir" });
  await h.setTraits(bob, { name: "Bob", city: "Ankara" });
  await h.happen(ann, [order(80, start - 40 * DAY), order(60, start - 20 * DAY), order(70, start - 2 * DAY)]);
  await h.ship();
  // Not in History yet: an explanation must know of it all the same.
  await h.happen(ann, [order(90, start - DAY)]);
});
afterAll(async () => {
  await app.close();
  await h.close();
});

async function segment(name: string, definition: object): Promise<string> {
  const id = await h.segments.createSegment({ name, definition });
  await h.ship();
  await h.segments.drain();
  return id;
}

async function explain(id: string, profile: string): Promise<Explanation> {
  const answer = await app.inject({ method: "POST", url: `/v1/segments/${id}/explain`, payload: { profile } });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

const iso = (ms: number) => new Date(ms).toISOString();

describe("SEG-12 why somebody is in a segment, or is not", () => {
  it("answers each condition with what decides it and with the time at which it turns", async () => {
    const id = await segment("Regulars of Izmir", {
      all: [
        {
          did: "Order Completed",
          where: [{ property: "revenue", op: "gte", value: 65 }],
          count: { op: "gte", value: 2 },
          within: "P30D",
        },
        { trait: "city", op: "is", value: "Izmir" },
        { not: { did: "Order Completed", within: "PT12H" } },
      ],
    });
    const why = await explain(id, ann);
    const turns = iso(start - 2 * DAY + 30 * DAY);
    expect(why).toMatchObject({
      segment: { id, name: "Regulars of Izmir" },
      person: { profile_id: ann, name: "Ann" },
      is_member: true,
      entered_at: iso(start),
      holds: true,
      changes_at: turns,
      is_being_replaced: false,
      history: "read",
    });
    expect(
      why.conditions.map(({ path, depth, kind, holds, changes_at }) => [path, depth, kind, holds, changes_at]),
    ).toEqual([
      ["definition", 0, "all", true, turns],
      ["definition.all.0", 1, "leaf", true, turns],
      ["definition.all.1", 1, "leaf", true, null],
      ["definition.all.2", 1, "not", true, null],
      ["definition.all.2.not", 2, "leaf", false, null],
    ]);
    expect(why.conditions[1]?.evidence).toMatchObject({
      kind: "events",
      found: 2,
      more: false,
      events: [
        { timestamp: iso(start - DAY), counts: true, channel: "store", properties: { revenue: 90 } },
        { timestamp: iso(start - 2 * DAY), counts: true, properties: { revenue: 70 } },
        { timestamp: iso(start - 40 * DAY), counts: false, properties: { revenue: 80 } },
      ],
    });
    expect(why.conditions[2]?.evidence).toEqual({ kind: "values", values: [{ name: "city", value: "Izmir" }] });
  });

  it("says of somebody outside what is missing", async () => {
    const id = await segment("Spenders", {
      any: [
        { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 100 }, within: "P30D" },
        { consent: "email", state: "granted" },
      ],
    });
    const why = await explain(id, bob);
    expect(why).toMatchObject({ is_member: false, entered_at: null, holds: false, changes_at: null });
    expect(why.conditions.map(({ holds }) => holds)).toEqual([false, false, false]);
    expect(why.conditions[1]?.evidence).toEqual({ kind: "events", found: 0, more: false, sum: 0, events: [] });
    expect(why.conditions[2]?.evidence).toEqual({ kind: "consent", state: "unknown", at: null, source: null });
    expect((await explain(id, ann)).conditions[1]?.evidence).toMatchObject({ found: 3, sum: 220 });
  });

  it("passes horizons at which nothing turns: the time told is the time it happens", async () => {
    // Two of four orders leave the window before fewer than two are left.
    const id = await segment("Two in 60 days", {
      did: "Order Completed",
      count: { op: "gte", value: 2 },
      within: "P60D",
    });
    const { changes_at } = await explain(id, ann);
    expect(changes_at).toBe(iso(start - 2 * DAY + 60 * DAY));
  });

  it("writes out the segments inside, each with its name", async () => {
    const inner = await segment("Inner", { trait: "city", op: "is", value: "Izmir" });
    const id = await segment("Outer", { not: { in_segment: inner } });
    const why = await explain(id, ann);
    expect(why.holds).toBe(false);
    expect(why.conditions.map(({ path, kind, segment }) => [path, kind, segment?.name ?? null])).toEqual([
      ["definition", "not", null],
      ["definition.not", "segment", "Inner"],
      ["definition.not.in_segment", "leaf", null],
    ]);
  });

  it("answers by the rule in force while another is being filled", async () => {
    const id = await segment("Edited", { trait: "city", op: "is", value: "Izmir" });
    await app.inject({
      method: "PUT",
      url: `/v1/segments/${id}`,
      payload: { definition: { trait: "city", op: "is", value: "Ankara" } },
    });
    expect(await explain(id, ann)).toMatchObject({ is_member: true, holds: true, is_being_replaced: true });
    await h.segments.drain();
    expect(await explain(id, ann)).toMatchObject({ is_member: false, holds: false, is_being_replaced: false });
  });

  it("tells how far away somebody is, and who is nowhere we know", async () => {
    await h.setTraits(personId(5), { location: { lat: 38.42, lon: 27.14 } });
    const id = await segment("Near Ephesus", { near: { lat: 37.94, lon: 27.34, km: 50 } });
    expect((await explain(id, personId(5))).conditions[0]).toMatchObject({
      holds: false,
      evidence: { kind: "place", km: 56.2 },
    });
    expect((await explain(id, ann)).conditions[0]?.evidence).toEqual({ kind: "place", km: null });
  });

  it("names the list that is asked for, and since when somebody is on it", async () => {
    const { body } = await app.inject({ method: "POST", url: "/v1/lists", payload: { name: "Guests" } });
    const list = JSON.parse(body).id;
    await app.inject({ method: "POST", url: `/v1/lists/${list}/members`, payload: { add: [ann] } });
    const id = await segment("Guests", { in_list: list });
    const evidenceOf = async (who: string) => (await explain(id, who)).conditions[0]?.evidence;
    const added_at = h.world.clock.now().toString({ smallestUnit: "millisecond" });
    expect(await evidenceOf(ann)).toEqual({ kind: "list", list: { id: list, name: "Guests" }, added_at });
    expect(await evidenceOf(bob)).toEqual({ kind: "list", list: { id: list, name: "Guests" }, added_at: null });
  });

  it("knows nobody who is not there", async () => {
    const id = await segment("Anybody", { not: { did: "Nothing" } });
    const answer = await app.inject({
      method: "POST",
      url: `/v1/segments/${id}/explain`,
      payload: { profile: personId(99) },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([404, "person_not_found"]);
  });
});
