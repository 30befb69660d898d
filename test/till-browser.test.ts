import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { IZMIR } from "../server/src/inventory/testing.ts";
import { adding, operations } from "../server/src/lists/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import words from "../store/src/locales/en.json" with { type: "json" };
import turkish from "../store/src/locales/tr.json" with { type: "json" };
import { isGood } from "./browsers.ts";
import { type Order, PHONE, Stand, TABLET } from "./till-stand.ts";

/** The till without a network, and a store's queue: what is sold is sold once, what is done by mistake is taken back. */
const LONG = { timeout: 20_000 };

let stand: Stand;
beforeAll(async () => {
  stand = await Stand.build();
}, 120_000);
afterAll(() => stand?.close());
beforeEach(() => stand.fillShelves());

async function sell(page: Page): Promise<void> {
  const field = page.locator('input[name="product"]');
  await field.fill(stand.sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByRole("button", { name: words.till.cardDone }).waitFor();
  await page.getByRole("button", { name: words.till.cardDone }).click();
  await page.getByTestId("receipt").waitFor();
}

async function onHand(): Promise<number | undefined> {
  const { body } = await stand.server.call<{ items: { location_id: string; on_hand: number }[] }>(
    "GET",
    `/v1/stock?variant=${stand.variant}`,
  );
  return body.items.find((row) => row.location_id === IZMIR)?.on_hand;
}

/** The code that her mail says, once her order is ready. */
async function codeOf(order: Order): Promise<string> {
  await stand.server.settle();
  const { body: box } = await stand.server.call<{ items: { id: string; subject: string }[] }>("GET", "/v1/mailbox");
  const mail = box.items.find(({ subject }) => subject.includes(order.number) && subject.includes("ready"));
  const { body: letter } = await stand.server.call<{ text: string }>("GET", `/v1/mailbox/${mail?.id}`);
  return /\b[2-9BCDFGHJKMNPQRTVWXZ]{8}\b/.exec(letter.text)?.[0] ?? "";
}

/** The service worker is at work, and the price list lies on the device. */
async function isPrepared(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate("navigator.serviceWorker.controller !== null"), LONG).toBe(true);
  const isKept = () =>
    page.evaluate(`new Promise((done) => {
    const asked = indexedDB.open("kilim-till");
    asked.onsuccess = () => {
      const db = asked.result;
      if (!db.objectStoreNames.contains("items")) return done(false);
      const count = db.transaction("items").objectStore("items").count();
      count.onsuccess = () => { db.close(); done(count.result > 0); };
    };
    asked.onerror = () => done(false);
  })`);
  await expect.poll(isKept, LONG).toBe(true);
  const knowsUs = () => page.evaluate('caches.match("/v1/stores").then((kept) => kept !== undefined)');
  await expect.poll(knowsUs, LONG).toBe(true);
}

/** What an older till kept: the title in the catalogue's first language alone. */
async function leaveOldCopy(page: Page): Promise<void> {
  const old = {
    variant_id: stand.variant,
    product_id: stand.variant,
    sku: stand.sku,
    gtin: null,
    title: "Ilgın sneaker of old",
    size: "36",
    color: "Red",
    price: { amount: 8900, currency: "EUR" },
    image_url: "",
  };
  await page.evaluate(`new Promise((done, fail) => {
    const asked = indexedDB.open("kilim-till", 1);
    asked.onupgradeneeded = () => {
      const items = asked.result.createObjectStore("items", { keyPath: "variant_id" });
      items.createIndex("gtin", "gtin");
      items.createIndex("sku", "sku");
      asked.result.createObjectStore("sales", { keyPath: "key" }).createIndex("at", "at");
      asked.result.createObjectStore("facts");
    };
    asked.onsuccess = () => {
      const tx = asked.result.transaction(["items", "facts"], "readwrite");
      tx.objectStore("items").put(${JSON.stringify(old)});
      tx.objectStore("facts").put(Date.now(), "items-fetched-at");
      tx.objectStore("facts").put("${IZMIR}", "items-of-store");
      tx.oncomplete = () => { asked.result.close(); done(); };
    };
    asked.onerror = fail;
  })`);
}

