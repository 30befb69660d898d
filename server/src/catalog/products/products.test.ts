import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Category, Product, ProductSummary, StoreView } from "../contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
  await server.call("PUT", "/v1/categories/fashion", { title: "Fashion", titles: { tr: "Moda" } });
  await server.call("PUT", "/v1/categories/shoes", { title: "Shoes", titles: { tr: "Ayakkabı" }, parent: "fashion" });
  await server.call("PUT", "/v1/categories/boots", { title: "Boots", parent: "shoes" });
});
afterAll(() => server.close());

const price = { amount: 8900, currency: "EUR" };
let serial = 0;
const make = async (over: object = {}) => {
  const sku = `sku-${++serial}`;
  const body = { title: `Boot ${serial}`, category: "boots", variants: [{ sku, size: "38", price }], ...over };
  const made = await server.call<Product>("POST", "/v1/products", body);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
};
const read = async (id: string, query = "") => (await server.call<Product>("GET", `/v1/products/${id}${query}`)).body;
const found = async (query: string) =>
  (await server.call<{ items: ProductSummary[] }>("GET", `/v1/products?${query}`)).body.items.map((p) => p.title);

test("CAT-8 a product is made, changed, archived and brought back; what is archived leaves lists and search", async () => {
  const made = await make({ title: "Kapadokya boot", materials: ["leather"], dimensions: { height_mm: 210 } });
  expect(made).toMatchObject({ materials: ["leather"], dimensions: { height_mm: 210 }, archived_at: null });
  const changed = await server.call<Product>("PATCH", `/v1/products/${made.id}`, { titles: { tr: "Kapadokya bot" } });
  expect(changed.body).toMatchObject({
    title: "Kapadokya boot",
    titles: { tr: "Kapadokya bot" },
    materials: ["leather"],
  });
  expect(await found("q=kapadokya+bot")).toEqual(["Kapadokya boot"]);
  expect(await found("category=fashion&q=kapadokya")).toEqual(["Kapadokya boot"]);
  await server.call("POST", `/v1/products/${made.id}/archive`);
  expect(await found("q=kapadokya")).toEqual([]);
  expect(await found("q=kapadokya&archived=true")).toEqual(["Kapadokya boot"]);
  await server.call("PATCH", `/v1/products/${made.id}`, { brand: "Dokuma" });
  expect(await found("q=kapadokya")).toEqual([]);
  await server.call("POST", `/v1/products/${made.id}/restore`);
  expect(await found("q=kapadokya+dokuma")).toEqual(["Kapadokya boot"]);
});

test("CAT-3 a code belongs to one thing, also when two are made at once", async () => {
  const body = (n: number) => ({
    title: `Twin ${n}`,
    category: "boots",
    variants: [{ sku: "twin", gtin: "4006381333931", price }],
  });
  const made = await Promise.all([1, 2, 3].map((n) => server.call<Product>("POST", "/v1/products", body(n))));
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(made.find(({ status }) => status === 409)?.body).toMatchObject({ code: "code_taken" });
  const other = await make();
  expect(await server.call("PATCH", `/v1/variants/${other.variants[0]?.id}`, { gtin: "04006381333931" })).toMatchObject(
    { status: 409, body: { errors: [{ path: "gtin" }] } },
  );
});

test("CAT-2 CAT-4 a wrong GTIN, a negative or broken price, a `was` that is no reduction: refused with the field", async () => {
  const refused = async (variant: object) => {
    const variants = [{ sku: "x", price, ...variant }];
    const { status, body } = await server.call<{ errors?: { path: string }[] }>("POST", "/v1/products", {
      title: "X",
      category: "boots",
      variants,
    });
    return [status, body.errors?.[0]?.path];
  };
  expect(await refused({ gtin: "4006381333932" })).toEqual([422, "variants.0.gtin"]);
  expect((await refused({ price: { amount: 12.5, currency: "EUR" } }))[0]).toBe(400);
  expect((await refused({ price: { amount: -1, currency: "EUR" } }))[0]).toBe(400);
  expect(await refused({ price: { amount: 8900, currency: "XXY" } })).toEqual([400, "variants.0.price.currency"]);
  expect(await refused({ was: 8900 })).toEqual([422, "variants.0.was"]);
  expect(
    (await server.call("POST", "/v1/products", { title: "X", category: "none", variants: [{ sku: "x", price }] }))
      .status,
  ).toBe(422);
});

test("CAT-11 a price of the region goes before one of the currency, and that before the variant's own", async () => {
  const { id, variants } = await make();
  await server.call("PUT", `/v1/variants/${variants[0]?.id}/prices`, {
    prices: [
      { currency: "TRY", amount: 350_000 },
      { currency: "TRY", region: "TR", amount: 300_000, was: 340_000 },
    ],
  });
  const told = async (query: string) => {
    const { price, was } = await read(id, query);
    return [price, was];
  };
  expect(await told("")).toEqual([price, null]);
  expect(await told("?currency=TRY")).toEqual([{ amount: 350_000, currency: "TRY" }, null]);
  expect(await told("?currency=TRY&region=TR")).toEqual([
    { amount: 300_000, currency: "TRY" },
    { amount: 340_000, currency: "TRY" },
  ]);
  expect(await told("?currency=IDR")).toEqual([price, null]);
  const twice = [
    { currency: "TRY", amount: 1 },
    { currency: "TRY", amount: 2 },
  ];
  expect((await server.call("PUT", `/v1/variants/${variants[0]?.id}/prices`, { prices: twice })).status).toBe(409);
  expect((await read(id, "?currency=TRY")).price.amount).toBe(350_000);
});

