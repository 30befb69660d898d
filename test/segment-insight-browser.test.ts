import { readFile } from "node:fs/promises";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** What a segment tells, its people as a file, and lists: in a real browser; axe looks at every screen. */
let server: TestServer;
let browser: Browser;
let desk: Page;
let segment: string;
let ofIzmir: string;
let wendela: string;
const troubles: string[] = [];
const words = en.segmentPage;

beforeAll(async () => {
  server = await createServer();
  const person = (n: string, first_name: string) => [
    { type: "identify", userId: n, traits: { first_name, email: `${n}@example.com`, city: "Izmir" } },
    { type: "track", userId: n, event: "Product Viewed", properties: { name: "Kilim" } },
  ];
  const batch = [...person("w-1", "Wendela"), ...person("k-1", "Kemal")];
  await server.call("POST", "/v1/batch", { batch }, { authorization: `Bearer ${server.writeKey}` });
  await server.settle();
  segment = await create(
    "Viewers of this month, under a name that is long enough to need a second line on a telephone",
    {
      did: "Product Viewed",
      within: "P30D",
    },
  );
  ofIzmir = await create("Of Izmir", { trait: "city", op: "is", value: "Izmir" });
  wendela = (await server.call<{ id: string }>("GET", "/v1/profiles/user_id:w-1")).body.id;
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 900 }, "light", "en-GB");
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function create(name: string, definition: object): Promise<string> {
  const { body } = await server.call<{ id: string }>("POST", "/v1/segments", { name, definition });
  await server.settle();
  return body.id;
}

async function open(
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark",
  locale: string,
): Promise<Page> {
  const page = await openSignedIn(browser, server, { viewport, colorScheme, locale });
  page.on("pageerror", (error) => troubles.push(String(error)));
  return page;
}

/** Chooses in a list that opens under a field. */
async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page
    .getByRole("combobox", { name: field })
    .or(page.getByLabel(field, { exact: true }))
    .first()
    .click();
  await page.getByRole("option", { name: option }).first().click();
}

test("a segment's page says how large it was, what its people are like and who came in last", async () => {
  await desk.goto(`/segments/${segment}`);
  await desk.getByRole("region", { name: words.newest }).getByRole("link", { name: "Wendela" }).waitFor();
  const composition = desk.getByRole("region", { name: words.composition });
  await composition.getByText("Izmir").waitFor();
  await composition.getByText(words.dimension.channel).waitFor();
  await desk.getByText(en.home.table, { exact: true }).click();
  const sizes = desk.getByRole("region", { name: words.sizeOverTime });
  await sizes.getByRole("cell", { name: "2", exact: true }).first().waitFor();
  await isGood(desk, "overview");
});

test("while it is being filled its page tells how far, as it goes on, and what stands in the way", async () => {
  const { body } = await server.call<object>("GET", `/v1/segments/${segment}`);
  const told = [
    { state: "backfilling", progress: 0.125, problem: null },
    { state: "backfilling", progress: 0.625, problem: "connect ECONNREFUSED" },
    { state: "live", progress: 1, problem: null },
  ];
  let step = 0;
  await desk.route(`**/v1/segments/${segment}`, (route) => route.fulfill({ json: { ...body, ...told[step] } }));
  await desk.goto(`/segments/${segment}`);
  const share = (text: string) => desk.getByRole("progressbar", { name: words.filling.replace("{{share}}", text) });
  await share("12.5%").waitFor();
  step = 1;
  await share("62.5%").waitFor();
  await desk.getByText(words.fillProblem).waitFor();
  await isGood(desk, "segment-filling");
  step = 2;
  await share("62.5%").waitFor({ state: "detached" });
  await desk.unroute(`**/v1/segments/${segment}`);
});

test("its overlap with another segment stands in the address", async () => {
  await desk.getByRole("tab", { name: words.tab.overlap }).click();
  await desk.getByText(words.overlapEmpty).waitFor();
  await choose(desk, words.overlapWith, "Of Izmir");
  await desk.keyboard.press("Escape");
  await desk.getByRole("row", { name: /Of Izmir.*100%/ }).waitFor();
  expect(new URL(desk.url()).searchParams.get("with")).not.toBeNull();
  await isGood(desk, "overlap");
});

