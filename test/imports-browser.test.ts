import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** What somebody who moves to Kilim does with a file of orders, in a real browser; and axe looks at every step. */
let server: TestServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  server = await createServer();
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
  return openSignedIn(browser, server, { viewport, colorScheme, locale, acceptDownloads: true });
}

const ORDERS = [
  "Sipariş No;Tarih;E-posta;Ürün Adı;Adet;Birim Fiyat;Kampanya",
  "S-1;01.02.2026 10:00;ayse@example.com;Kilim;1;1.250,00;Yaz",
  "S-1;01.02.2026 10:00;ayse@example.com;Fincan;2;75,50;Yaz",
  "S-2;02.02.2026 11:30;mehmet@example.com;Fincan;iki;75,50;",
  "S-3;03.02.2026 12:00;zeynep@example.com;Kilim;1;990,00;",
].join("\n");

test("a file is dropped, its columns are suggested, what it becomes is shown, and it is taken in", async () => {
  await desk.goto("/imports");
  await desk.getByText(en.imports.empty).waitFor();
  await isGood(desk, "imports-empty");
  await desk.getByRole("link", { name: en.imports.new }).first().click();
  await desk.getByText(en.imports.drop).waitFor();
  await isGood(desk, "imports-drop");
  await desk.locator("input[type=file]").setInputFiles({
    name: "siparişler-2026.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(ORDERS),
  });
  const field = (column: string) =>
    desk.getByRole("combobox", { name: en.imports.fieldOf.replace("{{column}}", column) });
  await desk.getByText(en.imports.need.currency).waitFor();
  expect(await field("Sipariş No").inputValue()).toBe(en.imports.field.order_id);
  expect(await field("Birim Fiyat").inputValue()).toBe(en.imports.field.price);
  const currency = desk.getByRole("combobox", { name: en.imports.currency });
  await currency.fill("TRY");
  await desk.keyboard.press("Escape");
  await desk.getByText(en.imports.reason.not_a_number).waitFor();
  await isGood(desk, "imports-mapping");
  const address = desk.url();
  expect(address).toContain("file=");
  await desk.reload();
  await desk.getByText(en.imports.reason.not_a_number).waitFor();
  expect(await currency.inputValue()).toBe("TRY");
  await desk.getByRole("button", { name: en.imports.toCheck }).click();
  await desk.getByRole("button", { name: en.imports.start }).waitFor();
  await isGood(desk, "imports-check");
  await desk.getByRole("button", { name: en.imports.start }).click();
  await desk.getByText(en.imports.state.done).waitFor();
  await desk.getByText(en.imports.reason.not_a_number).waitFor();
  await isGood(desk, "imports-done");
  const downloading = desk.waitForEvent("download");
  await desk.getByRole("link", { name: en.imports.download }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^import-errors-.*\.csv$/);
  await server.settle();
  const { body } = await server.call<{ computed: { revenue: number } }>("GET", "/v1/profiles/email:ayse@example.com");
  expect(body.computed.revenue).toBe(140_100);
});

test("another file of the same form takes the mapping along, on a phone, in Turkish and in the dark", async () => {
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto("/imports");
  await phone.getByText("siparişler-2026.csv").waitFor();
  await isGood(phone, "imports-list-phone");
  await phone.getByText("siparişler-2026.csv").click();
  await phone.getByText(tr.imports.mapping).waitFor();
  await isGood(phone, "imports-one-phone");
  await phone.getByRole("link", { name: tr.imports.another }).click();
  await phone.locator("input[type=file]").setInputFiles({
    name: "siparişler-daha.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(ORDERS.replace("iki", "2").replaceAll("S-", "T-")),
  });
  await phone.getByText(tr.imports.noErrors).waitFor();
  await isGood(phone, "imports-mapping-phone");
  await phone.getByRole("button", { name: tr.imports.toCheck }).click();
  await phone.getByRole("button", { name: tr.imports.start }).click();
  await phone.getByText(tr.imports.state.done).waitFor();
});