test("ORD-6 the network goes, two pairs are sold, the page is killed and comes back: both are in the book, once", async () => {
  const before = (await stand.soldHere()).length;
  const context = await stand.standAt(TABLET);
  const first = await stand.open(context, "/store/till");
  await isPrepared(first);
  await context.setOffline(true);
  await sell(first);
  await first.getByTestId("sale-waits").waitFor();
  await isGood(first, "till-offline-receipt");
  await first.close();

  const second = await stand.open(context, "/store/till");
  await second
    .getByTestId("connection")
    .getByText(/1 sale waits/)
    .waitFor();
  await isGood(second, "till-offline");
  await sell(second);
  await second.getByRole("button", { name: words.receipt.next }).click();
  await second
    .getByTestId("connection")
    .getByText(/2 sales wait/)
    .waitFor();
  expect(await stand.soldHere()).toHaveLength(before);

  // Two pages hear of the network at the same moment.
  const third = await stand.open(context, "/store/sales");
  await third.getByTestId("kept-sale").nth(1).waitFor();
  await context.setOffline(false);
  await expect.poll(async () => (await stand.soldHere()).length, LONG).toBe(before + 2);
  await third.getByText(words.sales.told).nth(1).waitFor();
  await isGood(third, "till-sales");
  expect(await onHand()).toBe(18);
  const sold = (await stand.soldHere()).slice(0, 2);
  expect(sold.map(({ till, business_day }) => [till, business_day])).toEqual(
    sold.map(() => ["1", expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]),
  );
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("CAT-5 without a network goods are found and named by the reader's language, by others too, and by whole codes", async () => {
  const { body: levels } = await stand.server.call<{ items: { variant_id: string; product_id: string }[] }>(
    "GET",
    `/v1/stock/levels?location=${IZMIR}&limit=500`,
  );
  const product = levels.items.find((item) => item.variant_id === stand.variant)?.product_id;
  const titles = { tr: "Şık ılık spor ayakkabı", id: "Sepatu lari hangat", de: "Warmer Laufschuh" };
  expect((await stand.server.call("PATCH", `/v1/products/${product}`, { titles })).status).toBe(200);
  const context = await stand.standAt(PHONE, "tr");
  const shelf = "**/v1/stock/levels**";
  await context.route(shelf, (route) => route.abort());
  const page = await stand.open(context, "/store/till");
  await expect.poll(() => page.evaluate("navigator.serviceWorker.controller !== null"), LONG).toBe(true);
  await leaveOldCopy(page);
  await context.setOffline(true);
  const field = page.locator('input[name="product"]');
  const shown = page.locator("ul li button");
  await field.fill("ILGIN old");
  await shown.getByText("Ilgın sneaker of old").waitFor();

  // The shelf answers again: the old copy is fetched anew although it is fresh.
  await context.unroute(shelf);
  await context.setOffline(false);
  await page.reload();
  await isPrepared(page);
  const isRenewed = () =>
    page.evaluate(`new Promise((done) => {
      const asked = indexedDB.open("kilim-till");
      asked.onsuccess = () => {
        const item = asked.result.transaction("items").objectStore("items").get("${stand.variant}");
        item.onsuccess = () => { asked.result.close(); done(item.result?.titles); };
      };
    })`);
  await expect.poll(isRenewed, LONG).toEqual({ tr: titles.tr, id: titles.id });
  await context.setOffline(true);
  for (const words of ["SIK ILIK", "ayakkabi", "şık spor", "sepatu LARI", "ilgin", stand.sku]) {
    await field.fill(words);
    await shown.getByText(titles.tr).waitFor();
  }
  await isGood(page, "till-offline-search-tr");
  await field.fill("laufschuh");
  await page.getByText(turkish.till.nothingFound).waitFor();
  await field.fill("sepatu lari hangat");
  await shown.getByText(titles.tr).click();
  await page.getByTestId("ticket-line").getByText(titles.tr).waitFor();
  // What only the stand.server understands is found as soon as it answers again, without a key being touched.
  await field.fill("ilgim sneeker");
  await page.getByText(turkish.till.nothingFound).waitFor();
  await context.setOffline(false);
  await shown.getByText(titles.tr).waitFor();
  await context.close();
});

test("ORD-2 the answer to a sale is lost: it is told again under its key, and is one sale", async () => {
  const context = await stand.standAt(PHONE);
  const page = await stand.open(context, "/store/till");
  await isPrepared(page);
  let lost = 0;
  await context.route("**/v1/orders", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost++;
    await route.fetch();
    await route.abort();
  });
  await sell(page);
  await page.getByTestId("sale-waits").waitFor();
  await isGood(page, "till-phone-dark");
  await page.evaluate('dispatchEvent(new Event("online"))');
  await expect.poll(() => page.getByTestId("connection").count()).toBe(0);
  expect(lost).toBe(1);
  expect(await onHand()).toBe(19);
  await context.close();
});

test("ORD-10 the queue: accepted with a way back, made ready, fetched by its code, brought back by its receipt", async () => {
  const device = {
    authorization: `Bearer ${stand.server.writeKey}`,
    "x-kilim-anonymous-id": newId(stand.server.clock),
  };
  await stand.server.call("POST", "/v1/cart/items", { variant_id: stand.variant, quantity: 1 }, device);
  const context = await stand.standAt(PHONE);
  const page = await stand.open(context, "/store/queue");
  await page.getByText(words.queue.empty).waitFor();
  const deliveries = [{ kind: "pickup", store_id: IZMIR }];
  const asked = { channel: "web", payment: "test", email: "elif@dokuma.example", deliveries };
  const { body: order } = await stand.server.call<Order>("POST", "/v1/orders", asked, device);
  const fulfilmentId = order.fulfilments[0]?.id ?? "";
  const stateOf = async () =>
    (await stand.server.call<{ state: string }>("GET", `/v1/fulfilments/${fulfilmentId}`)).body.state;

  // It appears by itself.
  const card = page.getByTestId("queued").filter({ hasText: order.number });
  await card.waitFor();
  await isGood(page, "queue-phone-dark");
  for (const language of ["tr", "id"]) await stand.isWhole("queued", language);
  await card.getByRole("button", { name: words.queue.accept }).click();
  await card.waitFor({ state: "detached" });
  await page.getByRole("button", { name: words.queue.undo }).click();
  await card.waitFor();
  expect(await stateOf()).toBe("assigned");
  await card.getByRole("button", { name: words.queue.accept }).click();
  // Whoever leaves the page has meant it.
  await page.getByRole("link", { name: words.nav.customers }).click();
  await expect.poll(stateOf).toBe("accepted");
  await page.getByRole("link", { name: words.nav.queue }).click();
  await card.getByLabel(words.queue.place).fill("B12");
  await card.getByRole("button", { name: words.queue.isReady }).click();
  await expect.poll(stateOf).toBe("ready");

  const code = await codeOf(order);
  await page.getByRole("link", { name: words.nav.till }).click();
  const find = page.locator('input[name="customer"]');
  await find.fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await find.press("Enter");
  await page.getByText("B12").waitFor();
  await isGood(page, "collect-phone-dark");
  await page.getByRole("button", { name: words.order.handOver }).click();
  await page.getByText(words.order.handedOver).waitFor();
  expect(await stateOf()).toBe("collected");
  await page.getByRole("button", { name: words.till.close }).click();

  await find.fill(`${stand.server.url}/r/${order.receipt_code}`);
  await find.press("Enter");
  await page.getByTestId("order").waitFor();
  await page.getByTestId("return").waitFor();
  await isGood(page, "order-phone-dark");
  await page.getByRole("button", { name: /^One more/ }).click();
  await page.getByRole("combobox").click();
  await page.getByRole("option", { name: words.returns.check }).click();
  await page.getByRole("button", { name: words.returns.take, exact: true }).click();
  await page.getByText(/^Taken back/).waitFor();
  await page.getByRole("link", { name: words.nav.queue }).click();
  await page.getByTestId("to-check").waitFor();
  await isGood(page, "queue-check");
  for (const language of ["tr", "id"]) await stand.isWhole("to-check", language);
  await page.getByRole("button", { name: words.queue.fine }).click();
  await page.getByTestId("to-check").waitFor({ state: "detached" });
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("whatever is scanned at the till opens what it is: a card, goods, a list on a phone, a code for the counter, a receipt", async () => {
  const device = {
    authorization: `Bearer ${stand.server.writeKey}`,
    "x-kilim-anonymous-id": newId(stand.server.clock),
  };
  const known = { anonymousId: device["x-kilim-anonymous-id"], traits: { firstName: "Defne", loyaltyId: "LC-20417" } };
  await stand.server.call("POST", "/v1/identify", known, device);
  await stand.server.settle();
  const { body: list } = await stand.server.call<{ id: string }>(
    "POST",
    "/v1/shopping-lists",
    { kind: "shopping" },
    device,
  );
  const path = `/v1/shopping-lists/${list.id}`;
  await stand.server.call("POST", `${path}/operations`, operations(adding(stand.variant, 2)), device);
  const { body: along } = await stand.server.call<{ url: string }>("POST", `${path}/take-along`, undefined, device);
  await stand.server.call("POST", "/v1/cart/items", { variant_id: stand.variant, quantity: 1 }, device);
  const asked = { channel: "web", payment: "test", deliveries: [{ kind: "pickup", store_id: IZMIR }] };
  const { body: order } = await stand.server.call<Order>(
    "POST",
    "/v1/orders",
    { ...asked, email: "d@dokuma.example" },
    device,
  );
  const pickup = `/v1/fulfilments/${order.fulfilments[0]?.id}`;
  await stand.server.call("POST", `${pickup}/accept`, {});
  await stand.server.call("POST", `${pickup}/ready`, { compartment: "C3" });
  await stand.server.call("PATCH", `/v1/variants/${stand.variant}`, { gtin: "042100005264" });

  const context = await stand.standAt(TABLET);
  const page = await stand.open(context, "/store/till");
  await page.locator('input[name="product"]').waitFor();
  // A scanner types wherever the focus is, quicker than any hand, however busy this machine is.
  const scan = (code: string) =>
    page.evaluate(`for (const key of [...${JSON.stringify(code)}, "Enter"]) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }`);
  await scan("LC-20417");
  await page.getByTestId("customer-card").getByText("Defne").waitFor();
  // Without a code, too: from what she has ordered to where it is handed over.
  await page.getByTestId("customer-orders").getByRole("link", { name: order.number }).click();
  await page.getByTestId("order").getByText("C3").first().waitFor();
  await page.goBack();
  await page.getByTestId("customer-orders").getByText(words.order.status.paid).waitFor();
  await isGood(page, "till-open-orders");
  await scan(stand.sku);
  await page.getByTestId("ticket-line").waitFor();
  await scan(along.url);
  await page.getByTestId("customer-lists").getByRole("button", { name: words.till.sell }).first().waitFor();
  await scan("4006381333931");
  await page.getByText(words.till.unknownCode.replace("{{code}}", "4006381333931")).waitFor();
  // A UPC-E is the short way of writing the UPC-A that the catalogue has.
  await scan("04252614");
  await page.getByTestId("ticket-line").getByText("2", { exact: true }).waitFor();
  await scan(await codeOf(order));
  await page.getByRole("dialog").getByText("C3").waitFor();
  await isGood(page, "till-scanned-code");
  await page.getByRole("button", { name: words.till.close }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await scan(`${stand.server.url}/r/${order.receipt_code}`);
  await page.getByTestId("order").getByText(order.number).waitFor();
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("by the keyboard alone: what a dialog covers has the focus again when it is closed", async () => {
  const context = await stand.standAt(TABLET);
  const page = await stand.open(context, "/store/till");
  const closes = async (name: string | RegExp) => {
    const button = page.getByRole("button", { name }).first();
    await button.press("Enter");
    await page.getByRole("dialog").getByRole("button").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await button.and(page.locator(":focus")).waitFor();
  };
  await page.locator('input[name="product"]').fill(stand.sku);
  await closes(/^Ilgın sneaker/);
  await closes(words.scanner.open);
  await page.locator('input[name="product"]').fill(stand.sku);
  await page.locator('input[name="product"]').press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await closes(words.till.pay);
  await context.close();
  expect(stand.troubles).toEqual([]);
});

test("the till, the queue and an order in Turkish, by day", async () => {
  const context = await stand.standAt(TABLET, "tr");
  const [order] = await stand.soldHere();
  const page = await stand.open(context, "/store/queue");
  for (const [path, name] of [
    ["/store/queue", "queue-tr"],
    ["/store/till", "till-tr"],
    [`/store/orders/${order?.id}`, "order-tr"],
  ]) {
    await page.goto(path ?? "");
    await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
    if (path?.includes("orders")) await page.getByTestId("order").waitFor();
    await isGood(page, name ?? "");
  }
  await context.close();
});
