import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { id } from "../dashboard/src/i18n/id.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { unpack } from "../dashboard/src/segments/draft.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** How a marketer writes a segment, in a real browser, with the keyboard alone; and axe looks at what she sees. */
let server: TestServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 1000 }, "light", "en-GB");
  const people = ["Ayşe İzmir", "Mehmet İzmir", "Zeynep Ankara", "Deniz Istanbul"].map((words, n) => {
    const [name, city] = words.split(" ");
    return { userId: `u${n}`, traits: { first_name: name, city, email: `${name?.toLowerCase()}@example.com` } };
  });
  const order = (userId: string, n: number) => ({
    type: "track",
    event: "Order Completed",
    userId,
    properties: { order_id: `${userId}-${n}`, revenue: 80, currency: "EUR", products: [{ category: "rugs" }] },
  });
  await server.call("POST", "/v1/batch", {
    batch: [
      ...people.map((person) => ({ type: "identify", ...person })),
      ...people.flatMap(({ userId }, n) => Array.from({ length: n === 3 ? 0 : 3 - n }, (_, k) => order(userId, k))),
      { type: "track", event: "Product Viewed", userId: "u3", properties: { category: "rugs" } },
    ],
  });
  await server.settle();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(viewport: { width: number; height: number }, colorScheme: "light" | "dark", locale: string) {
  const page = await openSignedIn(browser, server, { viewport, colorScheme, locale });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  return page;
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await desk.keyboard.press(key);
}

async function tabTo(target: Locator): Promise<void> {
  const isThere = () => target.evaluate((element) => element === element.ownerDocument.activeElement);
  for (let presses = 0; !(await isThere()); presses++) {
    expect(presses, "cannot be reached by Tab").toBeLessThan(80);
    await desk.keyboard.press("Tab");
  }
}

const sentence = (page: Page, text: string) => page.getByRole("group", { name: text, exact: true });
const field = (page: Page, label: string) => page.getByRole("combobox", { name: label });
/** Adds a condition by its name, once it is offered. */
async function add(name: string): Promise<void> {
  await press("a");
  await field(desk, en.builder.add).fill(name);
  await desk
    .getByRole("option", { name: new RegExp(`^${name}`) })
    .first()
    .waitFor();
  await press("Enter");
}
const preview = () => desk.getByRole("region", { name: en.segments.preview });
const link = (definition: object, name = "") =>
  `/segments/new?${new URLSearchParams({ definition: JSON.stringify(definition), name })}`;

test("a segment is written with the keyboard alone: searched, filled, counted, undone, copied and saved", async () => {
  await desk.goto("/segments/new");
  await sentence(desk, "placed an order in the last 30 days").waitFor();
  await preview().getByText("3", { exact: true }).waitFor();
  await isGood(desk, "builder-new");

  await press("a");
  await field(desk, en.builder.add).waitFor();
  await isGood(desk, "builder-add");
  await desk.keyboard.type("city");
  await press("Enter");
  await field(desk, en.builder.value).waitFor();
  await desk.getByRole("option", { name: "İzmir 2" }).waitFor();
  await isGood(desk, "builder-value");
  await desk.keyboard.type("izm");
  await press("Enter");
  await sentence(desk, "city is İzmir").waitFor();
  await preview().getByText("2", { exact: true }).waitFor();

  // The keyboard stands on the value; up, and to the end of the first sentence.
  await press("ArrowUp", "End", "Enter");
  await field(desk, en.builder.more).waitFor();
  await isGood(desk, "builder-more");
  await desk.keyboard.type("how");
  await press("Enter");
  const times = desk.getByRole("textbox", { name: en.builder.number });
  await times.waitFor();
  await times.press("Control+a");
  await desk.keyboard.type("3");
  await press("Enter");
  await sentence(desk, "placed an order at least 3 times in the last 30 days").waitFor();
  await preview().getByText("1", { exact: true }).waitFor();
  await isGood(desk, "builder-counted");

  await press("Control+z");
  await sentence(desk, "placed an order in the last 30 days").waitFor();
  await press("Control+y");
  await sentence(desk, "placed an order at least 3 times in the last 30 days").waitFor();
  await press("ArrowLeft", "ArrowLeft", "Backspace");
  await sentence(desk, "placed an order in the last 30 days").waitFor();

  await press("Control+c", "Control+v");
  await expect.poll(() => sentence(desk, "placed an order in the last 30 days").count()).toBe(2);
  await press("Control+z");
  await expect.poll(() => sentence(desk, "placed an order in the last 30 days").count()).toBe(1);

  const written = () => unpack(new URL(desk.url()).searchParams.get("definition") ?? undefined);
  await expect.poll(written).toEqual({
    all: [
      { did: "Order Completed", within: "P30D" },
      { trait: "city", op: "is", value: "İzmir" },
    ],
  });
  await desk.reload();
  await sentence(desk, "city is İzmir").waitFor();
  await tabTo(desk.getByLabel(en.segments.name, { exact: true }));
  await desk.keyboard.type("Buyers of İzmir");
  await tabTo(desk.getByRole("button", { name: en.segments.save }));
  await press("Enter");
  await desk.getByRole("heading", { name: "Buyers of İzmir" }).waitFor();
  await isGood(desk, "builder-saved");
  await desk.getByText("placed an order in the last 30 days and city is İzmir").first().waitFor();
}, 180_000);

