import { afterAll, beforeAll, expect, test } from "vitest";

import { IZMIR, stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Product, SearchAnswer, Suggestions } from "../contracts.ts";

let server: TestServer;
let boot: Product;
const price = (amount: number) => ({ amount, currency: "EUR" });
let serial = 0;
const make = async (over: object) => {
  const variants = [{ sku: `sku-${++serial}`, size: "38", color: "Red", price: price(8900) }];
  const made = await server.call<Product>("POST", "/v1/products", { category: "boots", variants, ...over });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
};
const search = async (query: string, headers?: Record<string, string>) => {
  const { status, body } = await server.call<SearchAnswer>("GET", `/v1/search?${query}`, undefined, headers);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};
const titles = async (query: string) => (await search(query)).items.map((item) => item.title);

beforeAll(async () => {
  server = await createServer();
  const category = (id: string, title: string, tr: string, parent: string | null = null) =>
    server.call("PUT", `/v1/categories/${id}`, { title, titles: { tr }, parent });
  await category("shoes", "Shoes", "Ayakkabı");
  await category("boots", "Boots", "Botlar", "shoes");
  await category("home", "Home", "Ev");
  boot = await make({
    title: "Kapadokya boot",
    titles: { tr: "Kapadokya bot", id: "Sepatu bot Kapadokya" },
    brand: "Dokuma",
    code: "KAP-1",
    variants: [
      { sku: "KAP-38", gtin: "4006381333931", size: "38", color: "Red", price: price(8900) },
      { sku: "KAP-39", gtin: "042520000061", size: "39", color: "Red", price: price(9900) },
      { sku: "KAP-39B", size: "39", color: "Black", price: price(7900) },
    ],
  });
  await make({ title: "Göl sneaker", titles: { tr: "Göl spor ayakkabı" }, category: "shoes", brand: "Ilgın" });
  await make({
    title: "Sandalye",
    category: "home",
    titles: { tr: "Sandalye" },
    variants: [{ sku: "s", price: price(100) }],
  });
});
afterAll(() => server.close());

test("CAT-16 words are found whatever their case, accents, ending or language", async () => {
  expect(await titles("q=KAPADOKYA")).toEqual(["Kapadokya boot"]);
  expect(await titles("q=gol+sneakers")).toEqual(["Göl sneaker"]);
  expect(await titles("q=ayakkab%C4%B1lar%C4%B1")).toEqual(expect.arrayContaining(["Göl sneaker", "Kapadokya boot"]));
  expect(await titles("q=sandalyeler")).toEqual(["Sandalye"]);
  expect(await titles("q=sepatu")).toEqual(["Kapadokya boot"]);
  expect(await titles("q=kapa")).toEqual(["Kapadokya boot"]);
  expect(await titles("q=kapadokya+sandalye")).toEqual([]);
});

test("CAT-16 misspelt words are taken for the nearest, and it is said how; a whole code finds its product", async () => {
  for (const q of ["kapadokia", "kapadoyka", "sneakr+gol", "snaeker", "dokuna"])
    expect((await search(`q=${q}`)).items.length).toBeGreaterThan(0);
  expect((await search("q=kapadokia+bot")).corrected).toBe("kapadokya bot");
  expect((await search("q=kapadokya")).corrected).toBeNull();
  // 04252641 is a UPC-E, and happens to be a right GTIN-8, too.
  for (const q of ["4006381333931", "04252641", "kap-39b", "KAP-1"])
    expect(await titles(`q=${q}`)).toEqual(["Kapadokya boot"]);
  await make({ title: "Woollen mittens", category: "home" });
  expect(await titles("q=mittne")).toEqual(["Woollen mittens"]);
  expect(await titles("q=zzzzzzzz")).toEqual([]);
});

test("CAT-17 facets narrow, by variant: 38 in black there is not", async () => {
  const all = await search("category=shoes");
  expect(all.total).toBe(2);
  expect(all.facets.size).toEqual([
    { value: "38", count: 2 },
    { value: "39", count: 1 },
  ]);
  expect(all.facets.price).toEqual({ min: 7900, max: 9900, currency: "EUR" });
  expect((await search("category=shoes&size=38&color=Black")).total).toBe(0);
  expect((await search("category=shoes&size=38&color=Black")).facets.size).toEqual([{ value: "39", count: 1 }]);
  expect(await titles("size=38,39&price_max=8000")).toEqual(["Kapadokya boot"]);
  expect(await titles("brand=Ilg%C4%B1n")).toEqual(["Göl sneaker"]);
  expect(await titles("category=shoes&sort=price")).toEqual(["Kapadokya boot", "Göl sneaker"]);
  const first = await search("limit=2");
  const second = await search(`limit=2&after=${first.next}`);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
  expect(second.next).toBeNull();
});

