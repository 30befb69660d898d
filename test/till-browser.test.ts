import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { IZMIR, stockedProduct, WAREHOUSE } from "../server/src/inventory/testing.ts";
import { adding, operations } from "../server/src/lists/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import words from "../store/src/locales/en.json" with { type: "json" };
import turkish from "../store/src/locales/tr.json" with { type: "json" };
import { isGood, launchBrowser } from "./browsers.ts";

/** The till without a network, and a store's queue: what is sold is sold once, what is done by mistake is taken back. */
const TABLET = { viewport: { width: 1024, height: 768 }, colorScheme: "light", hasTouch: true } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true } as const;

const LONG = { timeout: 20_000 };

interface Order {
  readonly id: string;
  readonly number: string;
  readonly receipt_code: string;
  readonly till: string | null;
  readonly business_day: string | null;
  readonly lines: readonly { readonly variant_id: string; readonly quantity: number }[];
  readonly fulfilments: readonly { readonly id: string; readonly state: string; readonly collection_code?: string }[];
}

let server: TestServer;
let browser: Browser;
/** Staff who have signed in once: so many sign-ins by one address would be refused. */
let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;
let variant: string;
let sku: string;
const troubles: string[] = [];

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  const door = await browser.newContext({ baseURL: server.url });
  await door.request.post("/v1/auth/sign-in/email", { data: server.staff });
  signedIn = await door.storageState();
  await door.close();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  const { productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 20, [IZMIR]: 20 }]);
  variant = variantIds[0] ?? "";
  sku = `${productId}-0`;
});

async function standAt(options: BrowserContextOptions, language = "en"): Promise<BrowserContext> {
  const own = { baseURL: server.url, storageState: signedIn, reducedMotion: "reduce" } as const;
  const context = await browser.newContext({ ...options, ...own });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(`localStorage.setItem("kilim-store:store", "${IZMIR}")`);
  await context.addInitScript(`localStorage.setItem("kilim-store:language", "${language}")`);
  return context;
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.goto(path);
  return page;
}

/** On the narrowest phone each answer in the queue can be read whole. */
async function isWhole(kind: "errand" | "queued" | "to-check", language: string): Promise<void> {
  const context = await standAt({ ...PHONE, viewport: { width: 360, height: 740 } }, language);
  const page = await open(context, "/store/queue");
  await page.getByTestId(kind).first().waitFor();
  await isGood(page, `${kind}-narrow-${language}`);
  const cut = await page
    .getByTestId(kind)
    .locator("button .mantine-Button-label")
    .evaluateAll((labels) =>
      labels.filter((it) => it.scrollWidth - it.clientWidth > 1).map((it) => String(it.textContent)),
    );
  expect(cut, `${kind} in ${language}`).toEqual([]);
  await context.close();
}

