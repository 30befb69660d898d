import { gzipSync } from "node:zlib";

import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { loadDemoCatalogue } from "../server/src/demo/load-catalogue.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { launchBrowser } from "./browsers.ts";

/** What a marketer does on the dashboard, in a real browser on a real server; and axe looks at every screen. */
const DESK = { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "tr-TR" } as const;
const FIRST_SCREEN_BYTES = 230 * 1024;
const NAME = "Muhammet Abdurrahman Küçükosmanoğlu";
const BODY = `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ person.first_name }}</mj-text>
  <mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`;

let server: TestServer;
let browser: Browser;
let desk: Page;
const troubles: string[] = [];

beforeAll(async () => {
  server = await createServer();
  await inTransaction(server.db, (tx) => loadDemoCatalogue(tx, server.clock));
  await send(
    {
      type: "identify",
      traits: {
        first_name: NAME.split(" ").slice(0, -1).join(" "),
        last_name: NAME.split(" ").at(-1),
        email: "m@example.com",
        city: "Izmir",
      },
    },
    {
      type: "track",
      event: "Consent Changed",
      properties: { channel: "email", purpose: "marketing", state: "granted" },
    },
    {
      type: "track",
      event: "Product Viewed",
      properties: { name: "Kilim", category: "rugs", price: 120, currency: "EUR" },
    },
    {
      type: "track",
      event: "Order Completed",
      properties: { order_id: "1", revenue: 120, currency: "EUR", products: [{ name: "Kilim" }] },
    },
  );
  await server.call("POST", "/v1/templates", {
    name: "Thank you",
    contents: { en: { subject: "Thank you, {{ person.first_name }}", body: BODY } },
  });
  browser = await launchBrowser();
  desk = await open(DESK);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function send(...events: readonly object[]): Promise<void> {
  await server.call(
    "POST",
    "/v1/batch",
    { batch: events.map((event) => ({ userId: "m", ...event })) },
    { authorization: `Bearer ${server.writeKey}` },
  );
  await server.settle();
}

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, baseURL: server.url, reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  await context.request.post("/v1/auth/sign-in/email", { data: server.staff });
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
  return page;
}

/** WCAG 2.2 AA, and nothing wider than the screen. Mails are framed documents of their own and not ours to judge. */
async function isGood(page: Page, where: string): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .exclude("iframe")
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), `${where} is too wide`).toBe(0);
}

async function first<T>(path: string): Promise<T> {
  const { body } = await server.call<{ items: T[] }>("GET", path);
  const [item] = body.items;
  if (!item) throw new Error(`nothing at ${path}`);
  return item;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await server.settle();
}

async function choose(label: string, option: string): Promise<void> {
  await desk
    .getByRole("combobox", { name: label })
    .or(desk.getByRole("textbox", { name: label }))
    .first()
    .click();
  await desk.getByRole("option", { name: option, exact: true }).click();
}

test("who is not signed in sees the sign-in screen, and then the address that was asked for", async () => {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/people?q=Abdurrahman");
  await isGood(page, "sign-in");
  await page.getByLabel(en.session.email).fill(server.staff.email);
  await page.getByLabel(en.session.password).first().fill("wrong password");
  await page.getByRole("button", { name: en.session.signIn }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel(en.session.password).first().fill(server.staff.password);
  await page.getByRole("button", { name: en.session.signIn }).click();
  await page.getByRole("link", { name: NAME }).waitFor();
  await context.close();
});

test(`the first screen loads at most ${FIRST_SCREEN_BYTES / 1024} kB of script, zipped`, async () => {
  const page = await open(DESK);
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith(".js")) {
      scripts.push(response.body().then((body) => gzipSync(body).length));
    }
  });
  await page.goto("/people");
  await page.getByRole("link", { name: NAME }).waitFor();
  await page.waitForLoadState("networkidle");
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThan(FIRST_SCREEN_BYTES);
  await page.context().close();
});

test("the keyboard finds a person, goes to a room and tells its keys", async () => {
  await desk.goto("/");
  await desk.getByRole("heading", { name: en.nav.home }).waitFor();
  await desk.keyboard.press("Control+k");
  await desk.getByPlaceholder(en.command.placeholder).fill("Abdurrahman");
  // Her name may stand on the page behind, too.
  await desk.getByRole("dialog").getByText(NAME).first().click();
  await desk.getByRole("heading", { name: NAME }).waitFor();
  await desk.keyboard.press("g");
  await desk.keyboard.press("s");
  await desk.getByRole("heading", { name: en.nav.segments, level: 1 }).waitFor();
  await desk.keyboard.press("?");
  await desk.getByRole("dialog", { name: en.command.help }).waitFor();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("c");
  await desk.getByRole("heading", { name: en.segments.new }).waitFor();
});

