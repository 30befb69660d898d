import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { IZMIR, stockedProduct, WAREHOUSE } from "../server/src/inventory/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** The order book and the stock at a desk: what happens elsewhere appears by itself, and every step is one touch. */
interface Order {
  readonly id: string;
  readonly number: string;
}

let server: TestServer;
let browser: Browser;
let desk: Page;
let variant: string;
let order: Order;
const words = en.orderBook;
const stock = en.stock;

beforeAll(async () => {
  server = await createServer();
  const { variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 9, [IZMIR]: 3 }]);
  variant = variantIds[0] ?? "";
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 900 }, "light", "en-GB");
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function open(
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark",
  locale: string,
): Promise<Page> {
  return openSignedIn(browser, server, { viewport, colorScheme, locale });
}

async function buy(quantity: number): Promise<Order> {
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": newId(server.clock) };
  await server.call("POST", "/v1/cart/items", { variant_id: variant, quantity }, device);
  const address = { name: "Elif", line1: "Kordon 1", city: "Izmir", country: "TR" };
  const asked = { channel: "web", payment: "test", email: "elif@dokuma.example", address };
  return (await server.call<Order>("POST", "/v1/orders", asked, device)).body;
}

test("an order appears in the book by itself, is sent from its page, and its receipt mailed", async () => {
  await desk.goto("/orders");
  await desk.getByText(en.orders.empty).waitFor();
  order = await buy(2);
  await desk.getByRole("link", { name: order.number }).waitFor();
  await isGood(desk, "order-book");
  await desk.goto(`/orders?number=${order.number}&payment=refunded`);
  await desk.getByText(en.orders.empty).waitFor();
  await desk.goto(`/orders?number=${order.number}`);
  await desk.getByRole("link", { name: order.number }).click();
  await desk.getByRole("heading", { name: order.number }).waitFor();
  await desk.getByTestId("way").waitFor();
  await isGood(desk, "order-page");
  await desk.getByLabel(words.carrier).fill("Yurtiçi");
  await desk.getByLabel(words.parcel).fill("42");
  await desk.getByRole("button", { name: words.ship }).click();
  await desk.getByText(/Yurtiçi · 42/).waitFor();
  await desk.getByRole("button", { name: words.mail }).click();
  await desk.getByRole("button", { name: words.send, exact: true }).click();
  await desk.getByText(words.mailed).waitFor();
  await server.settle();
  const { body } = await server.call<{ items: { subject: string }[] }>("GET", "/v1/mailbox");
  expect(body.items.filter(({ subject }) => subject.includes(order.number)).length).toBe(2);
});

test("an order that has not left is cancelled after a question, and what was paid goes back", async () => {
  const other = await buy(1);
  await desk.goto(`/orders/${other.id}`);
  await desk.getByRole("button", { name: words.cancel }).click();
  await desk.getByText(/This cannot be undone/).waitFor();
  await isGood(desk, "order-cancel");
  await desk.getByRole("button", { name: words.cancelNow }).click();
  await desk.getByText(`${other.number} is cancelled.`).waitFor();
  await expect
    .poll(async () => (await server.call("GET", `/v1/orders/${other.id}`)).body)
    .toMatchObject({ state: "cancelled", payment: { state: "refunded" } });
});

test("stock by place, an item's ledger, a count, a transfer that arrives, and books that are sound", async () => {
  await desk.goto(`/stock?location=${IZMIR}`);
  await desk.getByRole("link", { name: "Ilgın sneaker" }).waitFor();
  await isGood(desk, "stock-shelf");
  await desk.getByRole("link", { name: "Ilgın sneaker" }).click();
  const place = desk.getByTestId("place").filter({ hasText: "Alsancak" });
  await place.waitFor();
  await isGood(desk, "stock-item");
  await desk.getByRole("button", { name: stock.count }).click();
  await desk.getByRole("combobox", { name: stock.location }).click();
  await desk.getByRole("option", { name: "Alsancak" }).click();
  await desk.getByLabel(stock.counted).fill("5");
  await desk.getByRole("button", { name: stock.save }).click();
  await desk.getByText("Alsancak: 3 in the books, 5 counted.").waitFor();
  await place.getByRole("cell", { name: "5" }).first().waitFor();

  await desk.getByRole("button", { name: stock.transfer }).click();
  await desk.getByRole("combobox", { name: stock.to, exact: true }).click();
  await desk.getByRole("option", { name: "Kemang" }).click();
  await desk.getByLabel(stock.quantity).fill("2");
  await isGood(desk, "stock-transfer");
  await desk.getByRole("button", { name: stock.sendNow, exact: true }).click();
  await desk.getByText("2 sent to Kemang.").waitFor();
  await desk.goto("/stock?tab=transfers");
  await desk.getByRole("button", { name: stock.receiveAll }).click();
  await desk.getByText(stock.transferStates.received, { exact: true }).waitFor();
  await isGood(desk, "stock-transfers");
  await desk.goto("/stock?tab=movements");
  await desk.getByText(stock.kinds.transfer_in).first().waitFor();
  await isGood(desk, "stock-movements");
  await desk.goto("/stock?tab=check");
  await desk.getByText(stock.sound).waitFor();
});

test("a till sells what the books have not: the task appears by itself and is resolved; Turkish, at night, on a phone", async () => {
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto("/stock?tab=discrepancies");
  await phone.getByText(tr.stock.noDiscrepancies).waitFor();
  const lines = [{ variant_id: variant, quantity: 9 }];
  await server.call("POST", "/v1/orders", { channel: "store", store_id: IZMIR, lines, payment: "cash" });
  await phone.getByTestId("discrepancy").waitFor();
  await isGood(phone, "stock-discrepancies-tr");
  await phone.getByLabel(tr.stock.found).fill("Depoda bulundu");
  await phone.getByRole("button", { name: tr.stock.resolve }).click();
  await phone.getByText(tr.stock.noDiscrepancies).waitFor();
  for (const [path, name] of [
    [`/orders/${order.id}`, "order-page-tr"],
    ["/orders", "order-book-tr"],
    [`/stock?location=${IZMIR}`, "stock-shelf-tr"],
    [`/stock/${variant}`, "stock-item-tr"],
  ]) {
    await phone.goto(path ?? "");
    await phone.getByRole("heading", { level: 1 }).waitFor();
    await isGood(phone, name ?? "");
  }
});
