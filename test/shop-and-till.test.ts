import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { demoCatalogue } from "../server/src/demo/catalogue.ts";
import { loadDemoCatalogue } from "../server/src/demo/load-catalogue.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import shop from "../shop/src/locales/en.json" with { type: "json" };
import till from "../store/src/locales/en.json" with { type: "json" };
import { launchBrowser } from "./browsers.ts";

/** The shop and the till by themselves: a guest buys, an associate sells by scanner, and axe looks at every screen. */
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true } as const;
const TABLET = { viewport: { width: 1024, height: 768 }, colorScheme: "light", hasTouch: true } as const;
const shirt = productIn("tops");

let server: TestServer;
let browser: Browser;
const troubles: string[] = [];

function productIn(category: string) {
  const product = demoCatalogue.products.find((found) => found.category === category);
  const variant = product?.variants[0];
  if (!product || !variant) throw new TypeError(`the demo has no ${category}`);
  return { ...product, variant };
}

beforeAll(async () => {
  server = await createServer();
  await inTransaction(server.db, (tx) => loadDemoCatalogue(tx, server.clock));
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    ...options,
    locale: "en-GB",
    baseURL: server.url,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
  return page;
}

/** WCAG 2.2 AA, and nothing wider than the screen. */
async function isGood(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(" ")}`);
  expect(found).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), `${where} is too wide`).toBe(0);
}

async function webStock(): Promise<number | undefined> {
  const { body } = await server.call<{ items: { web: number }[] }>(
    "GET",
    `/v1/availability?variant=${shirt.variant.id}`,
  );
  return body.items[0]?.web;
}

test("a guest walks from the first page to the order on a phone at night", async () => {
  const page = await open(PHONE);
  const before = (await webStock()) ?? 0;
  await page.goto("/shop/");
  await page.getByRole("button", { name: shop.consent.deny }).waitFor();
  await isGood(page, "first page");
  await page.getByRole("button", { name: shop.consent.deny }).click();

  await page.goto("/shop/c/tops");
  await page.getByRole("link", { name: shirt.title }).first().waitFor();
  await isGood(page, "list");
  await page.getByRole("link", { name: shirt.title }).first().click();
  await page.getByRole("button", { name: shop.product.add }).click();
  await page.getByText(shop.product.chooseSize).waitFor();
  await page.getByRole("button", { name: shirt.variant.size ?? "", exact: true }).click();
  await page.getByTestId("stock-web").waitFor();
  await isGood(page, "product");
  await page.getByRole("button", { name: shop.product.add }).click();
  await page.getByText(shop.product.added).waitFor();

  await page.goto("/shop/cart");
  await page.getByTestId("cart-line").waitFor();
  await isGood(page, "bag");
  await page.getByRole("link", { name: shop.cart.checkout }).click();
  await page.locator('input[name="email"]').fill("guest@example.com");
  await page.locator('input[name="name"]').fill("Gül Guest");
  await page.locator('input[name="line1"]').fill("Kordon 1");
  await page.locator('input[name="city"]').fill("İzmir");
  await isGood(page, "checkout");
  await page.getByRole("button", { name: /^Buy for/ }).click();
  await page.getByTestId("thank-you").waitFor();
  await isGood(page, "thanks");
  await page.goto("/shop/account");
  await page.locator('input[name="email"]').waitFor();
  await isGood(page, "sign-in");
  expect(await webStock()).toBe(before - 1);
  expect(troubles).toEqual([]);
});

test("who wants only what is needed is not followed, though the bag and the order worked", async () => {
  await server.settle();
  const events = await server.history.query<{ name: string }>("select distinct name from events order by name");
  const names = events.map((event) => event.name);
  expect(names).toEqual(expect.arrayContaining(["Product Added", "Order Completed", "Consent Changed"]));
  expect(names).not.toContain("Product Viewed");
  expect(names).not.toContain("Checkout Started");
});

test("what she allows is told and shown everywhere as she said it last, also while she is not followed", async () => {
  const page = await open(TABLET);
  await page.goto("/shop/");
  const noting = page.getByRole("checkbox", { name: shop.footer.tracking });
  /** Told before the next is said, and a second before it. */
  const say = async (choose: () => Promise<void>) => {
    const told = page.waitForResponse((answer) => answer.request().postData()?.includes("Consent Changed") ?? false);
    await choose();
    await told;
    server.clock.advance({ seconds: 1 });
  };
  await say(() => page.getByRole("button", { name: shop.consent.deny }).click());
  expect(await noting.isChecked()).toBe(false);
  await say(() => noting.check());
  await say(() => noting.uncheck());
  await page.reload();
  await noting.waitFor();
  expect(await noting.isChecked()).toBe(false);
  expect(await page.getByRole("button", { name: shop.consent.deny }).count()).toBe(0);

  const device = await page.evaluate<string>("JSON.parse(localStorage.getItem('kilim:id')).anonymousId");
  await server.settle();
  const { body } = await server.call<{ items: { event: string; properties: Record<string, string> }[] }>(
    "GET",
    `/v1/profiles/anonymous_id:${device}/events`,
  );
  const said = body.items
    .filter(({ event }) => event === "Consent Changed")
    .map(({ properties: { source, state } }) => ({ source, state }))
    .reverse();
  expect(said).toEqual([
    { source: "shop banner", state: "denied" },
    { source: "shop footer", state: "granted" },
    { source: "shop footer", state: "denied" },
  ]);
});

test("an associate signs in, scans a shirt, takes cash and gives change", async () => {
  const page = await open(TABLET);
  await page.goto("/store/");
  await page.locator('input[name="email"]').fill(server.staff.email);
  await page.locator('input[name="password"]').fill(server.staff.password);
  await isGood(page, "staff sign-in");
  await page.getByRole("button", { name: till.signIn.enter }).click();
  await page.getByText(till.store.choose).waitFor();
  await isGood(page, "choice of store");
  await page.getByRole("button", { name: /Alsancak/ }).click();

  await page.locator('input[name="customer"]').fill("nobody@example.com");
  await page.getByRole("button", { name: till.customer.search }).click();
  await page.getByText(till.customer.nobody).waitFor();
  const scanner = page.locator('input[name="product"]');
  // A scanner types thirteen digits; the catalogue keeps fourteen.
  for (const count of ["1", "2"]) {
    await scanner.fill(shirt.variant.gtin.replace(/^0/, ""));
    await scanner.press("Enter");
    await page.getByTestId("ticket-line").getByText(count, { exact: true }).waitFor();
  }
  await isGood(page, "till");
  await page.getByRole("button", { name: till.till.pay }).click();
  await page.getByText(till.till.cash, { exact: true }).click();
  await page.getByLabel(till.till.received).fill("200");
  await isGood(page, "payment");
  await page.getByRole("button", { name: till.till.cashDone }).click();
  await page.getByTestId("receipt").waitFor();
  await isGood(page, "receipt");

  const total = shirt.variant.price.amount * 2;
  await page
    .getByText(`€${((20_000 - total) / 100).toFixed(2)}`)
    .first()
    .waitFor();
  const { body } = await server.call<{ items: { channel: string; total: { amount: number } }[] }>("GET", "/v1/orders");
  expect(body.items[0]).toMatchObject({ channel: "store", total: { amount: total } });
  expect(troubles).toEqual([]);
});
