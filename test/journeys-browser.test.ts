import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** From the library to a live journey, in a real browser on a real server; axe looks at each screen. */
const DESK = { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB" } as const;
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "tr-TR" } as const;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a journey of the library becomes a draft, is rehearsed with somebody made up, and published", async () => {
  const page = await openSignedIn(browser, server, DESK);
  await page.goto("/journeys");
  await page.getByRole("button", { name: en.canvas.gallery }).first().click();
  await page.getByRole("heading", { name: en.library.title }).waitFor();
  await isGood(page, "journey library");
  const name = en.library.item.pickup_reminders.name;
  await page.getByRole("button", { name: `${en.library.take}: ${name}` }).click();
  await page.getByRole("button", { name: en.canvas.rehearse }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: en.rehearsal.addEvent }).click();
  await drawer.getByLabel(en.rehearsal.properties).fill('{ "order_id": "A-1"');
  await drawer.getByText(/^This is not a JSON object/).waitFor();
  expect(await drawer.getByRole("button", { name: en.rehearsal.run }).isDisabled()).toBe(true);
  await drawer.getByLabel(en.rehearsal.properties).fill('{ "order_id": "A-1" }');
  await drawer.getByRole("combobox", { name: en.rehearsal.channel }).click();
  await page.getByRole("option", { name: en.label.channel.store, exact: true }).click();
  const rehearsing = page.waitForRequest(/\/rehearse$/);
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  expect((await rehearsing).postDataJSON().events).toEqual([
    { after: "PT1H", event: "Order Completed", channel: "store", properties: { order_id: "A-1" } },
  ]);
  await drawer
    .getByText(/^Ended: /)
    .last()
    .waitFor();
  expect(await drawer.locator("iframe").count()).toBe(3);
  await walk(page);
  await drawer.getByText(en.rehearsal.real).click();
  await drawer.getByLabel(en.rehearsal.person).fill("nobody@example.com");
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  await drawer.getByText(en.rehearsal.nobody).waitFor();
  await drawer.getByText(en.rehearsal.made).click();
  await drawer.getByRole("switch", { name: en.rehearsal.enters }).click();
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  await drawer.getByText(en.rehearsal.none).waitFor();
  await isGood(page, "rehearsal");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: en.journeys.publish }).click();
  await page.getByRole("button", { name: en.canvas.versions }).click();
  await page.getByText(en.canvas.same).waitFor();
  await isGood(page, "versions");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: en.action.archive }).click();
  await page.getByRole("button", { name: en.journeys.keep }).click();
  await page.getByRole("button", { name: en.journeys.pause }).click();
  await page.getByRole("button", { name: en.journeys.resume }).click();
  await page.getByRole("button", { name: en.journeys.pause }).waitFor();
  await page.context().close();
});

/** From the end of a rehearsal back to its second decision and, after a reload, to the end again. */
async function walk(page: Page): Promise<void> {
  const drawer = page.getByRole("dialog");
  const decision = (number: number) => drawer.getByText(new RegExp(`^Decision ${number} of \\d+$`)).waitFor();
  const standsAt = (kind: string) =>
    page.getByLabel(en.journeys.canvas).locator("[aria-current=step]").filter({ hasText: kind }).waitFor();
  const ends = drawer.getByText(/^Ended: /);
  await standsAt(en.node.kind.exit);
  await drawer.getByRole("button", { name: en.rehearsal.back, exact: true }).click();
  await ends.first().waitFor({ state: "detached" });

  const starts = await drawer.getByLabel(en.rehearsal.starts).inputValue();
  await drawer.getByLabel(en.rehearsal.until).fill(starts);
  await decision(3);
  expect(await drawer.locator("iframe").count()).toBe(1);
  await standsAt(en.node.kind.wait);
  await drawer.getByRole("button", { name: en.rehearsal.next, exact: true }).click();
  await decision(4);
  await page.keyboard.press("ArrowLeft");
  await decision(3);
  await page.keyboard.press("ArrowLeft");
  await decision(2);
  await standsAt(en.node.kind.send);
  await isGood(page, "a moment of a rehearsal");

  await page.reload();
  await drawer.getByRole("checkbox", { name: en.label.channel.email }).uncheck();
  const rehearsing = page.waitForRequest(/\/rehearse$/);
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  expect((await rehearsing).postDataJSON().consent).toEqual(["sms", "whatsapp", "push"]);
  await decision(2);
  await page.keyboard.press("End");
  await ends.last().waitFor();
  expect(new URL(page.url()).searchParams.has("step")).toBe(false);
}

