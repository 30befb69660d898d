import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Kilim } from "../src/index.ts";
import type {} from "../src/script.ts";

/** A shop page and a collector in one small server: it counts message ids as the real one does. */
let server: Server;
let origin: string;
let browser: Browser;
let isDown = false;
const received: { event: string; messageId: string }[] = [];
const failures: string[] = [];
const noted: string[] = [];
const content = { title: "Hello <b>you</b>", body: "Two\nlines" };
const action = { label: "Look", url: "/shop" };
const onsite = [
  { id: "m1", created_at: "", content: { ...content, layout: "banner", action } },
  { id: "m2", created_at: "", content: { ...content, layout: "modal" } },
  { id: "m3", created_at: "", content: { ...content, layout: "modal" } },
  { id: "m4", created_at: "", content: { ...content, layout: "slot", slot: "top" } },
  { id: "m5", created_at: "", content: { ...content, layout: "slot", slot: "elsewhere" } },
];

beforeAll(async () => {
  const output = await build({
    root: `${import.meta.dirname}/..`,
    mode: "script",
    logLevel: "silent",
    build: { write: false },
  });
  const [bundle] = [output].flat();
  if (!bundle || !("output" in bundle)) throw new Error("vite gave no output");
  const script = bundle.output[0].code;
  server = createServer(async (request, response) => {
    if (request.url === "/sdk/kilim.js") return response.setHeader("content-type", "text/javascript").end(script);
    if (request.url === "/v1/batch" && request.method === "POST") {
      if (isDown) return response.writeHead(503).end();
      let text = "";
      for await (const chunk of request) text += chunk;
      const { batch, writeKey } = JSON.parse(text);
      if (writeKey !== "wk") return response.writeHead(401).end();
      received.push(...batch);
      return response.setHeader("content-type", "application/json").end('{"success":true}');
    }
    if (request.url === "/v1/decide") {
      const look = {
        colors: { primary: "#123456", on_primary: "#ffffff", surface: "#fff1f2", text: "#101b2c" },
        fonts: { heading: "Georgia, serif", body: "Tahoma, sans-serif" },
        radius: 9,
      };
      response.setHeader("content-type", "application/json");
      return response.end(JSON.stringify({ slots: { onsite_messages: { items: onsite, look, reason: "x" } } }));
    }
    if (request.url?.startsWith("/v1/onsite/")) {
      let text = "";
      for await (const chunk of request) text += chunk;
      noted.push(`${request.url.split("/").at(-1)} ${JSON.parse(text).what}`);
      return response.setHeader("content-type", "application/json").end('{"done":true}');
    }
    response.setHeader("content-type", "text/html");
    // As strict as a shop may be: no style that stands in the page.
    response.setHeader("content-security-policy", "style-src 'self'");
    return response.end(
      `<html lang="tr"><title>Shop</title><div data-kilim-slot="top"></div><script src="/sdk/kilim.js" data-write-key="wk"></script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--headless=shell", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
});

const named = (name: string) => received.filter((event) => event.event === name);
const once = (name: string) => new Set(named(name).map((event) => event.messageId)).size;

test("every event arrives, counted once by message id, across tabs closed at once and a server that was away", async () => {
  const context = await browser.newContext();
  const open = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(`${origin}/`);
    return page;
  };

  const reading = await open();
  await reading.evaluate(() => (window.kilim as Kilim).track("Read"));
  await expect.poll(() => once("Read")).toBe(1);

  const closing = await open();
  await closing.evaluate(() => {
    for (let i = 0; i < 30; i++) (window.kilim as Kilim).track("Closing");
  });
  await closing.close({ runBeforeUnload: true });
  await expect.poll(() => once("Closing"), { timeout: 5_000 }).toBe(30);

  isDown = true;
  const unlucky = await open();
  await unlucky.evaluate(() => (window.kilim as Kilim).track("Unlucky"));
  await unlucky.close({ runBeforeUnload: true });
  isDown = false;
  await open();
  await expect.poll(() => once("Unlucky"), { timeout: 5_000 }).toBe(1);
  expect(once("Closing")).toBe(30);

  expect(await context.cookies()).toEqual([]);
  expect(failures).toEqual([]);
  await context.close();
}, 60_000);

test("what waits on the site is shown in the brand's look, one at a time, as text; what becomes of it is told", async () => {
  const page = await browser.newPage();
  page.on("pageerror", (error) => failures.push(String(error)));
  await page.goto(`${origin}/`);
  const show = () => page.evaluate(() => (window.kilim as Kilim).onsite.show());
  expect(await show()).toBe(3);
  const modal = page.getByRole("dialog", { name: content.title });
  expect(await modal.locator("b").textContent()).toBe(content.title);
  const look = await modal.evaluate((box) => {
    const { color, backgroundColor, fontFamily, borderTopColor } = getComputedStyle(box);
    return { color, backgroundColor, fontFamily, borderTopColor };
  });
  expect(look).toEqual({
    color: "rgb(16, 27, 44)",
    backgroundColor: "rgb(255, 241, 242)",
    fontFamily: "Tahoma, sans-serif",
    borderTopColor: "rgb(18, 52, 86)",
  });
  expect(await show()).toBe(0);
  await page.keyboard.press("Escape");
  await expect.poll(() => noted).toContain("m2 dismissed");
  await page.locator("[data-kilim-slot=top]").getByRole("button", { name: "Kapat" }).click();
  await page.getByRole("link", { name: action.label }).click();
  await page.waitForURL("**/shop");
  await expect
    .poll(() => noted.toSorted())
    .toEqual(["m1 clicked", "m1 shown", "m2 dismissed", "m2 shown", "m4 dismissed", "m4 shown"]);
  expect(failures).toEqual([]);
  await page.close();
});
