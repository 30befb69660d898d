import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** The catalogue's own screens: a file becomes products, a feed gets an address, and both are looked at by axe. */
let server: TestServer;
let browser: Browser;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  page = await openSignedIn(browser, server, { viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  page.on("pageerror", (error) => troubles.push(String(error)));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a table of products is understood, taken in, and what was not taken says why", async () => {
  await page.goto("/products");
  await page.getByRole("link", { name: "Import", exact: true }).click();
  const csv = "sku,title,price,colour\nA-1,Kilim bag,49.90,Red\nA-2,Kilim purse,-1,Red\n";
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "bags.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByText("1 of the first 2 rows would be taken.").waitFor();
  expect(await page.getByLabel("colour", { exact: true }).inputValue()).toBe("color");
  await isGood(page, "product-import");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("cell", { name: "Done" }).waitFor();
  await page.getByRole("link", { name: "Why, as CSV" }).waitFor();
  await isGood(page, "product-imports");
  await page.goto("/products?q=bag");
  await page.getByRole("link", { name: "Kilim bag" }).waitFor();
});

test("a feed is made, read at its address, and revoked; a phone sees all of it", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/products/feeds");
  await page.getByLabel("Name").fill("Merchant Center");
  await page.getByRole("button", { name: "Create" }).click();
  const url = await page.getByLabel("Address").inputValue();
  expect(await (await fetch(url)).text()).toContain("Kilim bag");
  await isGood(page, "feeds");
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: /^Really/ }).click();
  await page.getByText("There are no feeds yet.").waitFor();
  expect((await fetch(url)).status).toBe(404);
  await page.goto("/products/reviews");
  await page.getByText("Nothing is waiting.").waitFor();
  await isGood(page, "reviews");
  expect(troubles).toEqual([]);
});
