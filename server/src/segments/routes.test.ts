import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type App, buildApp } from "../platform/http.ts";
import { createLog } from "../platform/log.ts";
import { createHarness, type Harness, personId } from "./testing/harness.ts";

let h: Harness;
let app: App;
const ann = personId(1);
const bob = personId(2);
const cem = personId(3);

beforeAll(async () => {
  h = await createHarness();
  app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "s" }),
    log: createLog("test", "fatal"),
    publicUrl: "http://127.0.0.1:4000",
  });
  h.segments.routes?.(app);
  const at = h.world.clock.now().epochMilliseconds;
  const order = { name: "Order Completed", channel: "store" as const, properties: { revenue: 80 }, at };
  await h.setTraits(ann, { first_name: "Ann", email: "ann@x.com", city: "Izmir", address: { zip: "35000" } });
  await h.setTraits(bob, { name: "Bob", city: "Ankara" });
  await h.happen(ann, [order]);
  await h.happen(cem, [order]);
  await h.merge(cem, bob);
  await h.ship();
});
afterAll(async () => {
  await app.close();
  await h.close();
});

async function call(method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body ? { payload: body } : {}) });
  return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
}

async function create(name: string, definition: object): Promise<string> {
  const made = await call("POST", "/v1/segments", { name, definition });
  expect(made).toMatchObject({ status: 201, body: { state: "backfilling", size: 0 } });
  await h.segments.drain();
  return made.body.id;
}

