import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { demoCatalogue } from "../server/src/demo/catalogue.ts";
import { loadDemoCatalogue } from "../server/src/demo/load-catalogue.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import till from "../store/src/locales/en.json" with { type: "json" };
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";
import { filmBarcode } from "./fake-camera.ts";

/** A real barcode in front of a real (if filmed) camera, read by the wasm that we serve ourselves. */
const shirt = demoCatalogue.products.find((product) => product.category === "tops");
const gtin13 = (shirt?.variants[0]?.gtin ?? "").replace(/^0/, "");

let server: TestServer;
let browser: Browser;
let folder = "";

beforeAll(async () => {
  server = await createServer();
  await inTransaction(server.db, (tx) => loadDemoCatalogue(tx, server.clock));
  folder = await mkdtemp(join(tmpdir(), "kilim-film-"));
  browser = await launchBrowser(await filmBarcode(join(folder, "barcode.y4m"), gtin13));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

test("the till's camera reads the shirt's barcode; nothing is fetched from anywhere else", async () => {
  const page = await openSignedIn(browser, server, { viewport: { width: 1024, height: 768 }, locale: "en-GB" });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  await page.goto("/store/");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.getByRole("button", { name: till.scanner.open }).click();
  await page.getByTestId("ticket-line").waitFor();
  await page
    .getByTestId("ticket-line")
    .getByText(shirt?.title ?? "")
    .waitFor();
  // A scanner that types, while no field has the focus.
  await page.locator("body").click();
  await page.keyboard.type(gtin13);
  await page.keyboard.press("Enter");
  await page.getByTestId("ticket-line").getByText("2", { exact: true }).waitFor();
  await isGood(page, "till-scanned");
  expect(elsewhere).toEqual([]);
});
