import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { demoCatalogue } from "../server/src/demo/catalogue.ts";
import { loadDemoCatalogue } from "../server/src/demo/load-catalogue.ts";
import type { Errand } from "../server/src/lists/contracts.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import words from "../store/src/kiosk/locales/en.json" with { type: "json" };
import turkish from "../store/src/kiosk/locales/tr.json" with { type: "json" };
import turkishColors from "../store/src/products/colors/tr.json" with { type: "json" };
import { isGood, launchBrowser } from "./browsers.ts";
import { filmBarcode } from "./fake-camera.ts";

/** A tablet in a shop: scan, learn, list, send; and then nothing of it is left for whoever comes next. */
const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true } as const;
const shirt = demoCatalogue.products.find((product) => product.category === "tops");
const variant = shirt?.variants[0];
const gtin13 = (variant?.gtin ?? "").replace(/^0/, "");

let server: TestServer;
let browser: Browser;
let folder = "";
const troubles: string[] = [];

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

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    ...options,
    locale: "en-GB",
    baseURL: server.url,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
  return page;
}

/** What the browser keeps beyond the page. */
const kept = (page: Page) =>
  page.evaluate(`(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).length,
    history: history.length,
  }))()`);

test("scan a shirt by camera, learn about it, put it on a list, have it brought, mail it, and leave nothing", async () => {
  const page = await open(TABLET);
  await page.goto("/kiosk/");
  await page.getByRole("button", { name: /Alsancak/ }).waitFor();
  await isGood(page, "kiosk-set-up");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.getByText(words.find.title).waitFor();
  await isGood(page, "kiosk-find");
  const fresh = await kept(page);

  await page.getByRole("button", { name: words.scanner.open }).click();
  await page.getByRole("heading", { name: shirt?.title ?? "" }).waitFor();
  expect(page.url()).toContain(variant?.id);
  await page.getByTestId("stock-here").waitFor();
  await isGood(page, "kiosk-product");
  await page.getByRole("button", { name: words.product.add }).click();
  await page.getByText("1 on your list").waitFor();
  await page.getByTestId("my-list").click();
  await page.getByTestId("list-line").waitFor();
  await page.getByRole("button", { name: /^One more/ }).click();
  await page.getByTestId("list-line").getByText("2", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Take off the list/ }).click();
  await page.getByText(words.list.empty).waitFor();
  await page.getByRole("button", { name: words.list.undo }).click();
  await page.getByTestId("list-line").getByText("2", { exact: true }).waitFor();
  await isGood(page, "kiosk-list");

  // Without a word of who she is: a code to go on with on her own phone.
  await page.getByRole("button", { name: words.along.show }).click();
  await page.getByTestId("along").waitFor();
  await isGood(page, "kiosk-along");

  await page.locator('input[name="kiosk-called"]').fill("Deniz");
  await page.getByRole("button", { name: words.staff.send }).click();
  await page.getByText(words.staff.open).waitFor();
  const { body: stores } = await server.call<{ items: { id: string; name: string }[] }>("GET", "/v1/stores");
  const here = stores.items.find(({ name }) => name.includes("Alsancak"))?.id;
  const { body: queue } = await server.call<{ items: Errand[] }>("GET", `/v1/errands?store=${here}`);
  expect(queue.items).toMatchObject([{ called: "Deniz", items: [{ variant_id: variant?.id, quantity: 2 }] }]);
  const taken = performance.now();
  await server.call("POST", `/v1/errands/${queue.items[0]?.id}/take`);
  await page.getByText(words.staff.taken).waitFor();
  expect(performance.now() - taken).toBeLessThan(2_000);

  await page.locator('input[name="kiosk-address"]').fill("deniz@example.com");
  await page.getByLabel(words.mail.news).check();
  await page.getByRole("button", { name: words.mail.send }).click();
  await page.getByText(words.mail.sent).waitFor();
  await isGood(page, "kiosk-sent");
  await server.settle();
  const { body: box } = await server.call<{ items: { to: string }[] }>("GET", "/v1/mailbox");
  expect(box.items.map(({ to }) => to)).toContain("deniz@example.com");

  await page.getByRole("button", { name: words.mail.done }).click();
  await page.getByText(words.find.title).waitFor();
  await page.getByTestId("my-list").getByText("(0)").waitFor();
  expect(page.url()).toBe(`${server.url}/kiosk/`);
  expect(await kept(page)).toEqual(fresh);
  expect(fresh).toMatchObject({ local: ["kilim-kiosk:store"], session: [], cookies: "", caches: [], databases: 0 });
  // Back leads to where the tablet was before the kiosk, never into the visit that has ended.
  await page.goBack();
  expect(page.url()).not.toContain("/kiosk/");
  expect(troubles).toEqual([]);
});

