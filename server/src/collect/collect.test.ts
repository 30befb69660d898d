import { gzipSync } from "node:zlib";

import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

async function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { method: "POST", body, headers });
  return {
    status: response.status,
    body: (await response.json()) as { success: boolean; code?: string; rejected?: { index: number; code: string }[] },
  };
}

function basic(key: string) {
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` };
}

async function stored(where: string): Promise<number> {
  await server.settle();
  const [row] = await server.history.query<{ n: number }>(`select count() as n from events where ${where}`);
  return row?.n ?? 0;
}

test("Segment's Node client delivers every event, each once", async () => {
  const analytics = new Analytics({ writeKey: server.writeKey, host: server.url, flushAt: 7 });
  for (let i = 0; i < 50; i++) analytics.track({ userId: `node-${i % 5}`, event: "Node Event", properties: { i } });
  await analytics.closeAndFlush();
  expect(await stored("name = 'Node Event'")).toBe(50);
});

test("Rudder's Node client, gzip and all, delivers every event with its own meaning of timestamp", async () => {
  const rudder = new RudderAnalytics(server.writeKey, { dataPlaneUrl: server.url, flushAt: 5, gzip: true });
  for (let i = 0; i < 20; i++) rudder.track({ userId: `rudder-${i % 3}`, event: "Rudder Event", properties: { i } });
  rudder.track({ userId: "rudder-0", event: "Rudder Then", timestamp: new Date("2026-02-01T10:00:00Z") });
  await new Promise<void>((resolve) => void rudder.flush(() => resolve()));
  while ((await stored("name like 'Rudder %'")) < 21);
  expect(await stored("name = 'Rudder Event'")).toBe(20);
  expect(await stored("name = 'Rudder Then' and timestamp = '2026-02-01 10:00:00'")).toBe(1);
});

test("the key is taken from Basic, Bearer or the body, whatever the content type, gzip or not", async () => {
  const event = (name: string, more = {}) => JSON.stringify({ anonymousId: "k", event: name, ...more });
  expect((await post("/v1/track", event("Key Basic"), basic(server.writeKey))).status).toBe(200);
  expect(
    (
      await post("/v1/t", event("Key Bearer"), {
        authorization: `Bearer ${server.writeKey}`,
        "content-type": "text/plain",
      })
    ).status,
  ).toBe(200);
  const packed = gzipSync(
    JSON.stringify({ writeKey: server.writeKey, batch: [{ type: "track", anonymousId: "k", event: "Key Body" }] }),
  );
  expect((await post("/v1/b", packed, { "content-type": "application/x-www-form-urlencoded" })).status).toBe(200);
  expect(await stored("name like 'Key %'")).toBe(3);
});

test("a wrong key is 401 with a code and a message", async () => {
  const { status, body } = await post("/v1/batch", JSON.stringify({ batch: [] }), basic("wk_not_a_key_of_ours"));
  expect(status).toBe(401);
  expect(body).toMatchObject({ success: false, code: "invalid_write_key" });
});

test("bad events are refused one by one and their neighbours go in", async () => {
  const good = { type: "track", userId: "n1", event: "Neighbour" };
  const deep = JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`) as object;
  const batch = [
    good,
    "not an object",
    { type: "shout", userId: "n1" },
    { type: "track", event: "Nobody" },
    { type: "track", userId: "n1" },
    { ...good, userId: "x".repeat(10_000) },
    { ...good, properties: { text: "a\u0000b" } },
    { ...good, properties: { text: "\ud800" } },
    { ...good, properties: deep },
    { ...good, properties: { text: "x".repeat(40_000) } },
    { ...good, timestamp: "the day before yesterday" },
    { ...good, properties: [1] },
    good,
  ];
  const text = JSON.stringify({ batch }).replace('"Nobody"', '"Nobody","__proto__":{"isAdmin":true}');
  const { status, body } = await post("/v1/batch", text, basic(server.writeKey));
  expect(status).toBe(200);
  expect(body.rejected?.map(({ index, code }) => `${index} ${code}`)).toEqual([
    "1 invalid_event",
    "2 invalid_type",
    "3 forbidden_key",
    "4 no_event_name",
    "5 invalid_id",
    "6 invalid_characters",
    "7 invalid_characters",
    "8 too_deep",
    "9 event_too_large",
    "10 invalid_timestamp",
    "11 invalid_properties",
  ]);
  expect(await stored("name = 'Neighbour'")).toBe(2);
});

test("bodies that are no JSON, too deep, too large or a gzip bomb are refused and the server stays up", async () => {
  expect((await post("/v1/batch", "{", basic(server.writeKey))).body.code).toBe("invalid_json");
  expect((await post("/v1/batch", "[".repeat(20_000), basic(server.writeKey))).body.code).toBe("invalid_json");
  const nested = `{"batch":[{"type":"track","userId":"d","event":"Deep","properties":{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}}]}`;
  expect((await post("/v1/batch", nested, basic(server.writeKey))).body.rejected?.[0]?.code).toBe("too_deep");
  expect((await post("/v1/batch", "x".repeat(5_000_000), basic(server.writeKey))).body.code).toBe("body_too_large");
  expect((await post("/v1/batch", gzipSync(Buffer.alloc(50_000_000)), basic(server.writeKey))).body.code).toBe(
    "body_too_large",
  );
  expect((await server.call("GET", "/v1/pipeline")).status).toBe(200);
});

test("a preflight of another origin is answered with what browsers ask for", async () => {
  const response = await fetch(`${server.url}/v1/t`, {
    method: "OPTIONS",
    headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
  });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
});

test("one payload that ClickHouse's own JSON type refuses arrives as it was sent", async () => {
  await post(
    "/v1/track",
    JSON.stringify({ userId: "j", event: "Dotted", properties: { "a.b": 1, a: { b: 2 } } }),
    basic(server.writeKey),
  );
  await server.settle();
  const rows = await server.history.query<{ properties: string }>(
    "select properties from events where name = 'Dotted'",
  );
  expect(rows.map((row) => JSON.parse(row.properties))).toEqual([{ "a.b": 1, a: { b: 2 } }]);
});

test("no management call works without a key or session, nor with the public write key", async () => {
  for (const headers of [{ authorization: "" }, { authorization: `Bearer ${server.writeKey}` }]) {
    for (const path of [
      "/v1/profiles",
      "/v1/pipeline",
      "/v1/segments",
      "/v1/quarantine",
      "/v1/keys",
      "/v1/messages",
      "/v1/journeys",
      "/v1/mailbox",
    ]) {
      const { status } = await server.call("GET", path, undefined, headers);
      expect([401, 403], path).toContain(status);
    }
  }
});
