import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody composes a letter in the brand's look and sees it as a real person; axe looks at every screen. */
let server: TestServer;
let browser: Browser;
let desk: Page;
const { composer: words, brand, blocks } = en;
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" rx="8" fill="#b3312c"/></svg>';

beforeAll(async () => {
  server = await createServer();
  const people = [
    { userId: "u-1", traits: { first_name: "Ayşe", email: "ayse@example.com", city: "Izmir" } },
    { userId: "u-2", traits: { email: "nobody@example.com" } },
  ].map((one) => ({ type: "identify", ...one }));
  await server.call("POST", "/v1/batch", { batch: people }, { authorization: `Bearer ${server.writeKey}` });
  await server.settle();
  browser = await launchBrowser();
  desk = await open({ width: 1440, height: 900 }, "light", "en-GB");
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const open = (viewport: { width: number; height: number }, colorScheme: "light" | "dark", locale: string) =>
  openSignedIn(browser, server, { viewport, colorScheme, locale });

const mailText = () => desk.frameLocator(`iframe[title="${en.messages.preview}"]`).locator("body");

test("a letter is begun from the gallery, written in blocks, seen as a real person, and published", async () => {
  await desk.goto("/messages/templates");
  await desk.getByRole("link", { name: en.messages.create }).first().click();
  await desk.getByRole("article", { name: "Empty letter" }).waitFor();
  await isGood(desk, "gallery");
  await desk.getByRole("button", { name: `${words.begin}: Empty letter` }).click();
  await desk.waitForURL(/\/templates\/[0-9a-f-]{36}/);

  const { body } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:u-2");
  await desk.goto(`${desk.url().split("?")[0]}?person=${body.id}`);
  await mailText().getByText("Hello there,").waitFor();
  await desk.getByRole("button", { name: new RegExp(`: ${words.kind.heading}$`) }).click();
  const field = desk.getByRole("textbox", { name: words.field.text, exact: true });
  await field.fill("Dear {{ person.city }},");
  await desk.getByText("person.city", { exact: true }).waitFor();
  await isGood(desk, "a value that is missing");
  await desk.getByRole("button", { name: words.giveDefault }).click();
  await desk.getByLabel(words.defaultFor.replace("{{variable}}", "person.city")).fill("friend");
  await desk.getByRole("button", { name: words.giveDefault }).last().click();
  await mailText().getByText("Dear friend,").waitFor();
  expect(await field.inputValue()).toBe('Dear {{ person.city | default: "friend" }},');

  await desk.getByText(words.savedDraft, { exact: false }).waitFor();
  await desk.getByRole("button", { name: en.messages.publish }).click();
  await desk.getByText("Published as version 2").waitFor();
});

test("blocks are added, moved by keys and by dragging, and taken back", async () => {
  const row = (kind: string) => desk.getByRole("button", { name: new RegExp(`: ${kind}$`) });
  await desk.getByRole("button", { name: words.add }).click();
  await desk.getByRole("menuitem", { name: words.kind.divider }).click();
  await row(words.kind.divider).waitFor();
  const before = await desk.getByRole("button", { name: /^Edit block/ }).count();
  await row(words.kind.divider).focus();
  await desk.keyboard.press("Alt+ArrowUp");
  await desk.getByRole("button", { name: `Edit block 3: ${words.kind.divider}` }).waitFor();
  await desk
    .locator("li", { has: row(words.kind.divider) })
    .locator("[draggable]")
    .dragTo(row(words.kind.logo));
  await desk.getByRole("button", { name: `Edit block 1: ${words.kind.divider}` }).waitFor();
  await desk
    .locator("li", { has: row(words.kind.divider) })
    .getByRole("button", { name: words.remove })
    .click();
  await desk.getByRole("button", { name: words.undo }).click();
  await row(words.kind.divider).waitFor();
  expect(await desk.getByRole("button", { name: /^Edit block/ }).count()).toBe(before);
  await isGood(desk, "composer");
});

test("text is written with chips for variables", async () => {
  await desk.getByRole("button", { name: new RegExp(`: ${words.kind.text}$`) }).click();
  const area = desk.getByRole("textbox", { name: words.field.text, exact: true });
  await area.click();
  await desk.keyboard.press("Control+A");
  await desk.keyboard.type("For ");
  await desk.getByRole("button", { name: words.variable }).last().click();
  await desk.getByRole("textbox", { name: words.findVariable }).fill("brand.name");
  await desk.getByRole("option", { name: /brand\.name/ }).click();
  await area.locator(".kilim-chip").waitFor();
  await mailText().getByText("For Dokuma").waitFor();
});

test("what is wrong is told before it is published, and a test goes out", async () => {
  await desk.getByRole("button", { name: words.add }).click();
  await desk.getByRole("menuitem", { name: words.kind.image, exact: true }).click();
  await desk.getByLabel(words.field.url, { exact: true }).fill("https://pictures.test/a.png");
  await desk.getByRole("button", { name: words.check, exact: true }).click();
  await desk.getByText("A picture says nothing to those who cannot see it.").waitFor();
  await isGood(desk, "findings");
  await desk.getByRole("button", { name: words.test }).click();
  await desk.getByText(words.testSent.replace("{{to}}", server.staff.email)).waitFor();
});

test("an earlier version is compared and restored", async () => {
  const publish = desk.getByRole("button", { name: en.messages.publish, exact: true });
  await publish.click();
  // A picture without words is a warning: whoever publishes it has read so.
  await desk.getByRole("dialog").getByText("A picture says nothing to those who cannot see it.").waitFor();
  await isGood(desk, "publishing with a warning");
  await desk.getByRole("button", { name: words.publishAnyway }).click();
  await desk.getByText("Published as version 3").waitFor();
  await desk.getByRole("button", { name: words.versions }).click();
  const drawer = desk.getByRole("dialog", { name: words.versions });
  await drawer.getByRole("button", { name: words.compare }).first().click();
  await drawer.getByText("pictures.test", { exact: false }).first().waitFor();
  await isGood(desk, "versions");
  await drawer.getByRole("button", { name: words.restore }).last().click();
  await desk.getByText("Version 1 is published again").waitFor();
});

test("the brand changes, and the letter with it", async () => {
  await desk.goto("/messages/brand");
  await desk.getByLabel(brand.name, { exact: true }).first().fill("Loom & Co");
  await desk.getByRole("button", { name: brand.chooseLogo }).click();
  await desk
    .locator('input[type="file"]')
    .setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(LOGO) });
  await desk.getByLabel(brand.alt).waitFor();
  await isGood(desk, "brand");
  await desk.getByRole("button", { name: brand.save, exact: true }).click();
  await desk.getByText(brand.saved).waitFor();
  const { items } = (await server.call<{ items: { id: string }[] }>("GET", "/v1/templates")).body;
  const preview = await server.call<{ html: string }>("POST", `/v1/templates/${items[0]?.id}/preview`, {});
  expect(preview.body.html).toContain('alt="Loom &#38; Co"'.replace("&#38;", "&amp;"));
});

