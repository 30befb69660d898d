import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type App, buildApp } from "../../platform/http.ts";
import type { JsonObject } from "../../platform/json.ts";
import { createLog } from "../../platform/log.ts";
import type { Profile } from "../../profiles/contracts.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";
import { isPersonal, looksPersonal } from "./personal.ts";
import { survey } from "./survey.ts";

let h: Harness;
let app: App;

beforeAll(async () => {
  h = await createHarness();
  app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "s" }),
    log: createLog("test", "fatal"),
    publicUrl: "http://127.0.0.1:4000",
  });
  h.segments.routes?.(app);
  const at = h.world.clock.now().epochMilliseconds;
  const bought = (products: readonly JsonObject[]) => ({
    name: "Order Completed",
    channel: "store" as const,
    properties: { revenue: 80, products, coupon: "yaz", email: "a@x.com" },
    at,
  });
  await h.setTraits(personId(1), { city: "İzmir", first_name: "Ann", email: "a@x.com", address: { city: "Urla" } });
  await h.setTraits(personId(2), { city: "Istanbul", first_name: "Bob" });
  const bob = h.profiles.get(personId(2)) as Profile;
  h.profiles.set(bob.id, { ...bob, computed: { ...bob.computed, currency: "TRY" } });
  await h.setTraits(personId(3), { city: "İzmir", first_name: "Cem" });
  await h.happen(personId(1), [bought([{ category: "shoes" }, { category: "shoes" }, { category: "hats" }])]);
  await h.happen(personId(2), [bought([{ category: "shoes", name: "Boot" }])]);
  await h.ship();
});
afterAll(async () => {
  await app.close();
  await h.close();
});

async function ask(path: string, query: Record<string, string> = {}) {
  const answer = await app.inject({ method: "GET", url: `/v1/segments/vocabulary${path}`, query });
  return { status: answer.statusCode, body: answer.json() };
}

it("SEG-20 names the properties of an event with how many of the newest have them, also inside lists", async () => {
  const { body } = await ask("/properties", { event: "Order Completed" });
  expect(body).toMatchObject({ looked_at: 2, next: null });
  expect(body.items).toEqual([
    { name: "coupon", count: 2, type: "text" },
    { name: "email", count: 2, type: "text" },
    { name: "products.category", count: 2, type: "text" },
    { name: "revenue", count: 2, type: "number" },
    { name: "products.name", count: 1, type: "text" },
  ]);
  expect((await ask("/properties", { event: "Never Seen" })).body).toEqual({ items: [], next: null, looked_at: 0 });
});

it("SEG-20 values come with their number, a page at a time, and are found by how a word begins", async () => {
  const shoes = { value: "shoes", count: 2 };
  const of = { event: "Order Completed", property: "products.category" };
  const first = await ask("/values", { ...of, limit: "1" });
  expect(first.body.items).toEqual([shoes]);
  const rest = await ask("/values", { ...of, limit: "1", after: first.body.next });
  expect(rest.body).toMatchObject({ items: [{ value: "hats", count: 1 }], next: null });
  expect((await ask("/values", { ...of, q: "SHO" })).body.items).toEqual([shoes]);
  expect((await ask("/values", { trait: "city", q: "izm" })).body.items).toEqual([{ value: "İzmir", count: 2 }]);
  expect((await ask("/values", { computed: "currency" })).body.items).toEqual([{ value: "TRY", count: 1 }]);
  expect((await ask("/values", { trait: "address.city" })).body.items).toEqual([{ value: "Urla", count: 1 }]);
});

it("SEG-20 what is people's own is never suggested", async () => {
  for (const trait of ["first_name", "email"]) {
    expect((await ask("/values", { trait })).body.items, trait).toEqual([]);
  }
  expect((await ask("/values", { event: "Order Completed", property: "email" })).body.items).toEqual([]);
  for (const name of ["email", "lastName", "billing.phone", "address.street", "birthday"])
    expect(isPersonal(name), name).toBe(true);
  for (const name of ["city", "products.name", "loyalty_tier", "namespace"]) expect(isPersonal(name), name).toBe(false);
  for (const value of ["x@y.org", "+90 532 123 45 67"]) expect(looksPersonal(value)).toBe(true);
  for (const value of ["İzmir", "2026-01-02T10:00:00Z", 42]) expect(looksPersonal(value)).toBe(false);
});

it("SEG-20 asks for one thing at a time", async () => {
  for (const query of [{}, { trait: "city", computed: "x" }, { event: "A" }, { property: "a", trait: "b" }])
    expect((await ask("/values", query as Record<string, string>)).status).toBe(400);
});

it("SEG-20 a survey counts every document once per value and stays bounded", () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 20 }), (documents) => {
      const found = survey(documents as JsonObject[]);
      expect(found.lookedAt).toBe(documents.length);
      for (const { count, values } of found.paths.values()) {
        expect(count).toBeLessThanOrEqual(documents.length);
        for (const times of values.values()) expect(times).toBeLessThanOrEqual(count);
      }
    }),
  );
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`p${n}`, n]));
  expect(survey([wide]).paths.size).toBe(1_000);
});
