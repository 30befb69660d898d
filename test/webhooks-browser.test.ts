import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { isSignedBy } from "../server/src/webhooks/testing/receiver.ts";
import { Stage } from "../server/src/webhooks/testing/stage.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody connects her CRM, loses it for a while and gets everything back: in a real browser; axe looks at every screen. */
let stage: Stage;
let browser: Browser;
let desk: Page;
const words = en.webhooks;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.makeSegment("Izmir");
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 900 }, "light", "en-GB");
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

function open(
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark",
  locale: string,
): Promise<Page> {
  return openSignedIn(browser, stage.server, { viewport, colorScheme, locale });
}

test("a webhook is made, its secret shown once, and a test proves that the receiver listens", async () => {
  await desk.goto("/settings?tab=webhooks");
  await desk.getByText(words.noneText).waitFor();
  await isGood(desk, "no webhooks");
  await desk.getByRole("link", { name: words.new }).click();
  await desk.getByLabel(words.url).fill("http://10.0.0.1/");
  await desk.getByText(words.notSecret).waitFor();
  await desk.getByRole("button", { name: words.create }).click();
  await desk.getByText("422 webhook_address_refused").waitFor();
  await isGood(desk, "a refused address");
  await desk.getByLabel(words.url).fill(stage.receiver.url("/crm"));
  await desk.getByLabel(words.description).fill("Our CRM");
  await desk.getByText(words.someSegments).click();
  await desk.getByPlaceholder(words.chooseSegments).click();
  await desk.getByRole("option", { name: "Izmir" }).click();
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: words.create }).click();
  await desk.getByText(words.secretOnce).waitFor();
  const secret = (await desk.locator("code").textContent()) ?? "";
  await isGood(desk, "the secret");
  await desk.getByRole("link", { name: words.goOn }).click();
  await desk.getByRole("heading", { name: "Our CRM" }).waitFor();
  await desk.getByRole("button", { name: words.test }).click();
  const drawer = desk.getByRole("dialog", { name: words.oneDelivery });
  await drawer.getByText("200").or(drawer.getByText("204")).first().waitFor();
  await isGood(desk, "a test message");
  const [hook] = stage.receiver.received;
  expect(hook && isSignedBy(secret, hook)).toBe(true);
  await desk.keyboard.press("Escape");
});

test("deliveries appear by themselves; a failed one shows each try, and is sent again", async () => {
  stage.receiver.answer = (_hook, response) => void response.writeHead(500).end("our database is away");
  await stage.identify("u-1", "Izmir");
  const table = desk.getByRole("table", { name: words.deliveries });
  await table.getByText(words.type.segment.entered).waitFor();
  await table.getByText("500").waitFor();
  await desk.getByText(words.failingText).waitFor();
  await isGood(desk, "a receiver in trouble");
  await table.getByText(words.type.segment.entered).click();
  const drawer = desk.getByRole("dialog", { name: words.oneDelivery });
  await drawer.getByText("our database is away").waitFor();
  await isGood(desk, "a failed try");
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto(desk.url());
  await phone.getByText("our database is away").waitFor();
  await isGood(phone, "a failed try on a phone");
  await phone.keyboard.press("Escape");
  await phone.getByText(tr.webhooks.failingText).waitFor();
  await isGood(phone, "a webhook on a phone");
  await phone.goto("/settings?tab=webhooks");
  await phone.getByText("Our CRM").waitFor();
  await isGood(phone, "webhooks on a phone");
  await phone.goto("/settings/webhooks/new");
  await phone.getByLabel(tr.webhooks.url).waitFor();
  await isGood(phone, "a new webhook on a phone");
  await phone.context().close();
  stage.receiver.reset();
  stage.server.clock.advance("PT10S");
  await drawer.getByText(words.delivery.delivered).waitFor();
  await drawer.getByRole("button", { name: words.resend }).click();
  await expect.poll(() => stage.receiver.received.length).toBe(2);
  await desk.keyboard.press("Escape");
});

test("disabled, what happens waits; enabling asks what becomes of it; a period is sent again", async () => {
  await desk.getByRole("button", { name: words.actions }).click();
  await desk.getByRole("menuitem", { name: words.disable }).click();
  await desk.getByText(words.reason.manual).waitFor();
  await stage.identify("u-2", "Izmir");
  await isGood(desk, "a disabled webhook");
  await desk.getByRole("button", { name: words.enable }).click();
  await desk.getByText(words.enableText_one).waitFor();
  await isGood(desk, "enabling");
  await desk.getByRole("button", { name: words.skip }).click();
  await desk.getByText(words.delivery.skipped).waitFor();
  stage.receiver.reset();
  await desk.getByRole("button", { name: words.actions }).click();
  await desk.getByRole("menuitem", { name: words.replay }).click();
  // The clock of this Kilim stands in March.
  await desk.getByLabel(words.from).fill("2026-03-01T00:00");
  await desk.getByLabel(words.until).fill("2026-03-04T00:00");
  await isGood(desk, "sending a period again");
  await desk.getByRole("button", { name: words.replayNow }).click();
  await desk.getByText(words.replayed_one).waitFor();
  await expect.poll(() => stage.receiver.received.length).toBe(1);
});

test("the secret is changed, the webhook edited, and removed", async () => {
  await desk.getByRole("button", { name: words.actions }).click();
  await desk.getByRole("menuitem", { name: words.rotate }).click();
  const dialog = desk.getByRole("dialog", { name: words.dialog.rotate });
  await dialog.getByRole("button", { name: words.rotate }).click();
  await dialog.getByText(words.secretOnce).waitFor();
  await isGood(desk, "a new secret");
  await dialog.getByRole("button", { name: en.action.close }).last().click();
  await desk.getByRole("button", { name: words.actions }).click();
  await desk.getByRole("menuitem", { name: en.action.edit }).click();
  await desk.getByLabel(words.description).fill("The old CRM");
  await isGood(desk, "editing");
  await desk.getByRole("button", { name: en.action.save }).click();
  await desk.getByRole("heading", { name: "The old CRM" }).waitFor();
  await desk.getByRole("button", { name: words.actions }).click();
  await desk.getByRole("menuitem", { name: en.action.remove }).click();
  await desk.getByRole("button", { name: words.removeNow }).click();
  await desk.getByText(words.noneText).waitFor();
});