test("whoever makes a segment chooses whether those who fit already count as entering; a taken name is told beside it", async () => {
  await desk.goto(link({ trait: "city", op: "is", value: "Ankara" }, "buyers OF İzmir"));
  await desk.getByRole("checkbox", { name: en.segments.entering }).check();
  await expect.poll(() => desk.url()).toContain("entering=yes");
  await desk.reload();
  await desk.getByRole("button", { name: en.segments.save }).click();
  const name = desk.getByLabel(en.segments.name, { exact: true });
  await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
  await desk.getByText(en.segments.nameTaken).waitFor();
  await isGood(desk, "builder-name-taken");
  await name.fill("People of Ankara");
  await expect.poll(() => desk.getByText(en.segments.nameTaken).count()).toBe(0);
  await desk.getByRole("button", { name: en.segments.save }).click();
  await desk.getByRole("heading", { name: "People of Ankara" }).waitFor();
  await server.settle();
  const { body } = await server.call<{ items: { event: string; properties: { segment_name?: string } }[] }>(
    "GET",
    "/v1/profiles/user_id:u2/events",
  );
  expect(
    body.items.filter(({ event }) => event === "Segment Entered").map(({ properties }) => properties.segment_name),
  ).toEqual(["People of Ankara"]);
});

test("a number is only ever that of the sentences on the screen; what is asked no more is given up", async () => {
  const held: (() => void)[] = [];
  let given = 0;
  desk.on("requestfailed", (request) => {
    if (request.url().endsWith("/preview")) given++;
  });
  await desk.route("**/v1/segments/preview", async (route) => {
    if (route.request().postData()?.includes("Product Viewed"))
      await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => {});
  });
  await desk.goto(link({ all: [{ did: "Product Viewed" }] }));
  await preview().getByText(en.builder.counting.counting).waitFor();
  await expect.poll(() => held.length).toBe(1);
  await add("city");
  await field(desk, en.builder.value).waitFor();
  await preview().getByText(en.builder.counting.unfinished).waitFor();
  await expect.poll(() => given).toBe(1);
  await desk.unroute("**/v1/segments/preview");
  for (const release of held) release();
});

test("a number reckoned from a sample says so, and everybody is counted at one tap", async () => {
  await desk.route("**/v1/segments/preview", async (route) => {
    const { exact } = route.request().postDataJSON() as { exact: boolean };
    await route.fulfill({ json: { size: exact ? 41_872 : 42_000, exact, sample: [], warnings: [] } });
  });
  await desk.goto(link({ trait: "city", op: "is", value: "İzmir" }));
  await preview().getByText("≈ 42,000").waitFor();
  await preview().getByText(en.builder.reckoned).waitFor();
  await isGood(desk, "builder-reckoned");
  await preview().getByRole("button", { name: en.builder.countEverybody }).click();
  await preview().getByText("41,872", { exact: true }).waitFor();
  expect(await preview().getByText(en.builder.reckoned).count()).toBe(0);
  await desk.unroute("**/v1/segments/preview");
});

