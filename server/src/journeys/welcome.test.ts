import { afterAll, beforeAll, expect, test } from "vitest";

import { type MailServer, startMailServer } from "../messages/testing/mail-server.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  server = await createServer({ smtpUrl: mail.url });
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

const subjects = () => mail.received.map(({ subject }) => subject);
const linkIn = (at: number) => /href="([^"]+\/t\/d\/[^"]+)"/.exec(String(mail.received[at]?.html))?.[1] ?? "";
const press = async (url: string) => (await fetch(url, { method: "POST" })).status;

test("JRN-25 CON-9 the welcome asks by a link: whoever presses the button has said yes, once, and is welcomed; a click alone is no yes", async () => {
  const { body: made } = await server.call<{ id: string }>("POST", "/v1/journeys/library/welcome");
  const published = await server.call("POST", `/v1/journeys/${made.id}/publish`);
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  const who = { userId: "elif", timestamp: server.clock.now().toString() };
  await server.call("POST", "/v1/batch", {
    writeKey: server.writeKey,
    batch: [
      {
        ...who,
        messageId: "w1",
        type: "identify",
        traits: { email: "elif@example.com", first_name: "Elif", language: "tr" },
      },
      { ...who, messageId: "w2", type: "track", event: "Signed Up" },
    ],
  });
  await server.settle();
  expect(subjects()).toEqual(["Lütfen adresinizi onaylayın"]);
  const page = await fetch(linkIn(0));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Evet, sizden haber almak istiyorum");

  server.clock.advance({ hours: 24 });
  await server.settle();
  expect(subjects(), "looking at the page is no answer").toEqual(Array(2).fill("Lütfen adresinizi onaylayın"));
  const forged = linkIn(1).replace(/.{8}$/, "AAAAAAAA");
  expect([await press(forged), await press(linkIn(1)), await press(linkIn(1))]).toEqual([404, 200, 200]);
  await server.settle();
  expect(mail.received).toHaveLength(3);

  const { body: profile } = await server.call<{ id: string; identifiers: { type: string; verified: boolean }[] }>(
    "GET",
    "/v1/profiles/user_id:elif",
  );
  expect(profile.identifiers.find(({ type }) => type === "email")).toMatchObject({ verified: true });
  const { body: choices } = await server.call<{ items: object[] }>("GET", `/v1/profiles/${profile.id}/consent`);
  expect(choices.items).toMatchObject([
    { channel: "email", purpose: "marketing", state: "granted", source: "double_opt_in" },
  ]);
  server.clock.advance({ hours: 24 * 8 });
  expect(await press(linkIn(0)), "the first link is too old now").toBe(404);
});