test("a shared block is made, used and renewed", async () => {
  await desk.goto("/messages/blocks");
  await desk.getByText(blocks.none).waitFor();
  await desk.getByRole("button", { name: blocks.create }).first().click();
  await desk.getByLabel(blocks.name).fill("Çok güzel");
  await desk.getByRole("dialog").getByRole("button", { name: blocks.create }).click();
  await desk.getByRole("heading", { name: "Çok güzel" }).waitFor();
  expect(await desk.getByText("{{ shared.cok_guzel }}").count()).toBe(1);
  const text = "Hi: {{ shared.cok_guzel }}";
  await server.call("POST", "/v1/templates", { name: "By SMS", channel: "sms", contents: { en: { text } } });
  await desk.getByLabel(blocks.text).fill("Renewed");
  await desk.getByRole("button", { name: blocks.publish }).click();
  await desk.getByRole("link", { name: "By SMS" }).waitFor();
  await isGood(desk, "a shared block");
  await server.rooms.messages.refreshTemplates();
  const { items } = (await server.call<{ items: { id: string; name: string }[] }>("GET", "/v1/templates")).body;
  const sms = items.find(({ name }) => name === "By SMS");
  const preview = await server.call<{ text: string }>("POST", `/v1/templates/${sms?.id}/preview`, {});
  expect(preview.body.text).toBe("Hi: Renewed");
});