test("what another system answers is said by hand in a rehearsal, and decides the way", async () => {
  const isHigh = { path: "answers.score.body.score", op: "gte", value: 5 };
  const graph = {
    entry: { kind: "api" },
    start: "ask",
    nodes: {
      ask: { kind: "webhook", url: "https://scores.example/ask", save_as: "score", next: "high", on_failure: "end" },
      high: { kind: "branch", cases: [{ carried: isHigh, next: "end" }], otherwise: "end" },
      end: { kind: "exit" },
    },
  };
  const { body } = await server.call<{ id: string }>("POST", "/v1/journeys", { name: "Scored", graph });
  const page = await openSignedIn(browser, server, DESK);
  await page.goto(`/journeys/${body.id}?mode=edit&panel=rehearse`);
  const drawer = page.getByRole("dialog");
  const answer = drawer.getByLabel(/^What .*scores\.example.* answers/);
  await answer.fill("seven");
  await drawer.getByText(/^This is not a JSON object/).waitFor();
  expect(await drawer.getByRole("button", { name: en.rehearsal.run }).isDisabled()).toBe(true);
  await answer.fill('{ "score": 7 }');
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  await drawer.getByText(en.runNote.webhook_answered.replace("{{status}}", "200")).waitFor();
  await isGood(page, "a rehearsal with an answer");
  await answer.fill("");
  await drawer.getByRole("button", { name: en.rehearsal.run }).click();
  await drawer.getByText(en.runNote.webhook_silent).waitFor();
  await page.context().close();
});

test("the kinds of steps have forms, what is wrong is said, and a step is copied", async () => {
  const page = await openSignedIn(browser, server, DESK);
  await page.goto("/journeys");
  await page.getByRole("button", { name: en.journeys.create }).first().click();
  await page.getByLabel(en.journeys.name, { exact: true }).waitFor();
  await page.getByRole("button", { name: en.journeys.insert }).first().click();
  await page.getByRole("menuitem", { name: en.node.kind.experiment }).click();
  await page.getByText(en.canvas.mistakes).first().waitFor();
  await page.getByRole("button", { name: en.journeys.insert }).first().click();
  await page.getByRole("menuitem", { name: en.node.kind.wait_until }).click();
  await page.getByLabel(en.node.note).fill("Nine is when the shop opens");
  await page.getByRole("button", { name: en.action.copy, exact: true }).click();
  await page.getByRole("button", { name: en.journeys.insert }).first().click();
  await page.getByRole("menuitem", { name: /Paste/ }).click();
  expect(await page.getByRole("img", { name: en.node.hasNote }).count()).toBe(2);
  await isGood(page, "journey editor");
  await page.context().close();
});

test("a draft with mistakes is kept and not published; several steps are copied, cut and put elsewhere by keys", async () => {
  const page = await openSignedIn(browser, server, DESK);
  await page.goto("/journeys");
  await page.getByRole("button", { name: en.journeys.create }).first().click();
  await page.getByLabel(en.journeys.name, { exact: true }).fill("Half drawn");
  const steps = (kind: keyof typeof en.node.kind) =>
    page.getByLabel(en.journeys.canvas).getByRole("button").filter({ hasText: en.node.kind[kind] });
  for (const kind of ["send", "wait_until"] as const) {
    await page.getByRole("button", { name: en.journeys.insert }).first().click();
    await page.getByRole("menuitem", { name: en.node.kind[kind], exact: true }).click();
    await steps(kind).first().waitFor();
  }
  await page.getByRole("button", { name: en.journeys.saveDraft }).click();
  await page.getByText(en.journeys.unfinished).waitFor();
  await page.reload();
  await steps("send").getByRole("img", { name: en.canvas.mistake.not_filled_in }).waitFor();
  await page.getByRole("button", { name: en.journeys.publish }).click();
  await page.getByText(en.canvas.notPublished).waitFor();
  await page.getByText(en.canvas.mistakes).waitFor();
  await isGood(page, "a draft with mistakes");

  await steps("wait_until").click();
  await steps("send").click({ modifiers: ["Shift"] });
  await page.getByRole("heading", { name: "2 steps chosen" }).waitFor();
  await isGood(page, "several steps chosen");
  await page.keyboard.press("y");
  await page.keyboard.press("p");
  await steps("wait_until").nth(1).waitFor();
  expect(await steps("send").count()).toBe(2);
  await page.keyboard.press("x");
  await steps("wait_until").nth(1).waitFor({ state: "detached" });
  await page.getByRole("button", { name: en.journeys.insert }).last().click();
  await page.getByRole("menuitem", { name: "Paste 2 steps" }).click();
  await steps("wait_until").nth(1).waitFor();
  await page.context().close();
});