test("nobody touches the screen for a minute: it asks, and then forgets", async () => {
  const page = await open(TABLET);
  await page.clock.install();
  await page.goto("/kiosk/");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.locator('input[name="find"]').fill(gtin13);
  await page.locator('input[name="find"]').press("Enter");
  await page.getByRole("button", { name: words.product.add }).click();
  await page.getByText("1 on your list").waitFor();
  await page.clock.runFor(61_000);
  await page.getByText(words.idle.title).waitFor();
  await isGood(page, "kiosk-idle");
  await page.getByRole("button", { name: words.idle.here }).click();
  await page.getByText("1 on your list").waitFor();
  await page.clock.runFor(61_000);
  await page.getByText(words.idle.title).waitFor();
  await page.clock.runFor(15_000);
  await page.getByText(words.find.title).waitFor();
  await page.getByTestId("my-list").getByText("(0)").waitFor();
  expect(troubles).toEqual([]);
});

test("a colour chooses no size: what is brought is what she said", async () => {
  const page = await open(TABLET);
  await page.goto("/kiosk/");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.goto(`/kiosk/p/${shirt?.id}`);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const [first = "", other = ""] = new Set(shirt?.variants.flatMap(({ color }) => color ?? []));
  await page.getByRole("button", { name: first, exact: true, pressed: true }).waitFor();
  await button(other).click();
  await page.getByRole("button", { name: other, exact: true, pressed: true }).waitFor();
  expect(await button(words.product.choose).isDisabled()).toBe(true);
  await button("M").click();
  await button(first).click();
  await page.getByRole("button", { name: "M", exact: true, pressed: true }).waitFor();
  await button(words.product.add).click();
  await page.getByText("1 on your list").waitFor();
  await page.getByTestId("my-list").click();
  await page.getByTestId("list-line").getByText(`${first} · M`).waitFor();
  expect(troubles).toEqual([]);
});

/** A shirt is on her list. */
async function openWithOne(): Promise<Page> {
  const page = await open(TABLET);
  await page.goto("/kiosk/");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.goto(`/kiosk/p/${shirt?.id}?variant=${variant?.id}`);
  await page.getByRole("button", { name: words.product.add }).click();
  await page.getByText("1 on your list").waitFor();
  return page;
}

test("started over while the network is away, it shows nothing of her and goes on when that is back", async () => {
  const page = await openWithOne();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: words.nav.startOver }).click();
  await page.getByText(words.away).waitFor();
  expect(await page.locator("body").textContent()).toBe(words.away);
  expect(page.url()).toBe(`${server.url}/kiosk/`);
  await isGood(page, "kiosk-away");
  await page.context().setOffline(false);
  await page.getByTestId("my-list").getByText("(0)").waitFor();
  expect(troubles).toEqual([]);
});

test("started over while the network swallows what is sent, it shows nothing of her either", async () => {
  const page = await openWithOne();
  await page.route("**/healthz", () => {});
  await page.getByRole("button", { name: words.nav.startOver }).click();
  await page.getByText(words.away).waitFor();
  expect(await page.locator("body").textContent()).toBe(words.away);
  await page.unroute("**/healthz");
  await page.getByTestId("my-list").getByText("(0)").waitFor();
  expect(troubles).toEqual([]);
});

test("on a phone at night, in Turkish; the choice of language goes with the person", async () => {
  const page = await open(PHONE);
  await page.goto("/kiosk/");
  await page.getByRole("button", { name: /Alsancak/ }).click();
  await page.getByText("TR", { exact: true }).click();
  await page.getByText(turkish.find.title).waitFor();
  await isGood(page, "kiosk-phone-find");
  await page.locator('input[name="find"]').fill(gtin13);
  await page.locator('input[name="find"]').press("Enter");
  await page.getByRole("button", { name: turkish.product.add }).click();
  await isGood(page, "kiosk-phone-product");
  await page.getByTestId("my-list").click();
  const color = Object.entries(turkishColors).find(([name]) => name === variant?.color?.toLowerCase())?.[1] ?? "";
  expect(color).not.toBe("");
  await page
    .getByTestId("list-line")
    .getByText(new RegExp(`^${color} · `))
    .waitFor();
  await isGood(page, "kiosk-phone-list");
  await page.getByRole("button", { name: turkish.nav.startOver }).click();
  await page.getByText(words.find.title).waitFor();
  expect(troubles).toEqual([]);
});