async function sell(page: Page): Promise<void> {
  const field = page.locator('input[name="product"]');
  await field.fill(sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByRole("button", { name: words.till.cardDone }).waitFor();
  await page.getByRole("button", { name: words.till.cardDone }).click();
  await page.getByTestId("receipt").waitFor();
}

async function soldHere(): Promise<readonly Order[]> {
  const { body } = await server.call<{ items: Order[] }>("GET", "/v1/orders?channel=store&limit=100");
  return body.items;
}

async function onHand(): Promise<number | undefined> {
  const { body } = await server.call<{ items: { location_id: string; on_hand: number }[] }>(
    "GET",
    `/v1/stock?variant=${variant}`,
  );
  return body.items.find((row) => row.location_id === IZMIR)?.on_hand;
}

/** The code that her mail says, once her order is ready. */
async function codeOf(order: Order): Promise<string> {
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string; subject: string }[] }>("GET", "/v1/mailbox");
  const mail = box.items.find(({ subject }) => subject.includes(order.number) && subject.includes("ready"));
  const { body: letter } = await server.call<{ text: string }>("GET", `/v1/mailbox/${mail?.id}`);
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
    variant_id: variant,
    product_id: variant,
    sku,
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
  const before = (await soldHere()).length;
  const context = await standAt(TABLET);
  const first = await open(context, "/store/till");
  await isPrepared(first);
  await context.setOffline(true);
  await sell(first);
  await first.getByTestId("sale-waits").waitFor();
  await isGood(first, "till-offline-receipt");
  await first.close();

  const second = await open(context, "/store/till");
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
  expect(await soldHere()).toHaveLength(before);

  // Two pages hear of the network at the same moment.
  const third = await open(context, "/store/sales");
  await third.getByTestId("kept-sale").nth(1).waitFor();
  await context.setOffline(false);
  await expect.poll(async () => (await soldHere()).length, LONG).toBe(before + 2);
  await third.getByText(words.sales.told).nth(1).waitFor();
  await isGood(third, "till-sales");
  expect(await onHand()).toBe(18);
  const sold = (await soldHere()).slice(0, 2);
  expect(sold.map(({ till, business_day }) => [till, business_day])).toEqual(
    sold.map(() => ["1", expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]),
  );
  await context.close();
  expect(troubles).toEqual([]);
});