test("the other channels have forms and look as they arrive; dark, on a phone, in Turkish", async () => {
  const phone = await open({ width: 390, height: 844 }, "dark", "tr-TR");
  await phone.goto("/messages/templates/new");
  await phone.getByRole("article").first().waitFor();
  await isGood(phone, "gallery on a phone");
  const { items } = (
    await server.call<{ items: { channel: string; name: string; contents: object }[] }>(
      "GET",
      "/v1/templates/gallery?language=tr",
    )
  ).body;
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.channel)) continue;
    seen.add(item.channel);
    const { id: _, about: __, ...body } = item as typeof item & { id: string; about: string };
    const made = await server.call<{ id: string }>("POST", "/v1/templates", body);
    await phone.goto(`/messages/templates/${made.body.id}`);
    await phone.getByRole("region", { name: tr.messages.preview }).waitFor();
    await phone
      .getByText(tr.composer.channels[item.channel as keyof typeof tr.composer.channels])
      .first()
      .waitFor();
    await isGood(phone, `${item.channel} on a phone`);
    // The logo that the brand got before stands on paper.
    if (item.channel === "letter") await phone.getByRole("img", { name: "Loom & Co" }).waitFor();
    if (item.channel === "onsite") {
      const { body: kept } = await server.call<{ kit: { fonts: { heading: string } } }>("GET", "/v1/brand");
      const family = `font-family: ${kept.kit.fonts.heading.replaceAll('"', "")}`;
      await phone
        .getByRole("region", { name: tr.messages.preview })
        .locator(`p[style*="${family.slice(0, 20)}"]`)
        .waitFor();
    }
  }
  for (const path of ["/messages/brand", "/messages/blocks"]) {
    await phone.goto(path);
    await phone.getByRole("heading", { level: 1 }).waitFor();
    await isGood(phone, `${path.split("/").at(-1)} on a phone`);
  }
}, 180_000);

test("what is plainly wrong is not published; topic and priority are chosen; a template is duplicated and archived", async () => {
  await server.call("PUT", "/v1/topics/new_arrivals", { names: { en: "New arrivals" } });
  const { body } = await server.call<{ id: string }>("POST", "/v1/templates", {
    name: "Push of spring",
    channel: "push",
    contents: { en: { title: "New", body: "Look", url: "https://shop.test/new" } },
  });
  await desk.goto(`/messages/templates/${body.id}`);
  await desk.getByRole("combobox", { name: en.messages.topic }).click();
  await desk.getByRole("option", { name: "New arrivals" }).click();
  await desk.getByLabel(en.messages.priority).fill("7");
  const text = desk.getByLabel(words.push.body, { exact: true });
  await text.fill("{{ persn.first_name }}");
  const publish = desk.getByRole("button", { name: en.messages.publish, exact: true });
  await publish.click();
  await desk.getByText(words.stopped).waitFor();
  await isGood(desk, "publishing stopped");
  await desk.getByRole("button", { name: words.goOn }).click();
  await text.fill("{% if person %}");
  await publish.click();
  await desk.getByRole("dialog").getByText(words.finding.liquid_not_closed).waitFor();
  expect(await desk.getByRole("button", { name: words.publishAnyway }).count()).toBe(0);
  await desk.getByRole("button", { name: words.goOn }).click();
  await text.fill("Look again");
  await publish.click();
  await desk.getByText("Published as version 2").waitFor();
  const { body: now } = await server.call<object>("GET", `/v1/templates/${body.id}`);
  expect(now).toMatchObject({ topic: "new_arrivals", priority: 7, version: 2 });

  await desk.getByRole("button", { name: en.messages.more }).click();
  await desk.getByRole("menuitem", { name: en.messages.duplicate }).click();
  await desk.getByRole("heading", { name: "Push of spring (copy)" }).waitFor();
  await desk.getByRole("button", { name: en.messages.more }).click();
  await desk.getByRole("menuitem", { name: en.messages.archive }).click();
  await desk.getByText(en.messages.isArchived).waitFor();
  await desk.goto("/messages/templates");
  await desk.getByRole("link", { name: "Push of spring", exact: true }).waitFor();
  expect(await desk.getByText("Push of spring (copy)").count()).toBe(0);
  await desk.getByRole("link", { name: en.messages.showArchived }).click();
  await desk.getByText("Push of spring (copy)").waitFor();
  await isGood(desk, "archived templates");
});
