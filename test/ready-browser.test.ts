import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Ready-made segments and the grid of scores, in a real browser on a real server; axe looks at both. */
const DESK = { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "tr-TR" } as const;
const DAY_MS = 86_400_000;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await createServer();
  const now = server.clock.now().epochMilliseconds;
  // Thirty customers: the more recent, the more often.
  const batch = Array.from({ length: 30 }, (_, nth) =>
    Array.from({ length: Math.ceil((30 - nth) / 6) }, (_, order) => ({
      type: "track",
      event: "Order Completed",
      userId: `u${nth}`,
      messageId: `${nth}-${order}`,
      timestamp: new Date(now - (nth + order / 10) * DAY_MS).toISOString(),
      properties: { revenue: 100 + nth, currency: "EUR", products: [{ category: "kilims", size: "M" }] },
    })),
  ).flat();
  await server.call("POST", "/v1/batch", { batch }, { authorization: `Bearer ${server.writeKey}` });
  await server.settle();
  await server.rooms.segments.recomputeScores();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a ready-made segment says how many it would hold, opens in the builder, and is saved as it stands", async () => {
  const page = await openSignedIn(browser, server, DESK);
  await page.goto("/segments");
  await page.getByRole("link", { name: en.segments.ready }).click();
  const champions = page.getByRole("article", { name: en.ready.template.champions.name });
  await champions.getByText("6", { exact: true }).waitFor();
  await isGood(page, "ready-made");
  await champions.getByRole("link").click();
  await page.getByRole("heading", { name: en.segments.new }).waitFor();
  await page.getByRole("button", { name: en.segments.save }).click();
  await page.getByRole("heading", { name: en.ready.template.champions.name, level: 1 }).waitFor();
  await server.settle();
  const { body } = await server.call<{ items: { definition: object }[] }>("GET", "/v1/segments");
  expect(body.items).toMatchObject([{ name: en.ready.template.champions.name, size: 6 }]);
  expect(JSON.stringify(body.items[0]?.definition)).toContain('{"rfm":"champions"}');
  await page.context().close();
});

test("the grid tells who stands where, in words, and a cell opens a segment of its people", async () => {
  const page = await openSignedIn(browser, server, DESK);
  await page.goto("/segments/rfm");
  await page.getByText("within the last 6 days").first().waitFor();
  await isGood(page, "ready-made");
  await page.getByRole("link", { name: "Champions R5 F5: 6" }).click();
  await page.getByRole("heading", { name: en.segments.new }).waitFor();
  await page.context().close();
});

test("both are read on a phone, in Turkish and in the dark", async () => {
  const page = await openSignedIn(browser, server, PHONE);
  await page.goto("/segments/rfm");
  await page.getByRole("heading", { name: tr.rfm.grid }).waitFor();
  await isGood(page, "ready-made");
  await page.getByRole("link", { name: tr.ready.title }).click();
  const champions = page.getByRole("article", { name: tr.ready.template.champions.name });
  await champions.getByText("6", { exact: true }).waitFor();
  await isGood(page, "ready-made");
  await page.context().close();
});