test("what is wrong is said beside the place it is about, and what cannot be asked is asked again", async () => {
  await desk.goto(link({ any: [{ did: "Product Viewed" }, { not: { did: "Order Completed", within: "P1M" } }] }));
  const wrong = desk.locator("[data-wrong]");
  await wrong.waitFor();
  expect(await wrong.textContent()).toBe("in the last 1 month");
  await desk.getByRole("alert").filter({ hasText: en.builder.problem.no_fixed_length }).waitFor();
  await isGood(desk, "builder-wrong");

  await desk.goto(
    link({
      all: [
        { trait: "city", op: "is", value: "A" },
        { trait: "city", op: "is", value: "B" },
      ],
    }),
  );
  await desk.getByRole("status").filter({ hasText: /\w/ }).first().waitFor();
  await isGood(desk, "builder-warned");

  await desk.goto(link({ did: "order completed", within: "P30D" }));
  const alike = en.builder.warning.other_capitals.replace("{{known}}", "Order Completed");
  await desk.getByRole("status").filter({ hasText: alike }).waitFor();

  let isAway = true;
  await desk.route("**/v1/segments/preview", (route) =>
    isAway
      ? route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: '{"type":"about:blank#unavailable"}',
        })
      : route.continue(),
  );
  await desk.goto(link({ did: "Product Viewed" }));
  await preview().getByText(en.builder.counting.away).waitFor();
  await isGood(desk, "builder-away");
  isAway = false;
  await preview().getByText("1", { exact: true }).waitFor();
  await desk.unroute("**/v1/segments/preview");
  await desk.goto(link({ did: "Never Done" }));
  await preview().getByText(en.segments.nobody).waitFor();
  await isGood(desk, "builder-nobody");
});

test("what was changed is not left behind unasked, and the Back button brings it back", async () => {
  await desk.goto("/segments/new");
  await preview().getByText("3", { exact: true }).waitFor();
  await add("city");
  await field(desk, en.builder.value).fill("Ankara");
  await press("Enter");
  await expect.poll(() => desk.url()).toContain("definition=");
  await desk.getByRole("link", { name: en.nav.orders }).click();
  const question = desk.getByRole("dialog", { name: en.builder.leave.title });
  await question.waitFor();
  await isGood(desk, "builder-leave");
  await question.getByRole("button", { name: en.builder.leave.go }).click();
  await desk.getByRole("heading", { name: en.nav.orders, exact: true }).waitFor();
  await desk.goBack();
  await sentence(desk, "city is Ankara").waitFor();
});

test("of more segments than fit on one page of the api each is in the table and can be asked for", async () => {
  const { body } = await server.call<{ items: object[] }>("GET", "/v1/segments");
  const [segment] = body.items;
  await desk.route("**/v1/segments?*", (route) => {
    const isLast = new URL(route.request().url()).searchParams.get("after") === "second";
    const page = isLast
      ? {
          items: [{ ...segment, id: "019a0000-0000-7000-8000-0000000000aa", name: "Beyond the first page" }],
          next: null,
        }
      : { items: body.items, next: "second" };
    return route.fulfill({ json: page });
  });
  await desk.goto("/segments");
  await desk.getByRole("link", { name: "Beyond the first page" }).waitFor();
  await desk.goto("/segments/new");
  await sentence(desk, "placed an order in the last 30 days").waitFor();
  await press("a");
  await field(desk, en.builder.add).fill("beyond");
  await desk.getByRole("option", { name: /^Beyond the first page/ }).waitFor();
  await desk.unroute("**/v1/segments?*");
});

