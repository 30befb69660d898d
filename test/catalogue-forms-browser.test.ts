import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { en } from "../dashboard/src/i18n/en.ts";
import { id } from "../dashboard/src/i18n/id.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import type { Product, StoreView } from "../server/src/catalog/contracts.ts";
import { makePhoto } from "../server/src/catalog/testing/make-photo.ts";
import type { Transfer } from "../server/src/inventory/contracts.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Products and stores by hand: made, changed and taken off sale on the dashboard's own screens. */
let server: TestServer;
let browser: Browser;
let page: Page;
const troubles: string[] = [];
const DESK = { viewport: { width: 1280, height: 900 }, locale: "en-GB" } as const;
const PHONE = { width: 390, height: 844 };

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  page = await openSignedIn(browser, server, DESK);
  page.setDefaultTimeout(45_000);
  page.on("pageerror", (error) => troubles.push(String(error)));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const form = en.productForm;
const field = (name: string, within: Page | Locator = page) => within.getByRole("textbox", { name, exact: true });
let productId = "";
let storeId = "";
const product = async () => (await server.call<Product>("GET", `/v1/products/${productId}`)).body;
const store = async () =>
  (await server.call<{ items: StoreView[] }>("GET", "/v1/stores")).body.items.find((one) => one.id === storeId);

test("a product with two sizes is made in a category of its own; a wrong barcode says so at its field", async () => {
  await page.goto("/products");
  await page.getByRole("link", { name: form.new }).click();
  await field(form.title).fill("Göreme bag");
  await field(form.titleIn.tr).fill("Göreme çanta");
  await page.getByRole("button", { name: form.newCategory }).click();
  const dialog = page.getByRole("dialog");
  await field(form.title, dialog).fill("Çanta & Bag");
  await dialog.getByRole("button", { name: form.make }).click();
  await dialog.waitFor({ state: "detached" });
  await field(form.width_mm).fill("320");
  await field(form.sku).fill("GOR-S");
  await field(form.gtin).fill("4006381333932");
  await field(form.size).fill("S");
  await field(form.price).fill("89.9");
  await page.getByRole("button", { name: form.addVariant }).click();
  await field(form.sku).nth(1).fill("GOR-M");
  await field(form.size).nth(1).fill("M");
  await page.getByRole("button", { name: form.make, exact: true }).click();
  await page
    .getByText(/check digit/i)
    .first()
    .waitFor();
  await isGood(page, "product-new");
  await field(form.gtin).first().fill("4006381333931");
  await page.getByRole("button", { name: form.make, exact: true }).click();
  await page.waitForURL(/\/products\/[0-9a-f-]+\/edit$/);
  productId = /products\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
  expect(await product()).toMatchObject({
    title: "Göreme bag",
    titles: { tr: "Göreme çanta" },
    category: "canta-bag",
    dimensions: { width_mm: 320 },
    variants: [
      { sku: "GOR-S", gtin: "04006381333931", price: { amount: 8_990, currency: "EUR" } },
      { sku: "GOR-M", gtin: null, price: { amount: 8_990 } },
    ],
  });
});

