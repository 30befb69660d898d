import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { inTransaction, sql } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody says something to many, looks at it as one of them, and sees what came of it; axe looks at every screen. */
const DESK = { viewport: { width: 1440, height: 1000 }, colorScheme: "light", locale: "en-GB" } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "tr-TR" } as const;
const words = en.broadcasts;

let server: TestServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  server = await createServer();
  const now = new Date(server.clock.now().epochMilliseconds).toISOString();
  const consent = { channel: "email", purpose: "marketing", state: "granted", source: "shop" };
  const batch = Array.from({ length: 12 }, (_, i) => [
    {
      type: "identify",
      userId: `b${i}`,
      messageId: `i${i}`,
      timestamp: now,
      traits: { email: `b${i}@example.com`, first_name: `Ayşe ${i}`, city: "Izmir" },
    },
    // The last two have never agreed.
    ...(i < 10
      ? [
          {
            type: "track",
            event: "Consent Changed",
            userId: `b${i}`,
            messageId: `c${i}`,
            timestamp: now,
            properties: consent,
          },
        ]
      : []),
  ]).flat();
  await server.call("POST", "/v1/batch", { batch }, { authorization: `Bearer ${server.writeKey}` });
  await server.call("POST", "/v1/segments", { name: "Izmir", definition: { trait: "city", op: "is", value: "Izmir" } });
  for (const name of ["Spring", "Summer"]) {
    const contents = {
      en: { subject: `${name} for {{ person.first_name }}`, body: "Hello {{ person.first_name }}" },
    };
    const { status } = await server.call("POST", "/v1/templates", { name, purpose: "marketing", contents });
    expect(status).toBe(201);
  }
  await server.settle();
  browser = await launchBrowser();
  desk = await openSignedIn(browser, server, DESK);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

test("a broadcast is written beside what one of them gets, saved, launched, and everybody is accounted for", async () => {
  await desk.goto("/messages/broadcasts");
  await desk.getByText(words.noneText).waitFor();
  await isGood(desk, "broadcasts-none");
  await desk.getByRole("button", { name: words.create }).first().click();
  await desk.getByLabel(words.name).fill("Spring sale");
  await choose(desk, words.audience, "Izmir");
  await choose(desk, words.template, "Spring");
  await desk.getByRole("heading", { name: "12 people" }).waitFor();
  await desk.getByText(/^Spring for Ayşe/).waitFor();
  await isGood(desk, "broadcasts-new");
  await desk.getByRole("button", { name: words.saveDraft }).click();
  await desk.getByRole("button", { name: words.removeDraft }).waitFor();
  await desk.getByRole("button", { name: words.launch }).click();
  await desk.getByText("“Spring sale” goes to 12 people.").waitFor();
  await isGood(desk, "broadcasts-launch");
  await desk.getByRole("dialog").getByRole("button", { name: words.launch }).click();
  await desk.getByRole("button", { name: words.pause }).waitFor();
  await server.settle();
  for (let i = 0; i < 4; i++) {
    server.clock.advance("PT0.5S");
    await server.settle();
  }
  await desk.getByText(words.states.done).first().waitFor();
  const progress = desk.getByRole("region", { name: words.progress });
  expect(await progress.textContent()).toMatch(/Audience12.*Sent10.*Skipped2/);
  await desk.getByText(words.skippedWhy).waitFor();
  await isGood(desk, "broadcasts-done");
});

test("the report on all messages says why people got nothing", async () => {
  await desk.goto("/messages/reports");
  await desk.getByText(words.skippedWhy).waitFor();
  const why = desk.getByText(en.label.message_reason.no_consent).locator("..");
  expect(await why.textContent()).toMatch(/2$/);
  await isGood(desk, "messages-report");
});