test("a segment is written as sentences with its people beside them, and a member comes in live", async () => {
  await desk.goto("/segments/new");
  const preview = desk.getByRole("region", { name: en.segments.preview });
  await preview.getByText(NAME).waitFor();
  await desk.getByLabel(en.segments.name, { exact: true }).fill("Twice in a month");
  await desk.getByRole("button", { name: en.builder.more }).click();
  await desk.keyboard.type("how many");
  await desk.keyboard.press("Enter");
  await desk.getByRole("textbox", { name: en.builder.number }).waitFor();
  await desk.keyboard.press("Enter");
  await preview.getByText(en.segments.nobody).waitFor();
  await desk.getByRole("button", { name: en.segments.save }).click();
  await desk.getByRole("heading", { name: "Twice in a month" }).waitFor();
  await desk.getByRole("heading", { name: en.segments.noMembers }).waitFor();

  await send({ type: "track", event: "Order Completed", properties: { order_id: "2", revenue: 90, currency: "EUR" } });
  await desk.getByRole("link", { name: NAME }).waitFor();
});

test("a journey is built on the canvas, published, and shows who is where", async () => {
  await desk.goto("/journeys");
  await desk.getByRole("button", { name: en.journeys.create }).first().click();
  await desk.getByLabel(en.journeys.name, { exact: true }).fill("After the order");
  await desk.getByRole("button", { name: en.journeys.insert }).click();
  await desk.getByRole("menuitem", { name: en.node.kind.send }).click();
  await desk.locator("[data-unfinished]").waitFor();
  await choose(en.messages.template, "Thank you");
  await desk.getByRole("button", { name: en.journeys.insert }).last().click();
  await desk.getByRole("menuitem", { name: en.node.kind.wait, exact: true }).click();
  await desk.getByRole("button", { name: en.action.undo }).click();
  await desk.getByRole("button", { name: en.action.redo }).click();
  await isGood(desk, "journey editor");
  await desk.getByRole("button", { name: en.journeys.publish }).click();
  await desk.getByRole("button", { name: en.journeys.pause }).waitFor();

  await send({ type: "track", event: "Order Completed", properties: { order_id: "3", revenue: 70, currency: "EUR" } });
  const wait = desk.getByRole("button", { name: /Wait 1 day/ });
  await wait.getByText(en.journeys.peopleHere_one).waitFor();
  await wait.click();
  await desk.getByRole("dialog").getByRole("link", { name: NAME }).waitFor();
});

test("the person's page tells what she was sent and why", async () => {
  const person = await first<{ id: string }>("/v1/profiles?q=Abdurrahman");
  await desk.goto(`/people/${person.id}`);
  await desk.getByRole("region", { name: en.nav.messages }).getByText(en.messages.why).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("link", { name: "After the order" }).waitFor();
  await dialog.getByText(en.messages.step.opened).waitFor();
  await isGood(desk, "message");
  await desk.keyboard.press("Escape");

  await dialog.waitFor({ state: "hidden" });
  await desk.getByRole("switch", { name: /marketing/ }).press("Space");
  await until(async () => {
    const { body } = await server.call<{ consent: { email?: { marketing?: { state: string } } } }>(
      "GET",
      `/v1/profiles/${person.id}`,
    );
    return body.consent.email?.marketing?.state === "denied";
  });
  await desk
    .getByRole("region", { name: en.profile.timeline })
    .getByText(en.label.event.consent_changed)
    .nth(1)
    .waitFor();
});

test("a template shows unsaved text as a real person gets it", async () => {
  const person = await first<{ id: string }>("/v1/profiles?q=Abdurrahman");
  const template = await first<{ id: string }>("/v1/templates");
  await desk.goto(`/messages/templates/${template.id}?person=${person.id}`);
  await desk.getByLabel(en.messages.subject, { exact: true }).fill("{{ person.city }} calls, {{ person.nickname }}");
  await desk.getByText("Izmir calls,").waitFor();
  await desk.getByText(en.messages.problems_one).waitFor();
  await desk.getByLabel(en.messages.subject, { exact: true }).fill("{{ person.city }} calls");
  await desk.getByRole("button", { name: en.messages.publish, exact: true }).click();
  await desk.getByRole("button", { name: en.composer.publishAnyway }).click();
  await desk.getByText("Published as version 2").waitFor();
});

test.each([
  ["light, at a desk", DESK],
  ["dark, on a phone, in Turkish", PHONE],
])(
  "every screen is accessible and fits: %s",
  async (_name, options) => {
    const page = await open(options);
    const [person, segment, journey, template, product, message] = await Promise.all(
      [
        "/v1/profiles?q=Abdurrahman",
        "/v1/segments",
        "/v1/journeys",
        "/v1/templates",
        "/v1/products?limit=1",
        "/v1/messages",
      ].map((path) => first<{ id: string }>(path)),
    );
    const screens = [
      "/",
      "/?view=table&metric=revenue",
      "/people",
      `/people/${person?.id}`,
      "/segments",
      "/segments/new",
      `/segments/${segment?.id}`,
      `/segments/${segment?.id}?tab=settings`,
      "/journeys",
      `/journeys/${journey?.id}`,
      "/messages",
      `/messages?message=${message?.id}`,
      "/messages/templates",
      `/messages/templates/${template?.id}`,
      "/messages/mailbox",
      "/products",
      `/products/${product?.id}`,
      "/orders",
      "/settings",
      "/settings?tab=keys",
      "/settings?tab=pipeline",
      "/events",
      "/events?outcome=rejected",
      "/events?tab=quarantine",
      "/there-is-nothing-here",
    ];
    for (const screen of screens) {
      await page.goto(screen);
      await isGood(page, screen);
    }
    await page.context().close();
    expect(troubles).toEqual([]);
  },
  240_000,
);