test("CAT-18 what was saved is found at once, what was archived is gone at once, however many write at the same time", async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      const { id } = await make({ title: `Wave ${i}` });
      expect((await search(`q=wave+${i}`)).items.map((item) => item.id)).toContain(id);
      return id;
    }),
  );
  await server.call("PATCH", `/v1/products/${made[0]}`, { title: "Storm" });
  expect(await titles("q=storm")).toEqual(["Storm"]);
  await Promise.all(
    made.map(async (id) => {
      await server.call("POST", `/v1/products/${id}/archive`);
      expect((await search("q=wave&limit=100")).items.map((item) => item.id)).not.toContain(id);
    }),
  );
  expect(await titles("q=wave")).toEqual([]);
  expect(await titles("q=kapadokya")).toEqual(["Kapadokya boot"]);
});

test("CAT-19 only what lies in a store now, and what has just gone does not", async () => {
  const { productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 2, [IZMIR]: 1 }, {}]);
  expect(await titles(`q=ilgin+sneaker&stock=${IZMIR}`)).toEqual(["Ilgın sneaker"]);
  expect(await titles(`q=ilgin+sneaker&stock=${IZMIR}&size=37`)).toEqual([]);
  expect((await search("q=ilgin+sneaker")).facets.stock).toEqual(
    expect.arrayContaining([
      { value: "web", count: 1 },
      { value: IZMIR, count: 1 },
    ]),
  );
  const told = new Promise<void>((done) => {
    const off = server.bus.onChange((changes) => {
      if (!changes.some(({ id, what }) => id === productId && what.includes("stock"))) return;
      off();
      done();
    });
  });
  const movement = { variant_id: variantIds[0], location_id: IZMIR, kind: "adjust", quantity: -1, reason: "gone" };
  expect((await server.call("POST", "/v1/stock/movements", { movements: [movement] })).status).toBe(201);
  await told;
  expect(await titles(`q=ilgin+sneaker&stock=${IZMIR}`)).toEqual([]);
  expect(await titles("q=ilgin+sneaker&stock=web")).toEqual(["Ilgın sneaker"]);
});

test("CAT-20 a shopper sees what there is in her size, until she lifts it", async () => {
  const email = "size@shop.example";
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": "d1" };
  await server.call("POST", "/v1/shopper/sign-in", { email }, device);
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string }[] }>("GET", "/v1/mailbox");
  const { body: mail } = await server.call<{ text: string }>("GET", `/v1/mailbox/${box.items[0]?.id}`);
  const proof = { email, code: /\b\d{6}\b/.exec(mail.text)?.[0], anonymous_id: "d1" };
  const { body: session } = await server.call<{ token: string }>("POST", "/v1/shopper/verify", proof, device);
  await server.settle();
  const { body: me } = await server.call<{ id: string }>("GET", `/v1/profiles/email:${email}`);
  const lines = [{ variant_id: boot.variants[1]?.id, quantity: 1 }];
  await server.call("POST", "/v1/orders", {
    channel: "store",
    store_id: IZMIR,
    profile_id: me.id,
    payment: "cash",
    lines,
  });
  await server.settle();
  const shopper = { ...device, "x-kilim-shopper": session.token };
  const mine = await search("category=boots", shopper);
  expect(mine.own_sizes).toEqual(["39"]);
  expect(mine.items.map((item) => item.title)).toEqual(["Kapadokya boot"]);
  expect((await search("category=boots&size=all", shopper)).own_sizes).toEqual([]);
  expect((await search("category=boots&size=38", shopper)).items.map((item) => item.title)).toContain("Kapadokya boot");
  expect((await search("category=home", shopper)).total).toBe(2);
  expect((await search("category=boots", device)).own_sizes).toEqual([]);
});

test("CAT-28 search, its limits and its order are in the market's prices; what has none there is not sold there", async () => {
  const kilim = (sku: string, amount: number) => ({ sku, price: price(amount) });
  const rug = await make({ title: "Uşak rug", category: "home", variants: [kilim("U1", 100), kilim("U2", 300)] });
  const mat = await make({ title: "Uşak mat", category: "home", variants: [kilim("M1", 200)] });
  await make({ title: "Uşak cushion", category: "home", variants: [kilim("C1", 150)] });
  const cost = async (variant: { id: string } | undefined, prices: object[]) =>
    expect((await server.call("PUT", `/v1/variants/${variant?.id}/prices`, { prices })).status).toBe(200);
  await cost(rug.variants[1], [{ currency: "TRY", amount: 12_000 }]);
  await cost(mat.variants[0], [
    { currency: "TRY", amount: 15_000 },
    { currency: "TRY", region: "TR", amount: 9_000, was: 10_000 },
  ]);
  const all = await search("q=usak&currency=TRY&sort=price");
  expect(all).toMatchObject({ total: 2, facets: { price: { min: 12_000, max: 15_000, currency: "TRY" } } });
  expect(all.items).toMatchObject([
    { title: "Uşak rug", price: { amount: 12_000, currency: "TRY" } },
    { title: "Uşak mat", price: { amount: 15_000, currency: "TRY" } },
  ]);
  const turkish = await search("q=usak&currency=TRY&region=TR&sort=price&price_max=10000");
  expect(turkish.items).toMatchObject([{ title: "Uşak mat", price: { amount: 9_000 }, was: { amount: 10_000 } }]);
  expect((await search("q=usak&currency=EUR")).total).toBe(3);
  expect((await search("q=usak&currency=JPY")).total).toBe(0);
  const { body } = await server.call<{ items: object[] }>("GET", "/v1/markets");
  expect(body.items).toEqual([
    { currency: "EUR", region: null, products: expect.any(Number) },
    { currency: "TRY", region: null, products: 2 },
    { currency: "TRY", region: "TR", products: 1 },
  ]);
});

