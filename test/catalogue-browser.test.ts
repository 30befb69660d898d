import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { tr } from "../dashboard/src/i18n/tr.ts";
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
  await server.pool.query(
    "update catalog.import set state = 'running', lease_until = now() + interval '1 day', bytes_done = bytes * 0.5",
  );
  await page.reload();
  const bar = page.getByRole("progressbar", { name: "Progress of bags.csv" });
  expect(Math.round(Number(await bar.getAttribute("aria-valuenow")))).toBe(50);
  await isGood(page, "product-import-running");
  await server.pool.query("update catalog.import set state = 'done', lease_until = null");
  await page.goto("/products?q=bag");
  await page.getByRole("link", { name: "Kilim bag" }).waitFor();
});

test("a phone in Turkish sees what rows become and why others do not; a currency that is none can be mended", async () => {
  const given = { viewport: { width: 360, height: 800 }, locale: "tr-TR", colorScheme: "dark" as const };
  const phone = await openSignedIn(browser, server, given);
  const { catalogue: words } = tr;
  await phone.goto("/products/import");
  const refused = Array.from({ length: 6 }, (_, i) => `C-${i},Kilim,-1`).join("\n");
  const csv = `sku,title,price\nB-1,Kilim yastık,49.90\nB-2,${"L".repeat(10_000)},9\nB-3,Kilim,"19,00"\n${refused}\n`;
  await phone
    .locator('input[type="file"]')
    .setInputFiles({ name: "b.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await phone.getByText(words.problems.other_decimal).waitFor();
  await phone.getByText(words.problems.too_long).waitFor();
  await phone.getByText(words.moreRefused_other.replace("{{count}}", "3")).waitFor();
  await phone.getByRole("cell", { name: /Kilim yastık\s*B-1/ }).waitFor();
  await isGood(phone, "product-import-tr");
  const currency = phone.getByLabel(words.currency);
  await currency.fill("ZZZ");
  await phone.getByRole("button", { name: words.start, exact: true }).waitFor({ state: "detached" });
  await currency.fill("TRY");
  await phone.getByRole("cell", { name: /49,90/ }).waitFor();
  await phone.context().close();
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
