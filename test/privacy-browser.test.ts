import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody asks to be erased and kept out, and later to come back: in a real browser; axe looks at every screen. */
let server: TestServer;
let browser: Browser;
let desk: Page;
let person: string;

beforeAll(async () => {
  server = await createServer();
  const identify = { type: "identify", userId: "w-1", traits: { first_name: "Wendela", email: "w@example.com" } };
  await server.call("POST", "/v1/batch", { batch: [identify] }, { authorization: `Bearer ${server.writeKey}` });
  await server.settle();
  person = (await server.call<{ id: string }>("GET", "/v1/profiles/user_id:w-1")).body.id;
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
  return openSignedIn(browser, server, { viewport, colorScheme, locale });
}

test("before anybody was erased the pages say how it is done", async () => {
  await desk.goto("/privacy");
  await desk.getByText(en.privacy.noErasuresText).waitFor();
  await isGood(desk, "no erasures");
  await desk.getByRole("tab", { name: en.privacy.tab.suppressed }).click();
  await desk.getByText(en.privacy.noSuppressedText).waitFor();
  await isGood(desk, "nobody kept out");
  await desk.goto("/privacy?tab=retention");
  await desk.getByText(en.privacy.previewNone).waitFor();
  await isGood(desk, "age of events");
});

test("everything about a person is taken home; she is erased by a typed word, and the receipt fills by itself", async () => {
  await desk.goto(`/people/${person}`);
  await desk.getByRole("button", { name: en.person.actions }).click();
  const file = desk.waitForEvent("download");
  await desk.getByRole("menuitem", { name: en.privacy.export }).click();
  expect((await file).suggestedFilename()).toBe("person.json");
  await desk.getByRole("button", { name: en.person.actions }).click();
  await desk.getByRole("menuitem", { name: en.privacy.erase }).click();
  const dialog = desk.getByRole("dialog", { name: en.privacy.eraseTitle });
  await dialog.getByText(en.privacy.eraseStaysText).waitFor();
  await isGood(desk, "the dialog");
  const button = dialog.getByRole("button", { name: en.privacy.eraseNow });
  expect(await button.isDisabled()).toBe(true);
  await dialog.getByLabel(en.privacy.suppress).check();
  await dialog.getByRole("textbox").fill("erase");
  await button.click();
  await desk.waitForURL(/\/privacy\/erasures\//);
  await desk.getByRole("img", { name: en.privacy.state.waiting }).waitFor({ state: "detached" });
  await desk.getByText(en.privacy.kinds.identifiers).waitFor();
  await isGood(desk, "a receipt");
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto(desk.url());
  await phone.getByText(tr.privacy.kinds.identifiers).waitFor();
  await isGood(phone, "a receipt on a phone");
  await phone.goto("/privacy?tab=retention");
  await phone.getByText(tr.privacy.previewNone).waitFor();
  await isGood(phone, "age of events on a phone");
  await phone.context().close();
});

test("she is found by her address among those kept out, and let back", async () => {
  await desk.goto("/privacy?tab=suppressed");
  await desk.getByLabel(en.privacy.value).fill("nobody@example.com");
  await desk.getByRole("button", { name: en.privacy.find }).click();
  await desk.getByText(en.privacy.notFound).waitFor();
  await desk.getByLabel(en.privacy.value).fill("W@example.com");
  await desk.getByRole("button", { name: en.privacy.find }).click();
  await isGood(desk, "somebody kept out");
  await desk.getByRole("button", { name: en.privacy.lift }).click();
  await desk.getByText(en.privacy.noSuppressedText).waitFor();
});

test("how old events may become is set with what it would remove before the eyes", async () => {
  await desk.goto("/privacy?tab=retention");
  await desk.getByText(en.privacy.forDays).click();
  await desk.getByLabel(en.privacy.days, { exact: true }).fill("400");
  const save = desk.getByRole("button", { name: en.privacy.save });
  await expect.poll(() => save.isEnabled()).toBe(true);
  await save.click();
  await expect.poll(async () => (await server.call<{ days: number }>("GET", "/v1/retention")).body.days).toBe(400);
});
