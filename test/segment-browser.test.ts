import { readFile } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { launchBrowser } from "./browsers.ts";

let server: TestServer;
let browser: Browser;
/** A shop of somebody else, on another origin, so that the browser asks before it sends. */
let shop: Server;

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  const script = await readFile(createRequire(import.meta.url).resolve("@segment/analytics-next/dist/umd/index.js"));
  shop = createHttpServer((request, response) => {
    const isScript = request.url === "/analytics.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<!doctype html><title>Shop</title><script src='/analytics.js'></script>");
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  shop?.close();
  await server?.close();
});

test("Segment's browser client, from another origin with its preflights, delivers every event", async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
  await page.evaluate(
    `(async () => {
      const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: ${JSON.stringify(server.writeKey)}, cdnURL: ${JSON.stringify(server.url)} });
      await analytics.page("Home");
      for (let i = 0; i < 20; i++) await analytics.track("Browser Event", { i });
      await analytics.identify("browser-user", { email: "bb@shop.example", first_name: "Banu" });
      await analytics.track("Browser Event", { i: 20 });
    })()`,
  );
  let found = 0;
  while (found < 21) {
    await server.settle();
    const [row] = await server.history.query<{ n: number }>(
      "select count() as n from events where name = 'Browser Event'",
    );
    found = row?.n ?? 0;
  }
  expect(found).toBe(21);
  const { body: profile } = await server.call<{
    traits: { first_name: string };
    computed: { channels: Record<string, unknown> };
  }>("GET", "/v1/profiles/user_id:browser-user");
  expect(profile.traits.first_name).toBe("Banu");
  expect(Object.keys(profile.computed.channels)).toEqual(["web"]);
});

test("Segment's browser client in batches, as it does when a page is left, delivers every event", async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
  await page.evaluate(
    `(async () => {
      const [analytics] = await AnalyticsNext.AnalyticsBrowser.load(
        { writeKey: ${JSON.stringify(server.writeKey)}, cdnURL: ${JSON.stringify(server.url)} },
        { integrations: { "Segment.io": { deliveryStrategy: { strategy: "batching", config: { size: 10, timeout: 500 } } } } },
      );
      for (let i = 0; i < 25; i++) void analytics.track("Batched Event", { i });
    })()`,
  );
  await expect.poll(() => stored(server, "Batched Event"), { timeout: 30_000 }).toBe(25);
  await page.close();
});

test("Segment's browser client that is told to wait asks its preflight for X-Retry-Count, and then every event is there once", async () => {
  const slow = await createServer({ intake: { eventsPerSecond: 1, burst: 2 } });
  const page = await browser.newPage();
  const retries: string[] = [];
  let refused = 0;
  page.on("request", (request) => {
    const count = request.headers()["x-retry-count"];
    if (count !== undefined) retries.push(count);
  });
  page.on("response", (response) => {
    if (response.status() !== 429) return;
    refused++;
    slow.clock.advance({ seconds: 60 });
  });
  await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
  await page.evaluate(
    `(async () => {
      const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: ${JSON.stringify(slow.writeKey)}, cdnURL: ${JSON.stringify(slow.url)} });
      for (let i = 0; i < 8; i++) void analytics.track("Waited Event", { i });
    })()`,
  );
  await expect.poll(() => stored(slow, "Waited Event"), { timeout: 50_000 }).toBe(8);
  expect(refused).toBeGreaterThan(0);
  expect(retries.length).toBeGreaterThan(0);
  await page.close();
  await slow.close();
});

async function stored(of: TestServer, name: string): Promise<number> {
  await of.settle();
  const [row] = await of.history.query<{ n: number }>("select count() as n from events where name = {name:String}", {
    name,
  });
  return row?.n ?? 0;
}
