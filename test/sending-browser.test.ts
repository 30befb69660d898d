import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** A retailer says how often and when people may be written to; a shopper says what she wants: in a real browser. */
let server: TestServer;
let browser: Browser;
let desk: Page;
let profileId: string;
const words = en.sending;

beforeAll(async () => {
  server = await createServer();
  const traits = { email: "ayse@example.com", phone: "+905551112233", first_name: "Ayşe", language: "tr" };
  await server.call("POST", "/v1/identify", { writeKey: server.writeKey, userId: "ayse", traits });
  await server.settle();
  profileId = (await server.call<{ id: string }>("GET", "/v1/profiles/user_id:ayse")).body.id;
  await server.call("PUT", `/v1/profiles/${profileId}/consent`, { channel: "email", state: "granted" });
  await server.settle();
  browser = await launchBrowser();
  desk = await openSignedIn(browser, server, {
    viewport: { width: 1440, height: 1000 },
    colorScheme: "light",
    locale: "en-GB",
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("caps, quiet hours, windows and topics are set on one screen, and hold", async () => {
  await desk.goto("/settings?tab=sending");
  await desk.getByRole("heading", { name: words.title }).waitFor();
  await desk.getByRole("button", { name: words.addCap }).click();
  await desk.getByRole("button", { name: words.addWindow }).click();
  await desk.getByRole("button", { name: en.action.save }).first().click();
  await desk.getByText(words.changed.replace("{{name}}", "Test Staff")).waitFor();
  await desk.getByPlaceholder("new_arrivals").fill("new_arrivals");
  await desk.getByLabel(words.topicName.replace("{{language}}", "en")).fill("New arrivals");
  await desk.getByLabel(words.topicName.replace("{{language}}", "tr")).fill("Yeni gelenler");
  await desk.getByRole("button", { name: words.addTopic }).click();
  await desk.getByText("New arrivals", { exact: true }).waitFor();
  await isGood(desk, "sending rules");
  const { body } = await server.call<{ caps: object[]; windows: object[] }>("GET", "/v1/sending-rules");
  expect(body).toMatchObject({
    caps: [{ channel: null, messages: 3, per: "P7D" }],
    windows: [{ channels: ["email"], from: "09:00", to: "20:00" }],
  });
});

test("rules that mean nothing are refused on the screen, with what to mend", async () => {
  await desk.getByLabel(words.to, { exact: true }).first().fill("21:00");
  await desk.getByRole("button", { name: en.action.save }).first().click();
  await desk.getByText("400 invalid_request").waitFor();
  await isGood(desk, "rules refused");
});

test("the same in the dark, on a phone, in Turkish; the profile says how she is reached", async () => {
  const page = await openSignedIn(browser, server, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "tr-TR",
  });
  await page.goto("/settings?tab=sending");
  await page.getByRole("heading", { name: tr.sending.title }).waitFor();
  await page.getByText("Yeni gelenler", { exact: true }).waitFor();
  await isGood(page, "sending rules on a phone");
  await page.goto(`/people/${profileId}`);
  const card = page.getByRole("region", { name: tr.sending.reach });
  await card.getByText(tr.sending.reachOthers, { exact: false }).waitFor();
  await card.scrollIntoViewIfNeeded();
  await isGood(page, "how to reach her");
});

const listed = async (channel: string) =>
  (await server.call<{ items: object[] }>("GET", `/v1/suppressions?channel=${channel}`)).body.items;

test("what nothing goes to is added, refused beside its field, listed by channel, and lifted once it is said what that means", async () => {
  const said = en.suppressions;
  await desk.goto("/messages");
  await desk.getByRole("tab", { name: en.messages.tab.suppressions }).click();
  await desk.getByText(said.empty).waitFor();
  await isGood(desk, "nothing suppressed");
  await desk.getByRole("combobox", { name: said.channel }).click();
  await desk.getByRole("option", { name: "SMS" }).click();
  await desk.waitForURL("**/messages/suppressions?channel=sms");
  await desk.getByRole("button", { name: said.create }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel(said.number).fill("0555 111 22 33");
  await dialog.getByRole("button", { name: said.add, exact: true }).click();
  await dialog.getByText(said.numberWrong).waitFor();
  await isGood(desk, "a number refused");
  await dialog.getByLabel(said.number).fill("+90 555 111 22 33");
  await dialog.getByRole("button", { name: said.add, exact: true }).click();
  await desk.getByText("+905551112233", { exact: true }).waitFor();
  expect(await listed("sms")).toMatchObject([{ address: "+905551112233", reason: "manual" }]);
  await isGood(desk, "suppressed numbers");

  const phone = await openSignedIn(browser, server, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "tr-TR",
  });
  await phone.goto("/messages/suppressions?channel=sms");
  await phone.getByText(tr.suppressions.reasons.manual).first().waitFor();
  expect(await phone.title()).toBe(`${tr.suppressions.title} · Kilim`);
  await isGood(phone, "suppressed numbers on a phone");
  await phone.context().close();

  await desk.getByRole("button", { name: "Lift +905551112233" }).click();
  await dialog.getByText(said.why.manual).waitFor();
  await isGood(desk, "lifting");
  expect(await listed("sms")).toHaveLength(1);
  await dialog.getByRole("button", { name: said.lift, exact: true }).click();
  await desk.getByText(said.empty).waitFor();
  expect(await listed("sms")).toEqual([]);
});

test("an address of somebody who was erased is told as such, and no hash is shown", async () => {
  const email = "gone@example.com";
  await server.call("POST", "/v1/identify", { writeKey: server.writeKey, userId: "gone", traits: { email } });
  await server.settle();
  await server.call("POST", "/v1/suppressions", { address: email });
  await server.call("DELETE", "/v1/profiles/user_id:gone");
  await server.settle();
  await desk.goto("/messages/suppressions");
  await desk.getByText(en.suppressions.erased).waitFor();
  expect(await desk.getByRole("table").textContent()).not.toContain("erased:");
  expect(await desk.getByRole("button", { name: en.suppressions.lift }).count()).toBe(0);
  await isGood(desk, "an erased address");
});

test("she chooses on the preference page: in her language, light and dark, on a phone", async () => {
  const { body } = await server.call<{ url: string }>("GET", `/v1/profiles/${profileId}/preferences-link`);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(body.url);
  await isGood(page, "preference page");
  await page.getByLabel("Teklifler ve haberler").uncheck();
  await page.getByLabel("Yeni gelenler").check();
  await page.getByLabel("En uygun zaman").selectOption("evening");
  await page.getByRole("button", { name: "Kaydet" }).click();
  await page.getByRole("status").getByText("Kaydedildi. Teşekkürler.").waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await isGood(page, "preferences saved");
  await server.settle();
  const { body: her } = await server.call<{ consent: object }>("GET", `/v1/profiles/${profileId}`);
  expect(her.consent).toMatchObject({
    email: { marketing: { state: "denied" }, new_arrivals: { state: "granted" } },
  });
  await context.close();
});
