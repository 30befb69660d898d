import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { setAside } from "../server/src/collect/index.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** What somebody who connects a shop does in the event debugger, in a real browser; and axe looks at every screen. */
let server: TestServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  server = await createServer();
  await send({ type: "identify", userId: "w-1", traits: { first_name: "Wendela", email: "w@example.com" } });
  await server.settle();
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 900 }, "light", "en-GB");
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function send(...batch: readonly object[]): Promise<void> {
  await server.call("POST", "/v1/batch", { batch }, { authorization: `Bearer ${server.writeKey}` });
}

function open(
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark",
  locale: string,
): Promise<Page> {
  return openSignedIn(browser, server, { viewport, colorScheme, locale });
}

test("a refused event appears by itself, says why and what to do, and its address can be shared", async () => {
  await desk.goto("/events");
  await desk.getByText("Wendela").first().waitFor();
  await send({ type: "track", userId: "w-1", event: "Broken", timestamp: "yesterday" });
  await desk.getByText("Broken").click();
  const drawer = desk.getByRole("dialog", { name: en.events.one });
  await drawer.getByText(en.events.code.invalid_timestamp).waitFor();
  await drawer.getByText('"yesterday"', { exact: true }).waitFor();
  await drawer.getByText(en.events.mend.invalid_timestamp).waitFor();
  await isGood(desk, "a refused event");
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto(desk.url());
  await phone.getByText(tr.events.mend.invalid_timestamp).waitFor();
  await isGood(phone, "a refused event on a phone");
  await phone.context().close();
});

test("the stream is filtered by the address, and stands still while paused", async () => {
  await desk.goto("/events?identifier=w@example.com&outcome=accepted");
  await desk.getByRole("cell", { name: "Identify" }).waitFor();
  expect(await desk.getByText("Broken").count()).toBe(0);
  await desk.goto("/events");
  await desk.getByText("Wendela").first().waitFor();
  await desk.getByRole("button", { name: en.events.pause }).click();
  await send({ type: "track", userId: "w-1", event: "While Paused" });
  await desk.getByText(en.events.heldNew).waitFor();
  expect(await desk.getByText("While Paused").count()).toBe(0);
  await desk.getByRole("button", { name: en.events.resume }).click();
  await desk.getByText("While Paused").waitFor();
});

test("what was set aside can be looked at, and thrown away after a question", async () => {
  const raw = Buffer.from("{broken").toString("base64");
  await setAside(server.db, server.clock, [{ stage: "outbox", reason: "no such row", event: null, raw }]);
  await desk.goto("/events?tab=quarantine");
  await desk.getByText("no such row").click();
  await desk.getByText("{broken").waitFor();
  await isGood(desk, "an event set aside");
  await desk.getByRole("button", { name: en.quarantine.discard }).click();
  await desk.getByRole("button", { name: en.quarantine.discardNow }).click();
  await desk.getByText(en.quarantine.empty).waitFor();
});

test("a plan is begun from what was seen, blocks what breaks it, and says what to do", async () => {
  await send(
    ...Array.from({ length: 12 }, (_, i) => ({
      type: "track",
      userId: "w-1",
      event: "Rug Measured",
      properties: { width: i, unit: "cm" },
    })),
  );
  await server.settle();
  await desk.goto("/events?tab=plan");
  await isGood(desk, "the plan");
  await desk.getByText("Rug Measured").click();
  await desk.getByRole("button", { name: en.plan.fromSeen }).click();
  await desk.getByRole("group", { name: "width" }).waitFor();
  await desk.getByRole("button", { name: en.plan.try }).click();
  await desk.getByText("0 of the newest 12 events would break it.").waitFor();
  await desk.getByText(en.plan.modes.block, { exact: true }).click();
  await desk.getByRole("button", { name: en.action.save }).click();
  await desk.getByText("Version 1", { exact: false }).waitFor();
  await send({ type: "track", userId: "w-1", event: "Rug Measured", properties: { width: "wide", unit: "cm" } });
  await desk.getByText("must be number").waitFor();
  await isGood(desk, "a plan");
  await desk.getByRole("link", { name: en.plan.example }).click();
  await desk.getByText(en.events.code.plan_violation).last().waitFor();
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto("/events/plan/Rug%20Measured?view=json");
  await phone.getByLabel(tr.plan.json).waitFor();
  await isGood(phone, "a plan on a phone");
  await phone.context().close();
});

test("a plan is archived and taken back, and the rule for events without a plan is chosen", async () => {
  await server.call("PUT", "/v1/plan/events/Archived%20Soon", { mode: "warn", schema: {} });
  await desk.goto("/events/plan/Archived%20Soon");
  await desk.getByRole("button", { name: en.action.archive }).click();
  await desk.getByText(en.plan.isArchived).waitFor();
  await desk.getByRole("button", { name: en.action.undo }).click();
  await desk.getByText(en.plan.isArchived).waitFor({ state: "detached" });
  await desk.goto("/events?tab=plan");
  await desk.getByRole("combobox", { name: en.plan.unplannedRule }).click();
  await desk.getByRole("option", { name: en.plan.unplannedModes.warn }).click();
  await desk.getByText(en.plan.unplannedText.warn).waitFor();
  await desk.getByText(en.settings.saved).waitFor();
  expect((await server.call("GET", "/v1/plan")).body).toEqual({ unplanned: "warn" });
});
