import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { demoCatalogue, lastPair } from "../server/src/demo/catalogue.ts";
import { createDemo } from "../server/src/demo/index.ts";
import { type MailServer, startMailServer } from "../server/src/messages/testing/mail-server.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import words from "../shop/src/locales/tr.json" with { type: "json" };
import till from "../store/src/locales/en.json" with { type: "json" };
import { launchBrowser } from "./browsers.ts";

/**
 * One shopper from her first click to the purchase in a store and beyond: real browsers, the real server on real
 * engines, real SMTP. Only time is driven by hand. The steps build on each other.
 */
/** A headless browser says so, and is rightly taken for a robot by the tracking of mails. */
const CHROME = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const ELIF = "elif.yildirim@posta.example";
const dress = productDrawnAs("dress");
const sofa = productDrawnAs("sofa");
const shoes = demoCatalogue.products.find((product) =>
  product.variants.some((variant) => variant.id === lastPair.variantId),
);
const pair = shoes?.variants.find((variant) => variant.id === lastPair.variantId);

let server: TestServer;
let mail: MailServer;
let browser: Browser;
let phone: Page;
let laptop: Page;
let desk: Page;
const contexts: BrowserContext[] = [];
/** Message ids that the two browsers' SDKs have sent, whatever the transport. */
const sent = new Set<string>();

function productDrawnAs(kind: string) {
  const found = demoCatalogue.products.find((product) => product.drawing.kind === kind);
  if (!found) throw new TypeError(`the demo has no ${kind}`);
  return found;
}

beforeAll(async () => {
  mail = await startMailServer();
  server = await createServer({ smtpUrl: mail.url });
  const { segments, messages, journeys } = server.rooms;
  await createDemo({ ...server, ...segments, ...messages, ...journeys }, 20).load(
    () => {},
    new AbortController().signal,
  );
  await server.settle();
  browser = await launchBrowser();
  phone = await openShop({ width: 390, height: 844 });
  desk = await openDesk();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await mail?.close();
});

async function openShop(viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: "tr-TR", baseURL: server.url, userAgent: CHROME });
  context.on("request", (request) => {
    if (!request.url().endsWith("/v1/batch")) return;
    const body = JSON.parse(request.postData() ?? "{}") as { batch?: { messageId: string }[] };
    for (const event of body.batch ?? []) sent.add(event.messageId);
  });
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  await context.clock.setSystemTime(server.clock.now().epochMilliseconds);
  const page = await context.newPage();
  await page.goto("/shop/");
  await page.getByRole("button", { name: words.consent.grant }).click();
  return page;
}

async function openDesk(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    baseURL: server.url,
  });
  await context.request.post("/v1/auth/sign-in/email", { data: server.staff });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Time passes: for the server, and for the shopper's browsers. */
async function pass(duration: Temporal.DurationLike): Promise<void> {
  server.clock.advance(duration);
  for (const context of contexts) await context.clock.setSystemTime(server.clock.now().epochMilliseconds);
  await server.settle();
}

/** What the SDK holds back for a moment is sent when the page goes out of sight. */
async function lookAway(page: Page): Promise<void> {
  const before = sent.size;
  await page.evaluate(`dispatchEvent(new Event("pagehide"))`);
  await until(async () => sent.size === before || (await arrived()) >= sent.size);
}