test("variants come and go, but for the last: of two that go at the same time one stays", async () => {
  const { id, variants } = await make();
  const more = await server.call<Product>("POST", `/v1/products/${id}/variants`, {
    sku: `more-${id}`,
    size: "39",
    price,
  });
  expect(more.body.sizes).toEqual(["38", "39"]);
  const both = [variants[0]?.id, more.body.variants[1]?.id];
  const answers = await Promise.all(both.map((one) => server.call("POST", `/v1/variants/${one}/archive`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: "last_variant" });
  expect((await read(id)).variants.length).toBe(1);
  for (const one of both) await server.call("POST", `/v1/variants/${one}/restore`);
  expect((await read(id)).sizes).toEqual(["38", "39"]);
});

test("what stands beside a product is chosen by hand, else of its category", async () => {
  const [one, two, three] = [await make(), await make(), await make()];
  expect((await read(one.id)).related.length).toBeGreaterThan(1);
  await server.call("PUT", `/v1/products/${one.id}/relations`, {
    related: [three.id, one.id, two.id],
    complementary: [two.id],
  });
  const shown = await read(one.id);
  expect(shown.related.map((p) => p.id)).toEqual([three.id, two.id]);
  expect(shown.complementary.map((p) => p.id)).toEqual([two.id]);
});

test("CAT-27 pages asked for at the same time are read together, each for its own market and as it is now", async () => {
  const [one, two] = [await make(), await make()];
  const variant = one.variants[0]?.id;
  await server.call("PUT", `/v1/variants/${variant}/prices`, { prices: [{ currency: "TRY", amount: 290_000 }] });
  const nobody = "01900000-0000-7000-8000-000000000000";
  const [inLira, inEuro, other, gone] = await Promise.all([
    read(one.id, "?currency=TRY"),
    read(one.id),
    read(two.id),
    server.call("GET", `/v1/products/${nobody}`),
  ]);
  expect([inLira.price, inEuro.price]).toEqual([{ amount: 290_000, currency: "TRY" }, price]);
  expect(other.id).toBe(two.id);
  expect(gone.status).toBe(404);
  await server.call("PATCH", `/v1/products/${one.id}`, { title: "Renamed" });
  expect((await read(one.id)).title).toBe("Renamed");
});

test("a category never lies below itself, and its products are found by its new title", async () => {
  await make({ title: "Urla", category: "boots" });
  const circle = await server.call("PUT", "/v1/categories/fashion", { title: "Fashion", parent: "boots" });
  expect(circle).toMatchObject({ status: 422, body: { code: "category_circle" } });
  const { body } = await server.call<Category>("PUT", "/v1/categories/boots", {
    title: "Wellingtons",
    parent: "shoes",
  });
  expect(body.name).toBe("Wellingtons");
  expect(await found("q=urla+wellingtons")).toEqual(["Urla"]);
});

test("CAT-12 the nearest store comes first; one that moves or closes takes those near it along", async () => {
  const place = { country: "TR", timezone: "Europe/Istanbul", hours: {} };
  const open = async (code: string, lat: number, lon: number, services: string[] = []) =>
    (await server.call<StoreView>("POST", "/v1/stores", { code, name: code, city: code, lat, lon, services, ...place }))
      .body;
  const izmir = await open("izm", 38.42, 27.14, ["pickup"]);
  await open("ist", 41.01, 28.98);
  const stores = async (query: string) =>
    (await server.call<{ items: StoreView[] }>("GET", `/v1/stores?${query}`)).body.items.map((s) => [
      s.code,
      s.distance_km,
    ]);
  expect(await stores("near=41,29")).toEqual([
    ["ist", 2],
    ["izm", 328],
  ]);
  expect(await stores("service=pickup")).toEqual([["izm", null]]);
  expect((await server.call("GET", "/v1/stores?near=here")).status).toBe(400);
  const { body: shelves } = await server.call<{ items: { store_id: string; name: string }[] }>(
    "GET",
    "/v1/stock/locations",
  );
  expect(shelves.items.find((l) => l.store_id === izmir.id)?.name).toBe("izm");

  await server.call("POST", "/v1/identify", {
    writeKey: server.writeKey,
    userId: "u",
    traits: { lat: 38.42, lon: 27.14 },
  });
  const definition = { near: { store: izmir.id, km: 5 } };
  const { body: segment } = await server.call<{ id: string }>("POST", "/v1/segments", {
    name: "Near Izmir",
    definition,
  });
  const members = async () => {
    await server.settle();
    return (await server.call<{ items: object[] }>("GET", `/v1/segments/${segment.id}/members`)).body.items.length;
  };
  expect(await members()).toBe(1);
  await server.call("PATCH", `/v1/stores/${izmir.id}`, { lat: 39.9, lon: 32.8, city: "Ankara" });
  expect(await members()).toBe(0);
  await server.call("POST", `/v1/stores/${izmir.id}/archive`);
  expect(await stores("near=39,32")).toEqual([["ist", expect.any(Number)]]);
  expect(
    (await server.call("POST", "/v1/stores", { code: "ist", name: "x", city: "x", lat: 0, lon: 0, ...place })).status,
  ).toBe(409);
  expect((await server.call("PATCH", `/v1/stores/${izmir.id}`, { timezone: "Mars/Base" })).status).toBe(422);
});

test("only staff and secret keys change the catalogue, and only they see what is archived", async () => {
  const { id } = await make({ title: "Hidden boot" });
  await server.call("POST", `/v1/products/${id}/archive`);
  const asShop = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": "d" };
  expect((await server.call("POST", "/v1/products", {}, asShop)).status).toBe(403);
  const { body } = await server.call<{ items: ProductSummary[] }>(
    "GET",
    "/v1/products?q=hidden&archived=true",
    undefined,
    asShop,
  );
  expect(body.items).toEqual([]);
});
