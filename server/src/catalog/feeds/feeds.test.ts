import { parse } from "csv-parse/sync";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, expect, test } from "vitest";

import { IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Feed } from "../contracts.ts";
import { priceText } from "./read-offers.ts";

let server: TestServer;
let productId: string;
let variantIds: string[];
beforeAll(async () => {
  server = await createServer();
  ({ productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 5, [IZMIR]: 2 }, { [JAKARTA]: 9 }]));
  await server.call("PATCH", `/v1/products/${productId}`, {
    title: '=HYPERLINK("x") <b>& "boots"\u0001',
    titles: { tr: "Çizme" },
    code: "boots",
    dimensions: { weight_g: 900 },
  });
  await server.call("PATCH", `/v1/variants/${variantIds[0]}`, { sku: "B-38", gtin: "4006381333931", was: 10_000 });
  // Izmir names no service, and so hands over orders; Jakarta names others.
  await server.call("PATCH", `/v1/stores/${IZMIR}`, { services: [] });
  await server.call("PATCH", `/v1/stores/${JAKARTA}`, { services: ["tailoring"] });
});
afterAll(() => server.close());

const make = async (body: object) => (await server.call<Feed>("POST", "/v1/feeds", { name: "Feed", ...body })).body;
const fetched = async ({ url }: Feed) => {
  const response = await fetch(url);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

/** The items of a feed, by the parser that reads others' feeds. */
function items(text: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let at = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    if (name === "item") found.push({});
    at = name;
  });
  parser.on("text", (part) => {
    const item = found.at(-1);
    if (item && part.trim() !== "") item[at] = part;
  });
  parser.write(text).close();
  return found;
}

test("CAT-25 Google reads every variant with live stock, reduced price, picture and address; markup is text", async () => {
  const feed = await make({ kind: "google" });
  const { type, text } = await fetched(feed);
  expect(type).toContain("xml");
  const [first, second] = items(text);
  expect(first).toMatchObject({
    "g:id": "B-38",
    "g:item_group_id": "boots",
    "g:title": '=HYPERLINK("x") <b>& "boots"',
    "g:price": "100.00 EUR",
    "g:sale_price": "89.00 EUR",
    "g:availability": "in_stock",
    "g:gtin": "04006381333931",
    "g:product_weight": "900 g",
    "g:link": `${server.url}/shop/p/${productId}?variant=${variantIds[0]}`,
  });
  expect(first?.["g:image_link"]).toMatch(/\.png$/);
  expect(second).toMatchObject({ "g:availability": "out_of_stock" });
  const gone = (location_id: string, quantity: number) => ({
    variant_id: variantIds[0],
    location_id,
    kind: "adjust",
    quantity,
    reason: "gone",
  });
  const movements = [gone(WAREHOUSE, -5), gone(IZMIR, -2)];
  expect((await server.call("POST", "/v1/stock/movements", { movements })).status).toBe(201);
  expect(items((await fetched(feed)).text)[0]).toMatchObject({ "g:availability": "out_of_stock" });
  await server.call("POST", `/v1/products/${productId}/archive`);
  expect(items((await fetched(feed)).text)).toEqual([]);
  await server.call("POST", `/v1/products/${productId}/restore`);
});

test("CAT-25 local inventory per store, Meta's table in another language and market; formulas are text", async () => {
  const local = await fetched(await make({ kind: "google_local" }));
  const rows: Record<string, string>[] = parse(local.text, { columns: true, delimiter: "\t" });
  expect(rows.find((row) => row.store_code === "jkt" && row.quantity === "9")).toMatchObject({
    availability: "in_stock",
    pickup_method: "not supported",
    pickup_sla: "",
  });
  expect(rows.find((row) => row.store_code === "izm" && row.id === "B-38")).toMatchObject({
    pickup_method: "buy",
    pickup_sla: "same day",
  });

  await server.call("PUT", `/v1/variants/${variantIds[0]}/prices`, { prices: [{ currency: "TRY", amount: 350_000 }] });
  const meta = await fetched(await make({ kind: "meta", language: "tr", currency: "TRY" }));
  const table: Record<string, string>[] = parse(meta.text, { columns: true });
  expect(table[0]).toMatchObject({ id: "B-38", title: "Çizme", price: "3500.00 TRY", item_group_id: "boots" });
  const english: Record<string, string>[] = parse((await fetched(await make({ kind: "meta" }))).text, {
    columns: true,
  });
  expect(english[0]?.title?.startsWith("'=HYPERLINK")).toBe(true);
});

test("CAT-26 an address cannot be guessed, is never kept in the open, and is gone when revoked", async () => {
  const feed = await make({ kind: "google" });
  const token = feed.url.split("/").at(-1) ?? "";
  expect(token.length).toBeGreaterThanOrEqual(43);
  const { rows } = await server.pool.query("select * from catalog.feed");
  expect(JSON.stringify(rows)).not.toContain(token);
  const { body } = await server.call<{ items: Feed[] }>("GET", "/v1/feeds");
  expect(body.items.find(({ id }) => id === feed.id)?.url).toBe(feed.url);
  expect((await fetched({ ...feed, url: `${feed.url.slice(0, -1)}x` })).status).toBe(404);
  await server.call("DELETE", `/v1/feeds/${feed.id}`);
  expect((await fetched(feed)).status).toBe(404);
  expect((await server.call("DELETE", `/v1/feeds/${feed.id}`)).status).toBe(404);
});

test("prices have the decimals of their currency", () => {
  expect([priceText(5, "EUR"), priceText(2999, "EUR"), priceText(120, "JPY"), priceText(1, "KWD")]).toEqual([
    "0.05 EUR",
    "29.99 EUR",
    "120 JPY",
    "0.001 KWD",
  ]);
});