async function look(page: Page, productId: string): Promise<void> {
  await page.goto(`/shop/p/${productId}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

async function signIn(page: Page, email: string): Promise<void> {
  const before = mail.received.length;
  await page.goto("/shop/account");
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="newsletter"]').check();
  await page.getByRole("button", { name: words.account.sendCode }).click();
  await page.locator('input[name="code"]').waitFor();
  await until(async () => mail.received.length > before);
  const code = /\b\d{6}\b/.exec(mail.received.at(-1)?.text ?? "")?.[0] ?? "";
  await page.locator('input[name="code"]').fill(code);
  await page.getByRole("button", { name: words.account.verify }).click();
  await page.getByRole("button", { name: words.account.signOut }).waitFor();
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await server.settle();
}

/** How many of the browsers' events have come to History. */
async function arrived(): Promise<number> {
  const [row] = await server.history.query<{ n: number }>(
    "select uniqExact(message_id) as n from events where message_id in {ids:Array(String)}",
    { ids: [...sent] },
  );
  return row?.n ?? 0;
}

interface Person {
  readonly id: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string; readonly verified: boolean }[];
  readonly segments: readonly { readonly name: string }[];
  readonly computed: { readonly orders: number; readonly cart: { readonly items: number } };
}

async function person(ref = `email:${ELIF}`): Promise<Person> {
  return (await server.call<Person>("GET", `/v1/profiles/${encodeURIComponent(ref)}`)).body;
}

async function segmentsOf(ref?: string): Promise<string[]> {
  return (await person(ref)).segments.map((segment) => segment.name).sort();
}

async function timeline(id: string): Promise<string[]> {
  const { body } = await server.call<{ items: { event: string }[] }>("GET", `/v1/profiles/${id}/events?limit=200`);
  return body.items.map((item) => item.event);
}

async function webStock(): Promise<number | undefined> {
  const { body } = await server.call<{ items: { variant_id: string; web: number }[] }>(
    "GET",
    `/v1/availability?variant=${lastPair.variantId}`,
  );
  return body.items[0]?.web;
}

const cartMails = () => mail.received.filter((letter) => letter.subject?.includes("sepet"));

test("1 an unknown visitor on a phone: the dashboard shows her, and her timeline grows live", async () => {
  await look(phone, dress.id);
  await lookAway(phone);
  const { body: newest } = await server.call<{ items: { id: string; name: string | null }[] }>(
    "GET",
    "/v1/profiles?limit=5",
  );
  const visitor = newest.items.find((item) => item.name === null);
  expect(visitor).toBeDefined();
  await desk.goto(`/people/${visitor?.id}`);
  const rows = desk.getByRole("region", { name: "Timeline" });
  await rows.getByText(dress.title).first().waitFor();
  expect(await rows.getByText(sofa.title).count()).toBe(0);

  await look(phone, sofa.id);
  await lookAway(phone);
  await rows.getByText(sofa.title).first().waitFor();

  await look(phone, `${shoes?.id}?variant=${lastPair.variantId}`);
  await phone.getByRole("button", { name: words.product.add }).click();
  await phone.getByText(words.product.added).waitFor();
  await server.settle();
  await rows
    .getByText(shoes?.title ?? "")
    .first()
    .waitFor();
});

test("2 she signs in on the laptop, then on the phone: one profile, one cart, and home goes on where she left", async () => {
  laptop = await openShop({ width: 1440, height: 900 });
  await look(laptop, sofa.id);
  await lookAway(laptop);
  await signIn(laptop, ELIF);
  await laptop.locator('input[name="first_name"]').fill("Elif");
  await laptop.getByRole("button", { name: words.account.save }).click();
  await lookAway(laptop);

  const thief = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": "thief" };
  await server.call("POST", "/v1/identify", { anonymousId: "thief", userId: "thief", traits: { email: ELIF } }, thief);
  await server.settle();
  expect((await server.call("GET", "/v1/shopper/me", undefined, thief)).status).toBe(403);
  expect((await server.call("GET", "/v1/shopper/orders", undefined, thief)).status).toBe(403);
  expect((await server.call<{ items: unknown[] }>("GET", "/v1/cart", undefined, thief)).body.items).toEqual([]);

  await signIn(phone, ELIF);
  await lookAway(phone);
  const devices = (await person()).identifiers.filter(
    (identifier) => identifier.type === "anonymous_id" && identifier.value !== "thief",
  );
  expect(devices).toHaveLength(2);
  expect((await person()).identifiers).toContainEqual(
    expect.objectContaining({ type: "email", value: ELIF, verified: true }),
  );

  await laptop.goto("/shop/cart");
  await laptop.getByTestId("cart-line").waitFor();
  expect(await laptop.getByTestId("cart-line").count()).toBe(1);
  await laptop.goto("/shop/");
  await laptop.getByTestId("last-category").waitFor();
});

test("3 an hour after she left, one mail goes out: photo, first name, the stock as it is now, one-click headers", async () => {
  await lookAway(phone);
  await lookAway(laptop);
  expect(await segmentsOf()).not.toContain("Cart with no order for an hour");
  await pass({ minutes: 58 });
  expect(cartMails()).toHaveLength(0);
  await pass({ minutes: 3 });
  await until(async () => cartMails().length > 0);
  expect(await segmentsOf()).toContain("Cart with no order for an hour");
  expect(cartMails()).toHaveLength(1);
  const letter = cartMails()[0];
  expect(letter?.subject).toContain("Elif");
  expect(letter?.html).toContain(`/assets/products/${lastPair.variantId}.png`);
  expect(letter?.html).toContain("Yalnızca 1 adet kaldı");
  expect(letter?.html).toContain(shoes?.titles.tr);
  expect(letter?.headers.get("list-unsubscribe-post") ?? letter?.headers.get("list")).toBeDefined();
  expect(mail.sources.at(-1)).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
});

test("4 she opens it and clicks: both are events on her timeline", async () => {
  const html = String(cartMails()[0]?.html);
  const pixel = /src="([^"]+\/t\/o\/[^"]+)"/.exec(html)?.[1] ?? "";
  const link = /href="([^"]+\/t\/c\/[^"]+)"/.exec(html)?.[1] ?? "";
  expect(
    (await fetch(pixel, { headers: { "user-agent": "Mozilla/5.0 (iPhone) Mail" } })).headers.get("content-type"),
  ).toBe("image/gif");
  await phone.goto(link);
  expect(new URL(phone.url()).pathname).toMatch(/^\/shop\//);
  await server.settle();
  const events = await timeline((await person()).id);
  expect(events).toEqual(expect.arrayContaining(["Email Sent", "Email Opened", "Email Clicked"]));
  expect(
    (
      await fetch(
        link.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
        { redirect: "manual" },
      )
    ).status,
  ).toBeGreaterThanOrEqual(400);
});

test("5 next day she buys the pair in the store: web stock 0, cart empty, segment left, journey over, no further mail", async () => {
  await pass({ hours: 22 });
  await phone.goto(`/shop/p/${shoes?.id}?variant=${lastPair.variantId}`);
  await phone.getByRole("button", { name: words.product.add }).waitFor();

  const store = await (await staffContext()).newPage();
  await store.goto("/store/");
  await store.getByRole("button", { name: /Alsancak/ }).click();
  await store.locator('input[name="customer"]').fill(ELIF);
  await store.getByRole("button", { name: till.customer.search }).click();
  await store.getByText("Elif").first().waitFor();
  await store.locator('input[name="product"]').fill(pair?.sku ?? "");
  await store.locator('input[name="product"]').press("Enter");
  await store.getByTestId("ticket-line").waitFor();
  await store.getByRole("button", { name: till.till.pay }).click();
  await store.getByRole("button", { name: till.till.cardDone }).click();
  await store.getByRole("button", { name: till.receipt.next }).waitFor();

  expect(await webStock()).toBe(0);
  await phone.getByRole("button", { name: words.stock.soldOut, exact: true }).waitFor();
  await server.settle();
  await phone.goto("/shop/cart");
  await phone.getByText(words.cart.empty, { exact: true }).waitFor();
  expect((await person()).computed).toMatchObject({ orders: 1, cart: { items: 0 } });
  expect(await segmentsOf()).toEqual(["Bought in the last 30 days", "Store customers"]);
  const events = await timeline((await person()).id);
  expect(events).toEqual(expect.arrayContaining(["Order Completed", "Journey Exited", "Segment Exited"]));

  await pass({ days: 4 });
  expect(cartMails()).toHaveLength(1);
  await pass({ days: 25, hours: 23 });
  expect(await segmentsOf()).toContain("Bought in the last 30 days");
  await pass({ hours: 1 });
  expect(await segmentsOf()).not.toContain("Bought in the last 30 days");
});

async function staffContext(): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 820, height: 1180 },
    locale: "en-GB",
    baseURL: server.url,
  });
  await context.request.post("/v1/auth/sign-in/email", { data: server.staff });
  return context;
}

test("6 the marketer sees what was sent, why and what it led to; the analyst sees every event once", async () => {
  const { id } = await person();
  const { body: messages } = await server.call<{
    items: {
      template_name: string;
      status: string;
      journey_id: string;
      opened_at: string;
      clicked_at: string;
      ordered_at: string;
    }[];
  }>("GET", `/v1/messages?profile=${id}`);
  const reminder = messages.items.filter((message) => message.journey_id !== null);
  expect(reminder).toMatchObject([
    { status: "sent", opened_at: expect.any(String), clicked_at: expect.any(String), ordered_at: expect.any(String) },
  ]);
  await desk.goto(`/journeys/${reminder[0]?.journey_id}`);
  await desk.getByText("Your cart is still here").first().waitFor();
  const { body: runs } = await server.call<{ items: { profile_id: string; exit_reason: string }[] }>(
    "GET",
    `/v1/journeys/${reminder[0]?.journey_id}/runs?profile=${id}`,
  );
  expect(runs.items).toMatchObject([{ profile_id: id, exit_reason: "goal" }]);

  for (const page of [phone, laptop]) await lookAway(page);
  const { body: keys } = await server.call<{ items: { id: string; kind: string }[] }>("GET", "/v1/keys");
  const source = keys.items.find((key) => key.kind === "write")?.id;
  const [found] = await server.history.query<{ n: number; once: number }>(
    "select count() as n, uniqExact(message_id) as once from events where source = {source:String} and message_id not like 'sign-in:%' and user_id != 'thief'",
    { source },
  );
  expect(found).toEqual({ n: sent.size, once: sent.size });
});