test("a last time is said by the calendar, and a first step with a property of its own", async () => {
  const written = () => unpack(new URL(desk.url()).searchParams.get("definition") ?? undefined);
  await desk.goto(link({ did: "Order Completed", last: { op: "within_last", value: "P30D" } }, "Calendar"));
  await desk.getByRole("button", { name: "within the last 30 days" }).click();
  await desk.getByLabel(en.builder.operator).selectOption("during");
  await expect
    .poll(written)
    .toEqual({ all: [{ did: "Order Completed", last: { op: "during", value: "this_month" } }] });
  await isGood(desk, "builder-last-during");

  const [viewed, bought] = [{ did: "Product Viewed" }, { did: "Order Completed" }];
  await desk.goto(link({ sequence: [viewed, bought], within: "P7D" }, "Steps"));
  await desk.getByRole("button", { name: en.builder.more }).click();
  await isGood(desk, "builder-more-steps");
  await desk.getByRole("option", { name: en.builder.detail.where }).last().click();
  await field(desk, en.builder.property).fill("category");
  await press("Enter");
  const where = [{ property: "category", op: "is", value: "" }];
  await expect.poll(written).toEqual({ all: [{ sequence: [{ ...viewed, where }, bought], within: "P7D" }] });
});

const NESTED = [3, 2, 1].reduce<object>(
  (inner, depth) => ({
    [depth % 2 === 0 ? "all" : "any"]: [{ trait: "city", op: "is", value: `Level ${depth}` }, inner],
  }),
  { not: { any: [{ did: "Order Completed", count: { op: "gte", value: 2 } }, { did: "Product Viewed" }] } },
);
const EVERYTHING = {
  all: [
    {
      did: "Order Completed",
      count: { op: "gte", value: 3 },
      within: "P30D",
      channel: "store",
      where: [{ property: "products.category", op: "is", value: "rugs" }],
    },
    { did: "A name that a developer has made much too long for anybody to read in one line of a phone", within: "P7D" },
    { did: "Order Completed", last: { op: "not_within_last", value: "P60D" } },
    { sequence: [{ did: "Product Viewed" }, { did: "Checkout Started" }], within: "P7D" },
    { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
    { consent: "email", state: "granted" },
    { message: "opened", count: { op: "gte", value: 2 }, within: "P30D" },
    { did: "Product Viewed", during: "last_month" },
    { rfm: { recency: [4, 5] } },
    { random: { percent: 50, seed: "spring" } },
    { trait: "city", op: "in", value: ["İzmir", "Ankara"] },
    { computed: "days_since_last_order", op: "gte", value: 30 },
    { computed: "revenue", op: "gte", value: 150_000 },
    NESTED,
  ],
};

test.each([
  ["light, at a desk", "desk", { width: 1440, height: 1400 }, "light", "en-GB", en],
  ["dark, at a desk", "dark", { width: 1440, height: 1400 }, "dark", "en-GB", en],
  ["on a phone, in Turkish", "phone-tr", { width: 390, height: 2200 }, "light", "tr-TR", tr],
  ["dark, on a phone, in Indonesian", "phone-id", { width: 390, height: 2200 }, "dark", "id-ID", id],
  ["in Turkish, at a desk", "desk-tr", { width: 1440, height: 1400 }, "light", "tr-TR", tr],
] as const)(
  "every kind of sentence and five groups within each other fit: %s",
  async (_name, picture, size, scheme, locale, words) => {
    const page = await open(size, scheme, locale);
    await page.goto(link(EVERYTHING, "A segment of everything"));
    await page.getByRole("region", { name: words.segments.preview }).getByText(words.segments.nobody).waitFor();
    await isGood(page, `builder-everything-${picture}`);
    await page.getByRole("button", { name: words.builder.add, exact: true }).last().click();
    await page.getByRole("combobox", { name: words.builder.add }).waitFor();
    await isGood(page, `builder-add-${picture}`, "[role=dialog]");
    await page.goto(`${link(EVERYTHING)}&as=json`);
    await page.getByRole("textbox", { name: words.builder.json }).waitFor();
    await isGood(page, `builder-json-${picture}`);
    await page.context().close();
  },
);
