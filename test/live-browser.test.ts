import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { IZMIR, stockedProduct, WAREHOUSE } from "../server/src/inventory/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import shop from "../shop/src/locales/en.json" with { type: "json" };
import kiosk from "../store/src/kiosk/locales/en.json" with { type: "json" };
import till from "../store/src/locales/en.json" with { type: "json" };
import { launchBrowser, openSignedIn } from "./browsers.ts";

/** Screens that stay open all day: the line is cut, the shop is busy, and they show what there is all the same. */
const LONG = { timeout: 15_000 };
const SLOW_MS = 300;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Shown {
  readonly page: Page;
  /** Lets the line be made anew; until then it was open for a moment and cut. */
  readonly letBack: () => void;
}

async function standAt(path: string): Promise<Shown> {
  const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  await context.addInitScript("localStorage.setItem('dokuma:consent', 'denied')");
  await context.addInitScript(`localStorage.setItem("kilim-store:store", "${IZMIR}")`);
  await context.addInitScript(`localStorage.setItem("kilim-kiosk:store", "${IZMIR}")`);
  if (path.startsWith("/store/")) await context.request.post("/v1/auth/sign-in/email", { data: server.staff });
  const page = await context.newPage();
  let lines = 0;
  const { promise: isBack, resolve: letBack } = Promise.withResolvers<void>();
  await page.route("**/v1/live?*", async (route) => {
    lines += 1;
    if (lines === 1) {
      await route.fulfill({ contentType: "text/event-stream", body: "retry: 10\n\n" });
    } else {
      await isBack;
      await route.continue();
    }
  });
  await page.goto(path);
  return { page, letBack };
}

const few = (count: number) => shop.stock.few_other.replace("{{count}}", String(count));

async function sellOne(variant: string | undefined): Promise<string> {
  const lines = [{ variant_id: variant, quantity: 1 }];
  const sale = { channel: "store", store_id: IZMIR, payment: "cash", lines };
  const { status, body } = await server.call<{ number: string }>("POST", "/v1/orders", sale);
  expect(status).toBe(201);
  return body.number;
}

test("what is sold while a screen's line is cut stands on shop, kiosk and till when it is back", async () => {
  const { productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 0, [IZMIR]: 3 }]);
  const [variant = ""] = variantIds;
  const onShop = await standAt(`/shop/p/${productId}`);
  const onKiosk = await standAt(`/kiosk/p/${productId}?variant=${variant}`);
  const onTill = await standAt("/store/till");
  const field = onTill.page.locator('input[name="product"]');
  await field.fill(`${productId}-0`);
  await onTill.page.getByRole("listitem").getByRole("button").first().click();

  const here = (count: number) => till.till.stockHere_other.replace("{{count}}", String(count));
  const left = (count: number) => kiosk.stock.few_other.replace("{{count}}", String(count));
  await onShop.page.getByText(few(3)).first().waitFor();
  await onKiosk.page.getByTestId("stock-here").getByText(left(3)).waitFor();
  await onTill.page.getByTestId("variant").getByText(here(3)).waitFor();

  await sellOne(variant);
  for (const { letBack } of [onShop, onKiosk, onTill]) letBack();
  await onShop.page.getByText(few(2)).first().waitFor(LONG);
  await onKiosk.page.getByTestId("stock-here").getByText(left(2)).waitFor(LONG);
  await onTill.page.getByTestId("variant").getByText(here(2)).waitFor(LONG);
  for (const { page } of [onShop, onKiosk, onTill]) await page.context().close();
});

test("over a slow line, too, a page shows what is left while something is sold all the time", async () => {
  const { productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 0, [IZMIR]: 3 }]);
  const { page, letBack } = await standAt(`/shop/p/${productId}`);
  letBack();
  await page.getByText(few(3)).first().waitFor();
  await page.route("**/v1/availability?*", async (route) => {
    await new Promise((done) => setTimeout(done, SLOW_MS));
    await route.continue();
  });
  const selling = setInterval(() => server.bus.changed("product", newId(server.clock), ["stock"]), SLOW_MS / 6);
  await sellOne(variantIds[0]);
  await page.getByText(few(2)).first().waitFor(LONG);
  clearInterval(selling);
  await page.context().close();
});

test("so does the order book of a dashboard far away", async () => {
  const { variantIds } = await stockedProduct(server, [{ [IZMIR]: 3 }]);
  const page = await openSignedIn(browser, server, { viewport: { width: 1280, height: 900 } });
  await page.goto("/orders");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.route("**/v1/orders?*", async (route) => {
    await new Promise((done) => setTimeout(done, SLOW_MS * 2));
    await route.continue();
  });
  const selling = setInterval(() => server.bus.changed("order", newId(server.clock), ["paid"]), SLOW_MS / 6);
  const number = await sellOne(variantIds[0]);
  await page.getByText(number).first().waitFor(LONG);
  clearInterval(selling);
  await page.context().close();
});
