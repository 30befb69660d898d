import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { en } from "../dashboard/src/i18n/en.ts";
import { tr } from "../dashboard/src/i18n/tr.ts";
import { sql } from "../server/src/platform/db.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser, openSignedIn } from "./browsers.ts";

/** State is broken on purpose; whoever audits sees who is concerned, on every screen. */
let server: TestServer;
let browser: Browser;
let segmentId = "";

beforeAll(async () => {
  server = await createServer();
  browser = await launchBrowser();
  const definition = { did: "Bought" };
  segmentId = (await server.call<{ id: string }>("POST", "/v1/segments", { name: "Buyers", definition })).body.id;
  await server.call("POST", "/v1/segments", { name: "Lookers", definition: { did: "Looked" } });
  const batch = ["ann", "bob"].flatMap((userId) => [
    { type: "identify", userId, messageId: `i-${userId}`, traits: { first_name: userId } },
    { type: "track", event: "Bought", userId, messageId: `b-${userId}` },
  ]);
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
  const { body: ann } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:ann");
  await sql`delete from segments.memberships where profile_id = ${ann.id}`.execute(server.db);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function open(width: number, colorScheme: "light" | "dark", locale: string): Promise<Page> {
  return openSignedIn(browser, server, { viewport: { width, height: 844 }, colorScheme, locale });
}

test("SEG-25 a segment is audited from its own page: the person whom State has lost stands there", async () => {
  const desk = await open(1280, "light", "en-GB");
  await desk.goto(`/segments/${segmentId}?tab=audit`);
  await desk.getByRole("button", { name: en.audits.startOne }).first().click();
  await desk.getByText(en.audits.found_one.replace("{{shown}}", "1")).waitFor();
  await desk.getByText("ann", { exact: true }).first().waitFor();
  expect(new URL(desk.url()).pathname).toMatch(/^\/segments\/audits\//);
  await isGood(desk, "one audit");
});

test("SEG-25 all segments are audited from one page, on a phone, in the dark and in Turkish as well", async () => {
  const phone = await open(390, "dark", "tr-TR");
  await phone.goto("/segments/audits");
  await phone.getByRole("button", { name: tr.audits.startAll }).first().click();
  await phone.getByText(tr.audits.found_one.replace("{{shown}}", "1")).waitFor();
  await phone.getByRole("link", { name: "Lookers" }).waitFor();
  await isGood(phone, "an audit of all");
  await phone.goto("/segments/audits");
  await phone.getByRole("link", { name: tr.audits.all }).waitFor();
  await isGood(phone, "audits");
});
