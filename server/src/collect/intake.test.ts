import { afterEach, expect, test } from "vitest";

import type { IntakeSettings } from "../platform/intake-settings.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { Backpressure } from "./backpressure.ts";

let server: TestServer;
afterEach(() => server.close());

async function start(intake: Partial<IntakeSettings>): Promise<void> {
  server = await createServer({ intake });
}

const many = (n: number, more: object = {}) => ({
  batch: Array.from({ length: n }, () => ({ type: "track", userId: "u", event: "Limited", ...more })),
});

async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${server.writeKey}`, ...headers },
  });
  const { code, rejected } = (await response.json()) as { code?: string; rejected?: { code: string }[] };
  return {
    status: response.status,
    code: code ?? rejected?.[0]?.code,
    after: response.headers.get("retry-after"),
    reset: response.headers.get("x-ratelimit-reset"),
  };
}

async function stored(): Promise<number> {
  await server.settle();
  return (await server.history.query<{ n: number }>("select count() as n from events"))[0]?.n ?? 0;
}

test("COL-8 a key that sends more than its rate is told when to come back; nothing of that is kept, other keys go on", async () => {
  await start({ eventsPerSecond: 10, burst: 20 });
  const other = await server.call<{ value: string }>("POST", "/v1/keys", { kind: "write", name: "Other" });
  expect(await post(many(20))).toMatchObject({ status: 200 });
  expect(await post(many(1))).toEqual({ status: 429, code: "key_rate", after: "1", reset: "1" });
  expect(await post({ ...many(1), writeKey: server.writeKey }, { authorization: "" })).toMatchObject({ status: 429 });
  expect(await post(many(1), { authorization: `Bearer ${other.body.value}` })).toMatchObject({ status: 200 });
  server.clock.advance({ seconds: 1 });
  // A batch larger than what is left goes in whole, and is waited for afterwards.
  expect(await post(many(500))).toMatchObject({ status: 200 });
  expect(await post(many(1))).toMatchObject({ status: 429, after: "50", reset: "50" });
  server.clock.advance({ seconds: 49 });
  expect(await post(many(1))).toMatchObject({ status: 429, after: "1" });
  server.clock.advance({ seconds: 1 });
  expect(await post(many(1))).toMatchObject({ status: 200 });
  server.clock.advance({ hours: 1 });
  expect(await post(many(20))).toMatchObject({ status: 200 });
  expect(await post(many(1))).toMatchObject({ status: 429 });
  expect(await stored()).toBe(20 + 1 + 500 + 1 + 20);
});

test("COL-8 older clients of Segment read X-RateLimit-Reset each in its own way", async () => {
  await start({ eventsPerSecond: 1, burst: 1 });
  await post(many(3));
  const node = await post(many(1), { "user-agent": "analytics-node-next/latest" });
  expect(Number(node.reset)).toBe(server.clock.now().epochMilliseconds + Number(node.after) * 1000);
  expect((await post(many(1), { "user-agent": "Mozilla/5.0" })).reset).toBe(node.after);
});

test("the size of an event, of a batch and of a body are settings", async () => {
  await start({ eventBytes: 2_000, batchEvents: 3, bodyBytes: 10_000 });
  expect(await post(many(3))).toMatchObject({ status: 200, code: undefined });
  expect(await post(many(4))).toMatchObject({ status: 413, code: "batch_too_large" });
  expect(await post(many(1, { properties: { text: "x".repeat(3_000) } }))).toMatchObject({
    status: 200,
    code: "event_too_large",
  });
  const event = { type: "track", userId: "u", event: "Just so large", messageId: "m", properties: { text: "" } };
  event.properties.text = "x".repeat(2_000 - JSON.stringify(event).length);
  expect(await post({ batch: [event] })).toMatchObject({ status: 200, code: undefined });
  expect(await post(many(1, { properties: { text: "ş".repeat(1_200) } }))).toMatchObject({ code: "event_too_large" });
  expect(await post(many(3, { properties: { text: "x".repeat(4_000) } }))).toMatchObject({
    status: 413,
    code: "body_too_large",
  });
  expect(await stored()).toBe(4);
});

test("COL-6 when the inbox grows past its bound the answer is 429, and 200 again once it is worked in", async () => {
  await start({ inboxEvents: 10 });
  await server.rooms.pipeline.stop?.();
  let sent = 0;
  for (;;) {
    const answer = await post(many(5));
    if (answer.status !== 200) {
      expect(answer).toEqual({ status: 429, code: "inbox_full", after: "5", reset: "5" });
      break;
    }
    sent += 5;
  }
  expect(sent).toBeGreaterThan(10);
  await server.rooms.pipeline.start?.();
  expect(await stored()).toBe(sent);
  while ((await post(many(5))).status !== 200);
  expect(await stored()).toBe(sent + 5);
});

test("COL-6 the inbox is looked at once a second at most, and only while requests come", async () => {
  await start({});
  let now = 0;
  const backpressure = new Backpressure(server.db, -1, () => now);
  expect(backpressure.isFull()).toBe(false);
  await expect.poll(() => backpressure.isFull()).toBe(true);
  await server.pool.query("alter table collect.inbox rename to inbox_away");
  now += 500;
  expect(backpressure.isFull()).toBe(true);
  await server.pool.query("alter table collect.inbox_away rename to inbox");
});

test("COL-6 while PostgreSQL lets nobody write, what waits in memory is bounded; what was taken is not lost", async () => {
  await start({ waitingBytes: 5_000 });
  const client = await server.pool.connect();
  await client.query("begin");
  await client.query("lock table collect.inbox in exclusive mode");
  const first = post(many(1, { properties: { text: "x".repeat(6_000) } }));
  await expect.poll(async () => (await post(many(1, { userId: "" }))).status).toBe(429);
  expect(await post(many(1))).toMatchObject({ status: 429, code: "inbox_full", after: "5" });
  await client.query("commit");
  client.release();
  expect(await first).toMatchObject({ status: 200 });
  expect(await post(many(1))).toMatchObject({ status: 200 });
  expect(await stored()).toBe(2);
});

test("COL-1 what is not durable is answered with 503 and a time, and is there once after the client's next try", async () => {
  await start({});
  const batch = many(1, { messageId: "again" });
  await server.pool.query("alter table collect.inbox rename to inbox_away");
  expect(await post(batch)).toMatchObject({ status: 503, code: "not_durable", after: "5", reset: null });
  await server.pool.query("alter table collect.inbox_away rename to inbox");
  expect(await post(batch)).toMatchObject({ status: 200 });
  expect(await stored()).toBe(1);
});

test("who called is believed of the operator's own proxies only", async () => {
  const forwarded = { origin: "https://shop.example", "x-forwarded-for": "198.51.100.9, 203.0.113.7" };
  const addresses: unknown[] = [];
  for (const trustedProxies of [[], ["127.0.0.0/8"], ["127.0.0.1", "203.0.113.0/24"]]) {
    if (addresses.length > 0) await server.close();
    server = await createServer({ trustedProxies });
    await post(many(1), forwarded);
    await stored();
    const [row] = await server.history.query<{ context: string }>("select context from events");
    addresses.push((JSON.parse(row?.context ?? "") as { ip: string }).ip);
  }
  expect(addresses).toEqual(["127.0.0.1", "203.0.113.7", "198.51.100.9"]);
});
