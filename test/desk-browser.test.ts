import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Letters are printed, what a channel costs is written down, and what somebody allowed is looked up with its proof. */
let server: TestServer;
let browser: Browser;
let desk: Page;
let person: string;

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  desk = await openSignedIn(browser, server, { viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const traits = { first_name: "Ayşe", email: "ayse@example.com" };
  const identify = { type: "identify", messageId: "l1", userId: "l1", traits };
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch: [identify] });
  await server.settle();
  person = (await server.call<{ id: string }>("GET", "/v1/profiles/user_id:l1")).body.id;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("letters that wait become a file for the printer", async () => {
  await desk.goto("/messages/letters");
  await desk.getByText(en.letters.noneText).waitFor();
  const to = JSON.stringify({ name: "Ayşe", line1: "Kordon 1", city: "Izmir", postal_code: "35210", country: "TR" });
  const content = {
    channel: "letter",
    format: "letter_a4",
    heading: "Merhaba",
    body: "Bir",
    footer: "Dokuma",
  } as const;
  await inTransaction(server.db, (tx) => server.rooms.messages.sendDirect(tx, { profileId: person, to, content }));
  await server.settle();
  await desk.reload();
  await desk.getByText("1 letter waits for the printer").waitFor();
  await isGood(desk, "letters");
  await desk.getByRole("button", { name: en.letters.make }).click();
  const file = desk.getByRole("link", { name: "PDF" });
  await file.waitFor();
  const pdf = await desk.request.get(new URL((await file.getAttribute("href")) ?? "", server.url).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const small = await openSignedIn(browser, server, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "tr-TR",
  });
  await small.goto("/messages/letters");
  await small.getByText(tr.letters.formats.letter_a4).waitFor();
  await isGood(small, "letters small");
});

test("what a message costs is written down in whole money, and a channel taken out of the choice", async () => {
  await desk.goto("/settings?tab=sending");
  const cost = en.sending.costOf.replace("{{channel}}", en.label.channel.sms);
  await desk.getByLabel(cost, { exact: true }).fill("0.25");
  await desk.getByLabel(en.label.channel.call, { exact: true }).uncheck({ force: true });
  await isGood(desk, "costs");
  await desk
    .locator("form", { hasText: en.sending.purchaseWorth })
    .getByRole("button", { name: en.action.save })
    .click();
  await desk.getByText(en.settings.saved).waitFor();
  const { body } = await server.call<{ channels: object }>("GET", "/v1/reach-settings");
  expect(body.channels).toMatchObject({ sms: { cost: 25, used: true }, call: { used: false } });
});

test("what somebody has allowed and refused stands there with its wording and proof", async () => {
  for (const [state, wording] of [
    ["granted", "Yes, write to me"],
    ["denied", "No more, please"],
  ])
    await server.call("PUT", `/v1/profiles/${person}/consent`, { channel: "sms", state, wording, source: "till" });
  await server.settle();
  await desk.goto(`/people/${person}`);
  await desk.getByRole("button", { name: en.profile.consentHistory }).click();
  await desk.getByText("“Yes, write to me”").waitFor();
  await desk.getByText("“No more, please”").waitFor();
  await isGood(desk, "consent history", "[role=dialog]");
});