test("a message of a broadcast says that it is one, and what its provider told of it", async () => {
  await sql`update messages.messages set delivered_at = sent_at where status = 'sent'`.execute(server.db);
  const { body } = await server.call<{ items: { id: string }[] }>("GET", "/v1/messages?status=sent&limit=1");
  await desk.goto(`/messages?message=${body.items[0]?.id}`);
  const drawer = desk.getByRole("dialog");
  await drawer.getByText(`${en.messages.byBroadcast} Spring sale`).waitFor();
  await drawer.getByText(en.messages.step.delivered, { exact: true }).waitFor();
  expect(await drawer.getByText(en.messages.step.bounced, { exact: true }).count()).toBe(0);
  await isGood(desk, "messages-of-a-broadcast");
});

test("variants, a winner and a holdout; a pause and a cancel that asks for the number of people", async () => {
  await desk.goto("/messages/broadcasts/new");
  await desk.getByLabel(words.name).fill("Two ways");
  await choose(desk, words.audience, "Izmir");
  await desk.getByRole("button", { name: words.addVariant }).click();
  await choose(desk, "Variant A", "Spring");
  await choose(desk, "Variant B", "Summer");
  await desk.getByRole("switch", { name: words.hasWinner }).click();
  await desk.getByText(words.kinds.at, { exact: true }).click();
  await desk.getByLabel(words.at).fill("2027-01-01T09:00");
  await isGood(desk, "broadcasts-variants");
  await desk.getByRole("button", { name: words.launch }).click();
  await desk.getByRole("dialog").getByRole("button", { name: words.launch }).click();
  await desk.getByRole("button", { name: words.pause }).click();
  await desk.getByText(words.states.paused).waitFor();
  const plan = desk.getByText(words.plan.test.slice(0, 8));
  expect(await plan.textContent()).toMatch(/^Begins Jan 1, 2027, .*Tried on 20% .*“Clicked” goes to the rest\.$/);
  const phone = await openSignedIn(browser, server, PHONE);
  await phone.goto(desk.url().replace(server.url, ""));
  await phone.getByText(tr.broadcasts.states.paused).waitFor();
  await isGood(phone, "broadcasts-phone-tr");
  await phone.goto("/messages/broadcasts");
  await phone.getByText("Spring sale").waitFor();
  await isGood(phone, "broadcasts-list-phone-tr");
  await phone.goto("/messages/broadcasts/new");
  await phone.getByText(tr.broadcasts.holdoutText).waitFor();
  await isGood(phone, "broadcasts-new-phone-tr");
  await phone.context().close();
  await desk.getByRole("button", { name: words.cancel }).click();
  const dialog = desk.getByRole("dialog");
  expect(await dialog.getByRole("button", { name: words.cancel }).isDisabled()).toBe(true);
  await dialog.getByLabel("Type 0, the number of people in the audience").fill("0");
  await dialog.getByRole("button", { name: words.cancel }).click();
  await desk.getByText(words.states.cancelled).first().waitFor();
});

test("what was given up is on a screen, and is sent again", async () => {
  await desk.goto("/messages/failed");
  await desk.getByText(words.noneFailed).waitFor();
  await isGood(desk, "messages-failed-none");
  const mail = { to: "b0@example.com", subject: "Your receipt", text: "42 TRY", html: "<p>42 TRY</p>" };
  await inTransaction(server.db, async (tx) => {
    await server.rooms.messages.sendMail({ ...mail, listed: { profileId: null } }, tx);
    await server.rooms.messages.sendMail(mail, tx);
    await sql`update messages.messages set status = 'failed', reason = '554 policy',
      content = case when subject is not null then content end where dedup_key like 'direct:%'`.execute(tx);
  });
  await desk.reload();
  await desk.getByText(words.notKept).waitFor();
  await isGood(desk, "messages-failed");
  await desk.getByRole("button", { name: words.resend }).click();
  await desk.getByText("Your receipt").waitFor({ state: "detached" });
  await server.settle();
  const { body } = await server.call<{ items: { subject: string }[] }>("GET", "/v1/mailbox?limit=1");
  expect(body.items).toMatchObject([{ subject: "Your receipt" }]);
});