describe("SEG-11 the API of segments", () => {
  it("creates, fills, shows and lists a segment with its members", async () => {
    const definition = { did: "Order Completed", within: "P30D" };
    const id = await create("Buyers", definition);
    expect(await call("GET", `/v1/segments/${id}`)).toMatchObject({
      status: 200,
      body: { id, name: "Buyers", definition, size: 2, state: "live", progress: 1, problem: null },
    });
    const members = await call("GET", `/v1/segments/${id}/members?limit=1`);
    expect(members.body.items).toHaveLength(1);
    const rest = await call("GET", `/v1/segments/${id}/members?limit=1&after=${members.body.next}`);
    expect(rest.body.next).toBeNull();
    const names = [...members.body.items, ...rest.body.items].map((one: { name: string; email: string | null }) => [
      one.name,
      one.email,
    ]);
    expect(names.sort()).toEqual([
      ["Ann", "ann@x.com"],
      ["Bob", null],
    ]);
    const list = await call("GET", "/v1/segments");
    expect(list.body.items.map((segment: { name: string }) => segment.name)).toContain("Buyers");
  });

  it.each<[object, number]>([
    [{ did: "Order Completed" }, 2],
    [{ did: "Order Completed", channel: "web" }, 0],
    [{ not: { did: "Order Completed" } }, 0],
    [{ not: { did: "Product Added" } }, 2],
    [{ trait: "city", op: "is", value: "Izmir" }, 1],
    [{ all: [{ did: "Order Completed" }, { trait: "city", op: "is_not", value: "Izmir" }] }, 1],
    [
      {
        not: { did: "a\tb\n'\\\"{p0:String}%s;--", where: [{ property: "x'\t", op: "in", value: ["'\n\\", 5, true] }] },
      },
      2,
    ],
    [{ any: [{ did: "Nothing" }, { trait: "address.zip", op: "exists" }] }, 1],
  ])("previews %j with %i real people", async (definition, size) => {
    const preview = await call("POST", "/v1/segments/preview", { definition });
    expect(preview).toMatchObject({ status: 200, body: { size } });
    expect(preview.body.sample).toHaveLength(size);
  });

  it("previews and fills the largest definitions", async () => {
    const many = Array.from({ length: 150 }, (_, n) => ({
      did: n === 140 ? "Order Completed" : `Event ${n}`,
      where: [
        { property: "revenue", op: "gte", value: n / 10 },
        { property: "shipped.at", op: "not_exists" },
      ],
      sum: { property: "revenue", op: "gte", value: 5 },
      within: "P3D",
    }));
    expect(await call("POST", "/v1/segments/preview", { definition: { any: many } })).toMatchObject({
      body: { size: 2 },
    });
    const id = await create("Large", { any: many });
    expect(await call("GET", `/v1/segments/${id}`)).toMatchObject({ body: { size: 2, state: "live" } });
  });

  it("suggests names from real data", async () => {
    const { body } = await call("GET", "/v1/segments/vocabulary");
    expect(body.events).toEqual([{ name: "Order Completed", count: 2 }]);
    expect(body.traits).toContainEqual({ name: "city", count: 2 });
    expect(body.traits).toContainEqual({ name: "address.zip", count: 1 });
    expect(body.computed).toContain("cart.items");
  });

  it("refuses what is wrong with the place where it is", async () => {
    const bad = await call("POST", "/v1/segments/preview", { definition: { all: [{ did: "A", within: "P1M" }] } });
    expect(bad).toMatchObject({
      status: 400,
      body: { code: "invalid_definition", errors: [{ path: "definition.all.0.within" }] },
    });
    const nowhere = "019a0000-0000-7000-8000-0000000000ff";
    expect(await call("POST", "/v1/segments", { name: "x", definition: { in_segment: nowhere } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "definition.in_segment", message: "there is no such segment (any more)" }] },
    });
    expect(
      await call("POST", "/v1/segments", { name: "x", definition: { any: [{ in_list: nowhere }] } }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ path: "definition.any.0.in_list" }] },
    });
    expect(await call("GET", `/v1/segments/${nowhere}`)).toMatchObject({
      status: 404,
      body: { code: "segment_not_found" },
    });
    expect(await call("PUT", `/v1/segments/${nowhere}`, { name: "y" })).toMatchObject({ status: 404 });
    expect(await call("POST", "/v1/segments", { name: "x" })).toMatchObject({ status: 400 });
  });

  it("refuses a name that differs only in capitals, and frees it when the segment is archived", async () => {
    const id = await create("Lovers", { did: "Product Viewed" });
    expect(await call("POST", "/v1/segments", { name: "LOVERS", definition: { did: "A" } })).toMatchObject({
      status: 409,
      body: { code: "segment_name_taken", errors: [{ path: "name" }] },
    });
    const user = await create("Not lovers", { not: { in_segment: id } });
    expect(await call("DELETE", `/v1/segments/${id}`)).toMatchObject({ status: 409, body: { code: "segment_in_use" } });
    expect(await call("DELETE", `/v1/segments/${user}`)).toMatchObject({ status: 204 });
    expect(await call("DELETE", `/v1/segments/${id}`)).toMatchObject({ status: 204 });
    expect(await call("GET", `/v1/segments/${id}`)).toMatchObject({ status: 404 });
    await create("Lovers", { did: "Product Viewed" });
  });

  it("SEG-23 warns of what nobody can have meant, while it is written and when it is kept", async () => {
    const inner = await create("Quiet", { did: "Order Completed", count: { op: "eq", value: 0 } });
    const definition = { all: [{ did: "Order Completed", within: "P7D" }, { in_segment: inner }] };
    const warnings = [{ path: "definition.all.1", message: expect.stringContaining("nobody can be both") }];
    expect(await call("POST", "/v1/segments/preview", { definition })).toMatchObject({ body: { size: 0, warnings } });
    expect(await call("POST", "/v1/segments", { name: "Odd", definition })).toMatchObject({
      status: 201,
      body: { warnings },
    });
    const renamed = await call("PUT", `/v1/segments/${inner}`, { name: "Silent" });
    expect(renamed).toMatchObject({ status: 200, body: { warnings: [] } });
  });

  it("SEG-23 warns of a name that something else has in other capitals, while it is written and when it is kept", async () => {
    const definition = { any: [{ did: "order completed" }, { trait: "City", op: "exists" }, { did: "Brand New" }] };
    const warnings = [
      { path: "definition.any.0.did", code: "other_capitals", known: "Order Completed" },
      { path: "definition.any.1.trait", code: "other_capitals", known: "city" },
    ];
    expect(await call("POST", "/v1/segments/preview", { definition })).toMatchObject({ body: { size: 0, warnings } });
    expect(await call("POST", "/v1/segments", { name: "Misspelt", definition })).toMatchObject({
      status: 201,
      body: { warnings },
    });
  });

  it("renames at once and refuses cycles", async () => {
    const id = await create("First name", { did: "Product Viewed" });
    expect(await call("PUT", `/v1/segments/${id}`, { name: "Second name" })).toMatchObject({
      status: 200,
      body: { name: "Second name", state: "live" },
    });
    const outer = await create("Outer", { in_segment: id });
    const cycle = await call("PUT", `/v1/segments/${id}`, { definition: { in_segment: outer } });
    expect(cycle).toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining("Outer") }] } });
    expect(await call("PUT", `/v1/segments/${id}`, { definition: { in_segment: id } })).toMatchObject({ status: 400 });
  });

  it("keeps lists of people", async () => {
    const made = await call("POST", "/v1/lists", { name: "Friends" });
    expect(made).toMatchObject({ status: 201, body: { size: 0 } });
    const changed = await call("POST", `/v1/lists/${made.body.id}/members`, { add: [ann, bob] });
    expect(changed).toMatchObject({ status: 200, body: { size: 2 } });
    expect(await call("POST", "/v1/segments/preview", { definition: { in_list: made.body.id } })).toMatchObject({
      body: { size: 2 },
    });
    expect(await call("GET", "/v1/lists")).toMatchObject({
      body: { items: [{ name: "Friends" }, { name: "nobody" }] },
    });
    expect(await call("POST", "/v1/lists", { name: "friends" })).toMatchObject({ status: 409 });
  });
});