test("its prices in other markets, photos and variants are changed, each at an address of its own", async () => {
  await page.getByRole("button", { name: `${form.change}: GOR-M` }).click();
  await page.waitForURL(/\?variant=/);
  const prices = page.getByRole("form", { name: form.markets });
  await prices.getByRole("button", { name: form.addPrice }).click();
  await field(form.currency, prices).fill("try");
  await field(form.region, prices).fill("tr");
  await field(form.price, prices).fill("3500");
  await prices.getByRole("button", { name: en.action.save }).click();
  const [, medium] = (await product()).variants;
  const asked = `/v1/variants/${medium?.id}/prices`;
  await expect
    .poll(async () => (await server.call<{ items: unknown[] }>("GET", asked)).body.items)
    .toEqual([{ currency: "TRY", region: "TR", amount: 350_000, was: null }]);
  await isGood(page, "product-variant");
  await field(form.was, page.getByRole("dialog")).first().fill("99.5");
  await page.getByRole("dialog").getByRole("button", { name: en.action.save }).first().click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(async () => (await product()).variants[1]?.was?.amount).toBe(9_950);

  const photo = { name: "bag.jpg", mimeType: "image/jpeg", buffer: await makePhoto(300, 300) };
  await field(form.alt).fill("The bag from the front");
  await page.locator('input[type="file"]').setInputFiles(photo);
  await page.getByTestId("photo").waitFor();
  expect((await product()).photos).toMatchObject([{ alt: "The bag from the front" }]);
  const fake = { name: "bag.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg><script/></svg>") };
  await page.locator('input[type="file"]').setInputFiles(fake);
  await page.getByText(/^bag\.svg:/).waitFor();
  await isGood(page, "product-edit");

  await page.goto(`/products/${productId}/edit?variant=${medium?.id}`);
  await page.getByRole("dialog").getByRole("button", { name: form.archive }).click();
  await expect.poll(async () => (await product()).variants.length).toBe(1);
  await page.getByRole("button", { name: form.restore }).click();
  await expect.poll(async () => (await product()).variants.length).toBe(2);

  // Taken off sale earlier, long after the corner's way back has gone.
  expect((await server.call("POST", `/v1/variants/${medium?.id}/archive`)).status).toBe(204);
  await page.goto(`/products/${productId}/edit`);
  await isGood(page, "product-archived-variant");
  await page.getByRole("button", { name: `${form.restore}: GOR-M` }).click();
  await page.getByText(form.variantRestored).waitFor();
  await page.getByRole("button", { name: `${form.change}: GOR-M` }).waitFor();

  await page.getByRole("button", { name: form.archive }).click();
  await page.getByText(form.archived, { exact: true }).waitFor();
  await page.goto("/products?show=archived");
  await page.getByRole("link", { name: "Göreme bag" }).waitFor();
  await page.goto(`/products/${productId}/edit`);
  await page.getByRole("button", { name: form.restore }).click();
  // Search forgives typing.
  await page.goto("/products?q=gorme+bagg");
  await page.getByRole("link", { name: "Göreme bag" }).waitFor();
});

test("what goes with it and what is like it are chosen, put in order and taken out", async () => {
  const others: string[] = [];
  for (const title of ["Ihlara scarf", "Zelve belt", "Uçhisar purse"]) {
    const variants = [{ sku: title, price: { amount: 1_000, currency: "EUR" } }];
    const made = await server.call<Product>("POST", "/v1/products", { title, category: "canta-bag", variants });
    others.push(made.body.id);
  }
  const [scarf = "", belt = "", purse = ""] = others;
  await page.goto(`/products/${productId}/edit`);
  const add = async (label: string, words: string, title: string) => {
    const choice = page.getByRole("combobox", { name: label });
    await choice.click();
    await choice.pressSequentially(words);
    await page.getByRole("option", { name: title }).click();
  };
  await add(form.add_complementary, "ihlara", "Ihlara scarf");
  await add(form.add_complementary, "zelve", "Zelve belt");
  await add(form.add_related, "uchisar", "Uçhisar purse");
  await page.getByRole("button", { name: "Forward: Zelve belt" }).click();
  await isGood(page, "product-beside");
  const beside = page.getByRole("form", { name: form.beside });
  await beside.getByRole("button", { name: en.action.save }).click();
  const ids = async () => {
    const { complementary, related } = await product();
    return [complementary, related].map((list) => list.map((one) => one.id));
  };
  await expect.poll(ids).toEqual([[belt, scarf], [purse]]);
  await page.reload();
  await page.getByRole("button", { name: "Remove: Zelve belt" }).click();
  await beside.getByRole("button", { name: en.action.save }).click();
  await expect.poll(ids).toEqual([[scarf], [purse]]);
});