test("drafts that another system wrote badly open; what has no form is shown as it is stored and set up anew", async () => {
  const exit = { kind: "exit" };
  const api = (a: unknown) => ({ entry: { kind: "api" }, start: "a", nodes: { a, b: exit } });
  const badly = {
    "No cases": api({ kind: "branch", otherwise: "b" }),
    "Half a wait": api({ kind: "wait" }),
    "Not a step": api({ kind: "teleport", name: { tr: "Git" }, next: "gone" }),
    "Odd ids": { entry: { kind: "api" }, start: "constructor", nodes: { constructor: exit, entry: exit } },
    "No rules": { ...api(exit), entry: { kind: "schedule" }, goal: "Order Completed", reentry: "often" },
    Nowhere: { ...api({ kind: "split", ways: [1, null] }), start: "gone" },
  };
  const page = await openSignedIn(browser, server, DESK);
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  const canvas = page.getByLabel(en.journeys.canvas);
  for (const [name, graph] of Object.entries(badly)) {
    const { status, body } = await server.call<{ id: string }>("POST", "/v1/journeys", { name, graph });
    expect(status, name).toBe(201);
    await page.goto(`/journeys/${body.id}`);
    await canvas.getByText(en.node.kind.entry).waitFor();
    await page.goto(`/journeys/${body.id}?mode=edit`);
    await page.getByText(en.canvas.mistakes).first().waitFor();
    const steps = canvas.locator(".react-flow__node button");
    for (let at = 0; at < (await steps.count()); at++) {
      await steps.nth(at).click();
      await canvas.getByText(en.node.kind.entry).waitFor();
    }
    expect(broken, name).toEqual([]);
  }
  await isGood(page, "a badly written draft");
  await page.goto("/journeys");
  await page.getByRole("link", { name: "No cases" }).click();
  await page.getByRole("button", { name: en.action.edit }).click();
  await canvas.getByRole("button").filter({ hasText: en.node.malformed }).click();
  await page.getByRole("button", { name: en.node.beginAnew }).click();
  await page.getByRole("button", { name: en.node.addCase }).waitFor();
  await page.getByRole("button", { name: en.action.undo, exact: true }).click();
  await page.getByText(en.node.malformedText).waitFor();
  await page.context().close();
}, 120_000);

test("library and canvas are read on a phone, in Turkish and in the dark", async () => {
  const page = await openSignedIn(browser, server, PHONE);
  await page.goto("/journeys/library");
  await page.getByRole("heading", { name: tr.library.title }).waitFor();
  await isGood(page, "journey library on a phone");
  const { body } = await server.call<{ items: { id: string }[] }>("GET", "/v1/journeys");
  await page.goto(`/journeys/${body.items.at(-1)?.id}?mode=edit`);
  await page.getByRole("button", { name: tr.canvas.rehearse }).waitFor();
  await isGood(page, "journey editor on a phone");
  await page.getByRole("button", { name: tr.canvas.rehearse }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: tr.rehearsal.run }).click();
  await drawer.getByText(tr.runCame.rehearsal).waitFor();
  await drawer.getByText(tr.runNote.message_queued).first().waitFor();
  await isGood(page, "rehearsal on a phone");
  await page.context().close();
});