test("CAT-29 by name is by the alphabet of the reader's language, by the titles she reads", async () => {
  const category = "alphabet";
  const named = [
    ["Wallet", "Cüzdan"],
    ["Pine rack", "Çam raf"],
    ["Warm quilt", "Ilık yorgan"],
    ["Silk scarf", "İpek atkı"],
    ["Lace 10", "Oya 10"],
    ["Lace 9", "Oya 9"],
    ["Cover", "Örtü"],
    ["Çeşme mat", "Soğan tası"],
    ["Camel shawl", "Şal"],
    ["Zeytin", undefined],
  ] as const;
  await server.call("PUT", `/v1/categories/${category}`, { title: "Alphabet" });
  for (const [title, tr] of named) await make({ title, titles: tr ? { tr } : {}, category });
  const bySort = async (language: string) =>
    (await search(`category=${category}&sort=title${language}`)).items.map((item) => item.titles.tr ?? item.title);
  const turkish = ["Cüzdan", "Çam raf", "Ilık yorgan", "İpek atkı", "Oya 9", "Oya 10", "Örtü", "Soğan tası", "Şal"];
  expect(await bySort("&language=tr")).toEqual([...turkish, "Zeytin"]);
  const english = ["Camel shawl", "Çeşme mat", "Cover", "Lace 9", "Lace 10", "Pine rack", "Silk scarf", "Wallet"];
  for (const language of ["", "&language=en", "&language=id"])
    expect(await titles(`category=${category}&sort=title${language}`)).toEqual([...english, "Warm quilt", "Zeytin"]);
  expect((await server.call("GET", "/v1/search?sort=title&language=xx")).status).toBe(400);
});

test("CAT-29 page by page nothing is missed or shown twice, whatever comes, goes or is named anew meanwhile", async () => {
  const category = "pages";
  await server.call("PUT", `/v1/categories/${category}`, { title: "Pages" });
  const ids = new Map<string, string>();
  for (const title of ["Ada", "Çam", "Dağ", "Göl", "Ilgaz", "İnci"])
    ids.set(title, (await make({ title, category })).id);
  // Longer than what a cursor can carry, and of one title.
  const long = `Kilim ${"ı".repeat(300)}`;
  for (let i = 0; i < 3; i += 1) await make({ title: long, category });
  const page = async (after: string | null) =>
    search(`category=${category}&sort=title&language=tr&limit=2${after ? `&after=${after}` : ""}`);
  const first = await page(null);
  expect(first).toMatchObject({ total: 9, items: [{ title: "Ada" }, { title: "Çam" }] });
  // Before it something comes; the one it stands at goes, the next is named anew behind it.
  await make({ title: "Aa", category });
  await server.call("POST", `/v1/products/${ids.get("Çam")}/archive`);
  await server.call("PATCH", `/v1/products/${ids.get("Dağ")}`, { title: "Dağcı" });
  const shown: string[] = [];
  const seen = new Set<string>();
  for (let next = first.next; next !== null; ) {
    const { items, next: following } = await page(next);
    for (const { id, title } of items) {
      shown.push(title);
      seen.add(id);
    }
    next = following;
  }
  expect(shown).toEqual(["Dağcı", "Göl", "Ilgaz", "İnci", long, long, long]);
  expect(seen.size).toBe(7);
  expect((await server.call("GET", "/v1/search?sort=title&after=WzFd")).status).toBe(400);
});

test("what is being typed is completed as it is written", async () => {
  const suggested = async (q: string) =>
    (await server.call<Suggestions>("GET", `/v1/search/suggest?q=${encodeURIComponent(q)}`)).body;
  const gol = await suggested("gö");
  expect(gol.words).toContain("göl");
  expect(gol.products.map((item) => item.title)).toContain("Göl sneaker");
  expect((await suggested("botl")).categories.map(({ id }) => id)).toEqual(["boots"]);
  expect((await suggested("kapadokya b")).words).toContain("kapadokya boot");
  expect(await suggested(" ")).toEqual({ words: [], categories: [], products: [] });
});