test("CAT-5 without a network goods are found and named by the reader's language, by others too, and by whole codes", async () => {
  const { body: levels } = await server.call<{ items: { variant_id: string; product_id: string }[] }>(
    "GET",
    `/v1/stock/levels?location=${IZMIR}&limit=500`,
  );
  const product = levels.items.find((item) => item.variant_id === variant)?.product_id;
  const titles = { tr: "Şık ılık spor ayakkabı", id: "Sepatu lari hangat", de: "Warmer Laufschuh" };
  expect((await server.call("PATCH", `/v1/products/${product}`, { titles })).status).toBe(200);
  const context = await standAt(PHONE, "tr");
  const shelf = "**/v1/stock/levels**";
  await context.route(shelf, (route) => route.abort());
  const page = await open(context, "/store/till");
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
        const item = asked.result.transaction("items").objectStore("items").get("${variant}");
        item.onsuccess = () => { asked.result.close(); done(item.result?.titles); };
      };
    })`);
  await expect.poll(isRenewed, LONG).toEqual({ tr: titles.tr, id: titles.id });
  await context.setOffline(true);
  for (const words of ["SIK ILIK", "ayakkabi", "şık spor", "sepatu LARI", "ilgin", sku]) {
    await field.fill(words);
    await shown.getByText(titles.tr).waitFor();
  }
  await isGood(page, "till-offline-search-tr");
  await field.fill("laufschuh");
  await page.getByText(turkish.till.nothingFound).waitFor();
  await field.fill("sepatu lari hangat");
  await shown.getByText(titles.tr).click();
  await page.getByTestId("ticket-line").getByText(titles.tr).waitFor();
  // What only the server understands is found as soon as it answers again, without a key being touched.
  await field.fill("ilgim sneeker");
  await page.getByText(turkish.till.nothingFound).waitFor();
  await context.setOffline(false);
  await shown.getByText(titles.tr).waitFor();
  await context.close();
});

test("ORD-2 the answer to a sale is lost: it is told again under its key, and is one sale", async () => {
  const context = await standAt(PHONE);
  const page = await open(context, "/store/till");
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
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": newId(server.clock) };
  await server.call("POST", "/v1/cart/items", { variant_id: variant, quantity: 1 }, device);
  const context = await standAt(PHONE);
  const page = await open(context, "/store/queue");
  await page.getByText(words.queue.empty).waitFor();
  const deliveries = [{ kind: "pickup", store_id: IZMIR }];
  const asked = { channel: "web", payment: "test", email: "elif@dokuma.example", deliveries };
  const { body: order } = await server.call<Order>("POST", "/v1/orders", asked, device);
  const fulfilmentId = order.fulfilments[0]?.id ?? "";
  const stateOf = async () =>
    (await server.call<{ state: string }>("GET", `/v1/fulfilments/${fulfilmentId}`)).body.state;

  // It appears by itself.
  const card = page.getByTestId("queued").filter({ hasText: order.number });
  await card.waitFor();
  await isGood(page, "queue-phone-dark");
  for (const language of ["tr", "id"]) await isWhole("queued", language);
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

  await find.fill(`${server.url}/r/${order.receipt_code}`);
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
  for (const language of ["tr", "id"]) await isWhole("to-check", language);
  await page.getByRole("button", { name: words.queue.fine }).click();
  await page.getByTestId("to-check").waitFor({ state: "detached" });
  await context.close();
  expect(troubles).toEqual([]);
});

test("whatever is scanned at the till opens what it is: a card, goods, a list on a phone, a code for the counter, a receipt", async () => {
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": newId(server.clock) };
  const known = { anonymousId: device["x-kilim-anonymous-id"], traits: { firstName: "Defne", loyaltyId: "LC-20417" } };
  await server.call("POST", "/v1/identify", known, device);
  await server.settle();
  const { body: list } = await server.call<{ id: string }>("POST", "/v1/shopping-lists", { kind: "shopping" }, device);
  const path = `/v1/shopping-lists/${list.id}`;
  await server.call("POST", `${path}/operations`, operations(adding(variant, 2)), device);
  const { body: along } = await server.call<{ url: string }>("POST", `${path}/take-along`, undefined, device);
  await server.call("POST", "/v1/cart/items", { variant_id: variant, quantity: 1 }, device);
  const asked = { channel: "web", payment: "test", deliveries: [{ kind: "pickup", store_id: IZMIR }] };
  const { body: order } = await server.call<Order>(
    "POST",
    "/v1/orders",
    { ...asked, email: "d@dokuma.example" },
    device,
  );
  const pickup = `/v1/fulfilments/${order.fulfilments[0]?.id}`;
  await server.call("POST", `${pickup}/accept`, {});
  await server.call("POST", `${pickup}/ready`, { compartment: "C3" });
  await server.call("PATCH", `/v1/variants/${variant}`, { gtin: "042100005264" });

  const context = await standAt(TABLET);
  const page = await open(context, "/store/till");
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
  await scan(sku);
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
  await scan(`${server.url}/r/${order.receipt_code}`);
  await page.getByTestId("order").getByText(order.number).waitFor();
  await context.close();
  expect(troubles).toEqual([]);
});

test("LIST-18 a list to bring: seen at once with its shelves, fetched, sold at the till without what was not there", async () => {
  const { variantIds } = await stockedProduct(server, [{ [IZMIR]: 4 }, { [IZMIR]: 2 }, { [IZMIR]: 1 }]);
  const [first = "", second = "", third = ""] = variantIds;
  const places = [
    { variant_id: first, place: "B-2" },
    { variant_id: second, place: "B-14" },
  ];
  await server.call("PUT", "/v1/stock/shelf-places", { store_id: IZMIR, items: places });
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": newId(server.clock) };
  const lists = "/v1/shopping-lists";
  const listOf = async (kind: string, ...wanted: Parameters<typeof adding>[]) => {
    const { body } = await server.call<{ id: string }>("POST", lists, { kind }, device);
    await server.call(
      "POST",
      `${lists}/${body.id}/operations`,
      operations(...wanted.map((one) => adding(...one))),
      device,
    );
    return body.id;
  };
  const listId = await listOf("shopping", [first, 2], [second, 1, { note: "for Ali" }], [third]);
  await listOf("wish", [third]);

  const context = await standAt(PHONE);
  const page = await open(context, "/store/queue");
  await page.getByText(words.errand.none).waitFor();
  const asked = { store_id: IZMIR, called: "Deniz" };
  await server.call("POST", `${lists}/${listId}/errands`, asked, device);
  const stateOf = async () =>
    (await server.call<{ errand: { state: string } }>("GET", `${lists}/${listId}/errand`, undefined, device)).body
      .errand.state;

  // It appears by itself, in the order of the shelves.
  const card = page.getByTestId("errand").filter({ hasText: "Deniz" });
  const line = (nth: number) => card.getByTestId("errand-line").nth(nth);
  await line(0).getByText("B-2").waitFor();
  await line(1).getByText("for Ali").waitFor();
  await line(2).getByText(words.errand.noPlace).waitFor();
  await isGood(page, "errand-phone-dark");
  for (const language of ["tr", "id"]) await isWhole("errand", language);
  await card.getByRole("button", { name: words.errand.take }).click();
  await card.getByText(words.errand.state.taken).waitFor();
  for (const [nth, said] of [words.errand.found, words.errand.found, words.errand.notFound].entries()) {
    await line(nth).getByRole("button", { name: said }).click();
    await line(nth).getByRole("button", { name: said, pressed: true }).waitFor();
  }
  await isGood(page, "errand-taken-phone-dark");
  const turkish = await standAt(TABLET, "tr");
  const beside = await open(turkish, "/store/queue");
  await beside.getByTestId("errand").waitFor();
  await isGood(beside, "errand-tr");
  await turkish.close();
  await card.getByRole("button", { name: words.errand.giveBack }).click();
  await expect.poll(stateOf).toBe("open");
  await card.getByRole("button", { name: words.errand.take }).click();
  await card.getByRole("button", { name: words.errand.bring }).click();
  await expect.poll(stateOf).toBe("ready");

  // Ended by a slip of the thumb: it comes back.
  await card.getByRole("button", { name: words.errand.finish }).click();
  await card.waitFor({ state: "detached" });
  await page.getByRole("button", { name: words.queue.undo }).click();
  await card.waitFor();
  expect(await stateOf()).toBe("ready");

  await card.getByRole("button", { name: words.errand.toTill }).click();
  const hers = page.getByTestId("customer-lists");
  await hers.getByText(words.errand.notFound).waitFor();
  await hers.getByRole("button", { name: words.customer.list.wish }).waitFor();
  await isGood(page, "till-lists-phone-dark");
  await hers.getByRole("button", { name: words.customer.sellAll }).click();
  await expect.poll(() => page.getByTestId("ticket-line").count()).toBe(2);
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByRole("button", { name: words.till.cardDone }).click();
  await page.getByTestId("receipt").waitFor();
  const { body: left } = await server.call<{ items: { variant_id: string }[] }>(
    "GET",
    `${lists}/${listId}`,
    undefined,
    device,
  );
  expect(left.items.map((item) => item.variant_id)).toEqual([third]);
  const [sale] = await soldHere();
  expect(sale?.lines.map((sold) => [sold.variant_id, sold.quantity]).sort()).toEqual(
    [
      [first, 2],
      [second, 1],
    ].sort(),
  );

  // Sold, it is done: nobody has to say so.
  expect(await stateOf()).toBe("done");
  await page.getByRole("link", { name: words.nav.queue }).click();
  await page.getByText(words.errand.none).waitFor();
  await context.close();
  expect(troubles).toEqual([]);
});

test("by the keyboard alone: what a dialog covers has the focus again when it is closed", async () => {
  const context = await standAt(TABLET);
  const page = await open(context, "/store/till");
  const closes = async (name: string | RegExp) => {
    const button = page.getByRole("button", { name }).first();
    await button.press("Enter");
    await page.getByRole("dialog").getByRole("button").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await button.and(page.locator(":focus")).waitFor();
  };
  await page.locator('input[name="product"]').fill(sku);
  await closes(/^Ilgın sneaker/);
  await closes(words.scanner.open);
  await page.locator('input[name="product"]').fill(sku);
  await page.locator('input[name="product"]').press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await closes(words.till.pay);
  await context.close();
  expect(troubles).toEqual([]);
});

test("the till, the queue and an order in Turkish, by day", async () => {
  const context = await standAt(TABLET, "tr");
  const [order] = await soldHere();
  const page = await open(context, "/store/queue");
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

test("LIST-22 what she does not buy now goes into her bag, with a note; what she does, she pays by two means", async () => {
  const anonymousId = newId(server.clock);
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": anonymousId };
  await server.call("POST", "/v1/identify", { anonymousId, traits: { email: "sevgi@dokuma.example" } }, device);
  await server.settle();
  const context = await standAt(PHONE);
  const page = await open(context, "/store/till");
  const find = page.locator('input[name="customer"]');
  await find.fill("sevgi@dokuma.example");
  await find.press("Enter");
  // Words are understood however they are typed.
  const field = page.locator('input[name="product"]');
  await field.fill("ilgim sneeker");
  await page
    .getByRole("button", { name: /Ilgın sneaker/ })
    .first()
    .click();
  await page.getByRole("button", { name: words.customer.intoBag }).first().click();
  await isGood(page, "sheet-bag-phone-dark");
  await page.getByRole("dialog").getByRole("button", { name: words.till.close }).click();
  const bag = page.getByTestId("customer-cart");
  const line = bag.getByTestId("bag-line");
  await line.getByText("Put in by Test Staff").waitFor();
  await line.getByRole("button", { name: "Note for Ilgın sneaker" }).click();
  await line.getByRole("textbox").fill("Her size in April");
  await line.getByRole("textbox").press("Enter");
  await line.getByText("Her size in April").waitFor();
  await isGood(page, "till-bag-phone-dark");
  const turkish = await standAt(TABLET, "tr");
  const beside = await open(turkish, "/store/till");
  await beside.locator('input[name="customer"]').fill("sevgi@dokuma.example");
  await beside.locator('input[name="customer"]').press("Enter");
  await beside.getByTestId("bag-line").waitFor();
  await isGood(beside, "till-bag-tr");
  await turkish.close();

  await field.fill(sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await page.getByRole("button", { name: words.till.pay }).click();
  await page.getByText(words.till.gift_card, { exact: true }).click();
  await page.getByLabel(words.till.amount).fill("25");
  await page.getByRole("button", { name: "Take €25.00, then the rest" }).click();
  await page.getByText(words.till.cash, { exact: true }).click();
  await page.getByLabel(words.till.received).fill("70");
  await page.getByText("Change: €6.00").waitFor();
  await isGood(page, "payment-split-phone-dark");
  await page.getByRole("button", { name: words.till.cashDone }).click();
  await page.getByTestId("receipt").waitFor();
  await isGood(page, "receipt-split-phone-dark");
  const [sale] = await soldHere();
  const { body: pay } = await server.call<{ payment: { method: string; tenders: object[] } }>(
    "GET",
    `/v1/orders/${sale?.id}`,
  );
  expect(pay.payment.method).toBe("split");
  expect(pay.payment.tenders).toHaveLength(2);
  expect(pay.payment.tenders).toEqual(
    expect.arrayContaining([
      { method: "gift_card", amount: { amount: 2_500, currency: "EUR" } },
      { method: "cash", amount: { amount: 6_400, currency: "EUR" } },
    ]),
  );
  await context.close();
  expect(troubles).toEqual([]);
});

test("LIST-9 an associate begins a list for her, and puts on it what is scanned and what is shown; without a network she is told", async () => {
  const anonymousId = newId(server.clock);
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": anonymousId };
  await server.call("POST", "/v1/identify", { anonymousId, traits: { email: "nil@dokuma.example" } }, device);
  await server.settle();
  const context = await standAt(PHONE);
  const page = await open(context, "/store/till");
  await page.locator('input[name="customer"]').fill("nil@dokuma.example");
  await page.locator('input[name="customer"]').press("Enter");
  const lists = page.getByTestId("customer-lists");
  await lists.getByRole("button", { name: words.customer.newList }).click();
  const sheet = page.getByRole("dialog", { name: words.customer.newList });
  await sheet.getByLabel(words.customer.listName).fill("Daughter's wedding");
  await sheet.getByText(words.customer.list.shopping, { exact: true }).click();
  await isGood(page, "till-new-list-phone-dark");
  await sheet.getByRole("button", { name: words.customer.beginList }).click();
  await lists.getByText("Daughter's wedding (0)").waitFor();

  // What is scanned: the whole sale waits on the list, and the till is free.
  const field = page.locator('input[name="product"]');
  await field.fill(sku);
  await field.press("Enter");
  await page.getByTestId("ticket-line").waitFor();
  await isGood(page, "till-onto-list-phone-dark");
  await page.getByTestId("ticket").getByRole("button", { name: words.customer.ontoList }).click();
  const choose = page.getByTestId("choose-list");
  await choose.getByRole("button", { name: "Daughter's wedding" }).waitFor();
  await isGood(page, "till-choose-list-phone-dark");
  // The answer is lost: what was put there is not put there twice.
  let lost = 0;
  await context.route("**/operations", async (route) => {
    if (lost > 0) return route.continue();
    lost++;
    await route.fetch();
    await route.fulfill({ status: 500, json: { code: "internal", detail: "lost" } });
  });
  await choose.getByRole("button", { name: "Daughter's wedding" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await choose.getByRole("button", { name: "Daughter's wedding" }).click();
  await page.getByTestId("ticket-line").waitFor({ state: "detached" });
  await lists.getByRole("button", { name: "Daughter's wedding (1)" }).click();
  await lists.getByText("Put in by Test Staff").waitFor();
  await lists.getByText("× 1").waitFor();

  // What is shown: onto a list that begins with it.
  await field.fill("ilgim sneeker");
  await page
    .getByRole("button", { name: /^Ilgın sneaker/ })
    .first()
    .click();
  await page.getByTestId("variant").first().getByRole("button", { name: words.customer.ontoList }).click();
  await page.getByRole("dialog").getByLabel(words.customer.listName).fill("Later");
  await page.getByRole("button", { name: words.customer.beginList }).click();
  await page.getByRole("dialog", { name: words.customer.ontoList }).waitFor({ state: "detached" });
  await isGood(page, "till-sheet-list-phone-dark");
  const { body: profile } = await server.call<{ id: string }>("POST", "/v1/profiles/lookup", {
    type: "email",
    value: "nil@dokuma.example",
  });
  const { body: hers } = await server.call<{ items: object[] }>("GET", `/v1/profiles/${profile.id}/shopping-lists`);
  expect(hers.items).toMatchObject([
    { name: "Later", kind: "wish", origin: "associate", store_id: IZMIR, count: 1 },
    { name: "Daughter's wedding", kind: "shopping", origin: "associate", store_id: IZMIR, count: 1 },
  ]);

  await context.setOffline(true);
  await page.getByTestId("variant").first().getByRole("button", { name: words.customer.ontoList }).click();
  await page.getByText(words.offline.noLists).waitFor();
  expect(await page.getByRole("button", { name: words.customer.beginList }).count()).toBe(0);
  await isGood(page, "till-list-offline-phone-dark");
  await page.close();

  await context.setOffline(false);
  await context.addInitScript('localStorage.setItem("kilim-store:language", "tr")');
  const beside = await open(context, "/store/till");
  await beside.locator('input[name="customer"]').fill("nil@dokuma.example");
  await beside.locator('input[name="customer"]').press("Enter");
  await beside.getByTestId("customer-lists").getByRole("button", { name: "Yeni liste" }).click();
  await beside.getByLabel("Listenin adı").waitFor();
  await isGood(beside, "till-new-list-tr");
  await context.close();
  expect(troubles).toEqual([]);
});
