import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import { isBot } from "./is-bot.ts";

const GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${server.writeKey}`, ...headers },
  });
  expect(await response.json()).toEqual({ success: true });
}

async function rows(where: string) {
  await server.settle();
  return server.history.query<{ bot: number; profile_id: string; user_id: string; traits: string; context: string }>(
    `select bot, profile_id, user_id, traits, context from events where ${where}`,
  );
}

const people = async () => (await server.call<{ items: unknown[] }>("GET", "/v1/profiles?limit=500")).body.items.length;
const overview = async () => {
  const answers = await Promise.all(["/v1/overview", "/v1/events/counts"].map((path) => server.call("GET", path)));
  for (const { status } of answers) expect(status).toBe(200);
  return answers.map(({ body }) => body);
};

test("search engines, scanners, monitors and AI crawlers are told from people's browsers, apps and our own tests", () => {
  for (const bot of [
    GOOGLE,
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "sqlmap/1.8#stable (https://sqlmap.org)",
    "Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:Port Check)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
  ]) {
    expect(isBot(bot), bot).toBe(true);
  }
  for (const person of [
    CHROME,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.142 Mobile Safari/537.36 Instagram 406.0.0.58.159 Android",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "okhttp/4.12.0",
    "axios/1.7.2",
    "analytics-node-next/latest",
    "",
  ]) {
    expect(isBot(person), person).toBe(false);
  }
});

test("COL-9 what a bot does is in History, marked, and of nobody: no profile, no counter, no figure", async () => {
  await post("/v1/i", { userId: "real", traits: { email: "real@shop.example" }, context: { userAgent: CHROME } });
  await post("/v1/t", { userId: "real", event: "Product Viewed", context: { userAgent: CHROME } });
  await server.settle();
  const [before, figures] = [await people(), await overview()];
  const asBot = { context: { userAgent: GOOGLE, traits: { email: "real@shop.example" } } };
  await post("/v1/batch", {
    batch: [
      { type: "page", anonymousId: "crawler", ...asBot },
      { type: "track", userId: "real", event: "Product Viewed", ...asBot },
      { type: "identify", userId: "real", anonymousId: "crawler", traits: { email: "crawled@x.example" }, ...asBot },
      {
        type: "track",
        anonymousId: "crawler",
        event: "Order Completed",
        properties: { order_id: "b", revenue: 500, currency: "EUR" },
        ...asBot,
      },
    ],
  });
  const found = await rows("bot = 1");
  expect(found).toHaveLength(4);
  for (const row of found) {
    expect([row.profile_id, row.user_id, row.traits]).toEqual(["00000000-0000-0000-0000-000000000000", "", "{}"]);
    expect(JSON.parse(row.context)).toEqual({ userAgent: GOOGLE });
  }
  expect(await people()).toBe(before);
  const { body } = await server.call<{ computed: { events: number }; identifiers: { value: string }[] }>(
    "GET",
    "/v1/profiles/user_id:real",
  );
  expect(body.computed.events).toBe(2);
  expect(body.identifiers.map(({ value }) => value)).not.toContain("crawler");
  expect((await server.call("GET", "/v1/profiles/email:crawled@x.example")).status).toBe(404);
  expect(await overview()).toEqual(figures);
  const debug = await server.call<{ items: { name: string; is_bot: boolean }[] }>("GET", "/v1/events?limit=50");
  expect(debug.body.items.filter((item) => item.is_bot)).toHaveLength(4);
});

test("COL-9 a browser that says nothing in its event is told by its header; a server's header says nothing of people", async () => {
  const event = (name: string, more: object = {}) => ({ userId: name, event: "By header", ...more });
  await post("/v1/t", event("bot-browser"), { origin: "https://shop.example", "user-agent": GOOGLE });
  await post("/v1/t", event("bot-server"), { "user-agent": GOOGLE });
  await post("/v1/t", event("bot-told", { context: { userAgent: CHROME } }), {
    origin: "https://shop.example",
    "user-agent": GOOGLE,
  });
  await fetch(
    `${server.url}/v1/pixel/track?data=${Buffer.from(
      JSON.stringify({ writeKey: server.writeKey, anonymousId: "bot-pixel", event: "By header" }),
    ).toString("base64url")}`,
    { headers: { "user-agent": GOOGLE } },
  );
  const found = await rows("name = 'By header'");
  expect(found.map((row) => [row.bot, row.user_id]).sort()).toEqual([
    [0, "bot-server"],
    [0, "bot-told"],
    [1, ""],
    [1, ""],
  ]);
});

test("COL-9 a bot's repeat is a repeat, and its mark is no other payload", async () => {
  const event = { userId: "r", event: "Bot repeat", messageId: "bot-repeat" };
  await post("/v1/t", event, { origin: "https://shop.example", "user-agent": GOOGLE });
  await post("/v1/t", event, { origin: "https://shop.example", "user-agent": CHROME });
  expect(await rows("name = 'Bot repeat'")).toHaveLength(1);
  const { body } = await server.call<{ rejected: number }>("GET", "/v1/events/health?hours=24");
  expect(body.rejected).toBe(0);
});
