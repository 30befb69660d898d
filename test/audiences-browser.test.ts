import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { says, startProvider } from "../server/src/messages/testing/provider.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody lets an ad audience follow a segment, sees what the network said, and reads what came of messages. */
let server: TestServer;
let network: Awaited<ReturnType<typeof startProvider>>;
let browser: Browser;
let desk: Page;
const words = en.audiences;

beforeAll(async () => {
  network = await startProvider();
  server = await createServer({ outboundAllow: ["127.0.0.0/8"] });
  browser = await launchBrowser();
  desk = await openSignedIn(browser, server, { viewport: { width: 1280, height: 900 }, locale: "en-GB" });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  network?.close();
});

const small = () =>
  openSignedIn(browser, server, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "tr-TR",
  });

test("an audience follows a segment; who has said yes to ads is told of; trouble stands there in the network's words", async () => {
  await desk.goto("/messages/audiences");
  await desk.getByText(words.noneText).waitFor();
  await isGood(desk, "no audiences");
  const account = { channel: "ads", provider: "meta", name: "Meta", secrets: { access_token: "EAA" } };
  await server.call("POST", "/v1/channels/accounts", { ...account, endpoint: network.url });
  const people = ["a", "b", "c"].map((id) => ({
    type: "identify",
    messageId: id,
    userId: id,
    traits: { email: `${id}@example.com`, city: "Izmir" },
  }));
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch: people });
  await server.settle();
  for (const id of ["a", "b"])
    await server.call("PUT", `/v1/profiles/user_id:${id}/consent`, { channel: "ads", state: "granted" });
  await server.call("POST", "/v1/segments", {
    name: "Big spenders of Izmir",
    definition: { all: [{ trait: "city", op: "is", value: "Izmir" }] },
  });
  await server.settle();

  await desk.getByRole("button", { name: words.create }).first().click();
  await desk.getByLabel(words.name, { exact: true }).fill("Spring sale");
  await desk.getByRole("combobox", { name: words.who }).click();
  await desk.getByRole("option", { name: "Big spenders of Izmir" }).click();
  await desk.getByText(words.take, { exact: true }).click();
  await desk.getByLabel(words.external).fill("23851234567890");
  await isGood(desk, "a new audience");
  network.answer = says(400, { error: { message: "Custom audience terms not accepted", code: 200 } });
  await desk.getByRole("dialog").getByRole("button", { name: words.create }).click();
  await desk.getByText(words.toldText).waitFor();
  await server.rooms.messages.syncAudiences();
  await desk.getByText(words.failed).waitFor();
  await desk.getByText("Custom audience terms not accepted").waitFor();
  await isGood(desk, "an audience in trouble");

  network.answer = (response, heard) =>
    says(200, heard.method === "GET" ? { name: "Spring" } : { num_received: 2 })(response, heard);
  await desk.getByRole("button", { name: en.action.retry }).click();
  await server.rooms.messages.syncAudiences();
  await desk.getByText(words.states.live).waitFor();
  const told = JSON.parse(network.heard.at(-1)?.body ?? "") as { payload: { data: unknown[] } };
  expect(told.payload.data).toHaveLength(2);
  await desk.getByRole("button", { name: en.channels.check }).click();
  await desk.getByText(en.channels.works, { exact: true }).waitFor();
  await isGood(desk, "an audience");

  const phone = await small();
  await phone.goto("/messages/audiences");
  await phone.getByText("Spring sale").waitFor();
  await isGood(phone, "audiences small");
  await phone.getByText("Spring sale").click();
  await phone.getByText(tr.audiences.toldText).waitFor();
  await isGood(phone, "an audience small");

  await desk.getByRole("button", { name: words.remove }).click();
  await isGood(desk, "removing an audience");
  await desk.getByRole("dialog").getByRole("button", { name: words.remove }).click();
  // Emptied at the network first.
  await desk.getByText(words.noneText).waitFor();
  expect(network.heard.at(-1)?.method).toBe("DELETE");
});

test("what came of messages is read by channel, message and link, beside the time before", async () => {
  await server.call("POST", "/v1/batch", {
    writeKey: server.writeKey,
    batch: [
      { type: "identify", messageId: "r1", userId: "r1", traits: { first_name: "Ayşe", email: "ayse@example.com" } },
    ],
  });
  await server.settle();
  const { body: template } = await server.call<{ id: string }>("POST", "/v1/templates", {
    name: "Your order is ready",
    channel: "email",
    purpose: "transactional",
    contents: { en: { subject: "Ready", body: "Hello" } },
  });
  await server.call("POST", "/v1/messages", { template_id: template.id, profile: "user_id:r1" });
  await server.settle();
  server.clock.advance("PT1M");
  await desk.goto("/messages/reports");
  await desk.getByText(en.reports.nothingBefore).first().waitFor();
  await desk.getByRole("table").getByText("E-mail").waitFor();
  await isGood(desk, "reports");
  await desk.getByRole("table").getByText("E-mail").click();
  await desk.getByRole("table").getByText("Your order is ready").waitFor();
  await isGood(desk, "reports by message");
  await desk.getByRole("table").getByText("Your order is ready").click();
  await desk.getByText(en.reports.none).waitFor();
  const phone = await small();
  await phone.goto("/messages/reports?by=day");
  await phone.getByRole("table").waitFor();
  await isGood(phone, "reports small");
});