test("a store gets a place, hours with a pause, a holiday, services and shelf places; it closes and opens again", async () => {
  const words = en.stores;
  await page.goto("/stores");
  await page.getByRole("link", { name: words.new }).first().click();
  for (const [label, text] of [
    [words.name, "Karaköy"],
    [words.code, "krk"],
    [words.city, "Istanbul"],
    [words.lat, "41.02"],
    [words.lon, "28.97"],
    [words.currency, "try"],
  ] as const)
    await field(label).fill(text);
  await page.getByRole("combobox", { name: words.country }).fill("Türkiye");
  await page.getByRole("option", { name: "Türkiye" }).click();
  await page.getByRole("combobox", { name: words.timezone }).fill("Istanbul");
  await page.getByRole("option", { name: "Europe/Istanbul" }).click();
  await page.getByLabel("Monday: closes").fill("13:00");
  await page.getByRole("button", { name: "Add hours: Monday" }).click();
  await page.getByLabel("Monday: opens").nth(1).fill("14:00");
  await page.getByLabel(words.day, { exact: true }).fill("2026-10-29");
  await page.getByRole("button", { name: words.addDay }).click();
  await isGood(page, "store-new");
  await page.getByRole("button", { name: words.make }).click();
  await page.waitForURL(/\/stores\/[0-9a-f-]{36}$/);
  storeId = page.url().split("/").at(-1) ?? "";
  expect(await store()).toMatchObject({
    code: "krk",
    country: "TR",
    currency: "TRY",
    timezone: "Europe/Istanbul",
    exceptions: { "2026-10-29": [] },
    hours: {
      mon: [
        ["10:00", "13:00"],
        ["14:00", "19:00"],
      ],
    },
  });
  await page.getByRole("tab", { name: words.tabs.places }).click();
  await page.getByRole("combobox", { name: en.stock.item }).click();
  await page.getByRole("combobox", { name: en.stock.item }).pressSequentially("GOR-M");
  await page.getByRole("option", { name: /GOR-M/ }).click();
  await field(words.shelf).fill("B-14");
  await page.getByRole("button", { name: words.note }).click();
  await page.getByRole("cell", { name: "B-14" }).waitFor();
  await isGood(page, "store-places");
  await page.getByRole("button", { name: words.archive }).click();
  await page.getByRole("button", { name: words.restore }).click();
  await page.getByRole("button", { name: words.archive }).waitFor();
});

test("several items go from one place to another as one transfer", async () => {
  const { body } = await server.call<{ items: { id: string; name: string }[] }>("GET", "/v1/stock/locations");
  const here = body.items.find(({ name }) => name === "Karaköy")?.id;
  const { body: other } = await server.call<StoreView>("POST", "/v1/stores", {
    ...{ code: "bsk", name: "Beşiktaş", city: "Istanbul", country: "TR", lat: 41.04, lon: 29, hours: {} },
    timezone: "Europe/Istanbul",
  });
  expect(other.name).toBe("Beşiktaş");
  const variants = (await product()).variants;
  const movements = variants.map(({ id: variant_id }) => ({
    kind: "receive",
    variant_id,
    location_id: here,
    quantity: 5,
  }));
  const received = await server.call("POST", "/v1/stock/movements", { document: "delivery 1", movements });
  expect(received.status, JSON.stringify(received.body)).toBe(201);
  await page.goto(`/stock?tab=transfers&location=${here}`);
  await page.getByRole("button", { name: en.stock.newTransfer }).click();
  await page.waitForURL(/action=transfer/);
  await page.getByRole("combobox", { name: en.stock.to }).click();
  await page.getByRole("option", { name: "Beşiktaş" }).click();
  for (const sku of ["GOR-S", "GOR-M"]) {
    await page.getByRole("combobox", { name: en.stock.addLine }).pressSequentially(sku);
    await page.getByRole("option", { name: new RegExp(sku) }).click();
  }
  await expect.poll(() => page.getByTestId("transfer-line").count()).toBe(2);
  await isGood(page, "transfer-new");
  await page.getByRole("button", { name: en.stock.sendNow }).click();
  await page.getByText("2 sent to Beşiktaş.").waitFor();
  const { body: sent } = await server.call<{ items: Transfer[] }>("GET", "/v1/stock/transfers");
  expect(sent.items[0]?.lines).toHaveLength(2);
  await page.goto(`/stock?tab=movements&location=${here}`);
  for (const cause of [en.stock.sources.transfer, en.stock.sources.document])
    await page.getByRole("cell", { name: cause, exact: true }).first().waitFor();
});

test("the same on a phone in the dark, in Turkish and Indonesian", async () => {
  for (const [language, words] of [
    ["tr-TR", tr],
    ["id-ID", id],
  ] as const) {
    const phone = await openSignedIn(browser, server, { viewport: PHONE, locale: language, colorScheme: "dark" });
    const code = language.slice(0, 2);
    await phone.goto("/products/new");
    await phone.getByRole("button", { name: words.productForm.addVariant }).waitFor();
    await isGood(phone, `product-new-${code}`);
    await phone.goto(`/products/${productId}/edit`);
    await phone.getByTestId("photo").waitFor();
    await isGood(phone, `product-edit-${code}`);
    await phone.goto("/stores");
    await phone.getByRole("link", { name: "Karaköy" }).waitFor();
    await isGood(phone, `stores-${code}`);
    await phone.getByRole("link", { name: "Karaköy" }).click();
    await phone.getByRole("button", { name: words.stores.addDay }).waitFor();
    await isGood(phone, `store-${code}`);
    await phone.context().close();
  }
  expect(troubles).toEqual([]);
});