test("why somebody is in it is told with the event, live, on the segment's page and on the person's", async () => {
  await desk.goto(`/segments/${segment}?tab=why`);
  await desk.getByText(words.whyEmpty).waitFor();
  await desk.goto(`/segments/${segment}?tab=why&person=${wendela}`);
  await desk.getByText(words.evidence.found_one.replace("{{shown}}", "1")).waitFor();
  await isGood(desk, "why");
  const viewed = { type: "track", userId: "w-1", event: "Product Viewed" };
  await server.call("POST", "/v1/batch", { batch: [viewed] }, { authorization: `Bearer ${server.writeKey}` });
  await server.settle();
  await desk.getByText(words.evidence.found_other.replace("{{shown}}", "2")).waitFor();

  await desk.goto(`/people/${wendela}`);
  await desk.getByRole("button", { name: words.whyNot }).click();
  await choose(desk, words.whichSegment, "Of Izmir");
  await desk.getByText(words.verdict.stays).waitFor();
  await isGood(desk, "why on a person's page");
});

test("its people are exported in the background and fetched as a file", async () => {
  await desk.goto(`/segments/${segment}?action=export`);
  await desk.getByRole("button", { name: words.export.start_other.replace("{{shown}}", "2") }).click();
  const link = desk.getByRole("link", { name: words.export.fetch });
  await link.waitFor();
  await isGood(desk, "export");
  const file = desk.waitForEvent("download");
  await link.click();
  const text = await readFile(await (await file).path(), "utf8");
  expect(text).toContain("Wendela,w-1@example.com");
});

test("somebody is put on a list by hand, and taken off again by undo", async () => {
  await desk.goto("/segments/lists");
  await desk.getByText(en.lists.emptyText).waitFor();
  await isGood(desk, "no lists");
  await desk.getByRole("button", { name: en.lists.create }).first().click();
  await desk.getByLabel(en.lists.name, { exact: true }).fill("Guests");
  await desk.getByRole("dialog").getByRole("button", { name: en.lists.create }).click();
  await desk.getByRole("heading", { name: "Guests", level: 1 }).waitFor();
  await desk.getByText(en.lists.nobodyText).waitFor();
  await choose(desk, en.lists.addByHand, /Kemal/);
  await desk.getByRole("link", { name: "Kemal" }).waitFor();
  await desk.getByRole("button", { name: en.lists.undo }).click();
  await desk.getByText(en.lists.nobodyText).waitFor();
});

test("a list's name that another has, in other capitals, is told beside the field", async () => {
  const list = desk.url();
  await desk.goto("/segments/lists?action=create");
  await desk.getByLabel(en.lists.name, { exact: true }).fill("GUESTS");
  await desk.getByRole("dialog").getByRole("button", { name: en.lists.create }).click();
  await desk.getByText(en.lists.nameTaken).waitFor();
  await isGood(desk, "list-name-taken");
  await desk.goto(list);
});

test("a file is put on the list, and says which of its rows are nobody", async () => {
  await desk.getByRole("button", { name: en.lists.upload }).click();
  const csv = "Name,E-mail\nKemal,k-1@example.com\nX,nobody@example.com\n";
  await desk
    .locator("input[type=file]")
    .setInputFiles({ name: "guests.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await desk.getByText("nobody@example.com").first().waitFor();
  await isGood(desk, "upload");
  await desk.getByRole("button", { name: en.lists.start, exact: true }).click();
  await desk.getByRole("link", { name: "Kemal" }).waitFor();
  const file = desk.waitForEvent("download");
  await desk.getByRole("link", { name: en.lists.unmatched_one.replace("{{shown}}", "1") }).click();
  expect(await readFile(await (await file).path(), "utf8")).toContain("nobody@example.com");
  await isGood(desk, "list");
});

test("a list that a segment asks for cannot be deleted; on a telephone, in the dark, in Turkish", async () => {
  const id = new URL(desk.url()).pathname.split("/").at(-1) ?? "";
  await create("Guests of the opening", { in_list: id });
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto(`/segments/lists/${id}?action=delete`);
  await phone
    .getByText(/Guests of the opening/)
    .first()
    .waitFor();
  expect(await phone.getByRole("dialog").getByRole("button", { name: tr.lists.delete }).isDisabled()).toBe(true);
  await isGood(phone, "list on a telephone");
  for (const tab of ["", `?tab=overlap&with=${ofIzmir}`, "?tab=why", "?tab=people"]) {
    await phone.goto(`/segments/${segment}${tab}`);
    await phone.getByRole("tab", { name: tr.segmentPage.tab.overview }).waitFor();
    await phone.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
    await isGood(phone, `segment on a telephone ${tab}`);
  }
  expect(troubles).toEqual([]);
});
