import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { says, startProvider } from "../server/src/messages/testing/provider.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** Somebody adds an account at a provider, tests it and takes it away; somebody else makes the calls that wait. */
let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let browser: Browser;
let desk: Page;
const words = en.channels;

beforeAll(async () => {
  provider = await startProvider();
  server = await createServer({ outboundAllow: ["127.0.0.0/8"] });
  browser = await launchBrowser();
  desk = await openSignedIn(browser, server, { viewport: { width: 1440, height: 900 }, locale: "en-GB" });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  provider?.close();
});

test("an account is added, its key tested and mended, made the one in use, and removed", async () => {
  await desk.goto("/settings?tab=channels");
  await desk.getByText(words.noneText).waitFor();
  await isGood(desk, "no accounts");
  await desk.getByRole("link", { name: words.add }).click();
  await desk.getByRole("button", { name: "Twilio" }).waitFor();
  await isGood(desk, "providers");
  await desk.getByRole("button", { name: "Twilio" }).click();
  await desk.getByLabel(words.field.account_sid).fill("nonsense");
  await desk.getByRole("textbox", { name: new RegExp(`^${words.field.from}`) }).fill("+15005550006");
  await desk.getByLabel(words.field.auth_token).fill("secret-token");
  await desk.getByLabel(words.endpoint).fill(provider.url);
  await desk.getByRole("button", { name: words.create }).click();
  await desk.getByText("400 account_not_valid").waitFor();
  await isGood(desk, "a refused account");
  await desk.getByLabel(words.field.account_sid).fill(`AC${"0".repeat(32)}`);
  await desk.getByRole("button", { name: words.create }).click();
  await desk.getByText(words.hookText).waitFor();
  provider.next(says(401, { message: "Authenticate" }), says(200, {}));
  await desk.getByRole("button", { name: words.check }).click();
  await desk.getByText(words.worksNot).waitFor();
  await isGood(desk, "a check that fails");
  await desk.getByRole("button", { name: words.check }).click();
  await desk.getByText(words.works, { exact: true }).waitFor();
  expect(await desk.content()).not.toContain("secret-token");
  await desk.getByRole("button", { name: words.remove }).click();
  await desk.getByText(words.removeDefaultText).waitFor();
  await isGood(desk, "removing an account");
  await desk.getByRole("button", { name: words.removeNow, exact: true }).click();
  await desk.getByText(words.noneText).waitFor();
});

test("a waiting call is taken, made and its outcome kept; small, dark and in Turkish it reads as well", async () => {
  await server.call("POST", "/v1/batch", {
    writeKey: server.writeKey,
    batch: [
      { type: "identify", messageId: "c1", userId: "c1", traits: { first_name: "Ayşe", phone: "+905551112233" } },
    ],
  });
  await server.settle();
  const { body: person } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:c1");
  const content = { channel: "call", script: "Merhaba Ayşe,\nsiparişiniz hazır.", reason: "Order ready" } as const;
  await inTransaction(server.db, (tx) =>
    server.rooms.messages.sendDirect(tx, { profileId: person.id, to: "+905551112233", content }),
  );
  await server.settle();
  await desk.goto("/calls");
  await desk.getByText("Order ready").click();
  await desk.getByText("siparişiniz hazır.").waitFor();
  await desk.getByRole("button", { name: en.calls.take }).click();
  await desk.getByRole("dialog").getByText(/@/).waitFor();
  await isGood(desk, "a call");
  const small = await openSignedIn(browser, server, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "tr-TR",
  });
  await small.goto("/calls");
  await small.getByText("Order ready").waitFor();
  await isGood(small, "calls small");
  await small.goto("/settings?tab=channels");
  await small.getByText(tr.channels.noneText).waitFor();
  await isGood(small, "channels small");
  await small.goto("/settings/channels/new?channel=email&provider=ses");
  await small.getByLabel(tr.channels.field.region).waitFor();
  await isGood(small, "an account small");
  await desk.getByRole("combobox", { name: en.calls.whatCame }).click();
  await desk.getByRole("option", { name: en.calls.outcome.reached }).click();
  await desk.getByLabel(en.calls.note).fill("Comes tomorrow");
  await desk.getByRole("button", { name: en.calls.finish }).click();
  await desk.getByRole("dialog").getByText(en.calls.outcome.reached).waitFor();
  await desk.goto("/calls?state=done");
  await desk.getByText("Order ready").waitFor();
});
