import { connect } from "node:net";
import { gzipSync } from "node:zlib";

import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterEach, expect, test } from "vitest";

import type { IntakeSettings } from "../platform/intake-settings.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { type Between, type BetweenOptions, standBetween } from "./testing/between.ts";

let server: TestServer;
let between: Between;
afterEach(async () => {
  await between.close();
  await server.close();
});

async function start(options: BetweenOptions = {}, intake: Partial<IntakeSettings> = {}): Promise<void> {
  server = await createServer({ intake });
  between = await standBetween(server.url, options);
}

interface Client {
  readonly name: string;
  /** Sends events named `name` and returns once the client has given them up or delivered them. */
  send(name: string, count: number, more?: object): Promise<void>;
}

const node: Client = {
  name: "Segment's Node client",
  async send(name, count, more = {}) {
    const analytics = new Analytics({ writeKey: server.writeKey, host: between.url, flushAt: count });
    analytics.on("error", () => {});
    for (let i = 0; i < count; i++) {
      analytics.track({ userId: `user-${i % 3}`, event: name, properties: { i, ...more } });
    }
    await analytics.closeAndFlush({ timeout: 30_000 });
  },
};

const rudder: Client = {
  name: "RudderStack's Node client",
  async send(name, count, more = {}) {
    const client = new RudderAnalytics(server.writeKey, {
      dataPlaneUrl: between.url,
      // Its first event travels alone.
      flushAt: count,
      gzip: true,
    });
    for (let i = 0; i < count; i++) {
      client.track({ userId: `user-${i % 3}`, event: name, properties: { i, ...more } });
    }
    await client.flush().catch(() => {});
  },
};

async function stored(name: string): Promise<number> {
  await server.settle();
  const [row] = await server.history.query<{ n: number }>(
    "select count() as n from events where name = {name:String}",
    { name },
  );
  return row?.n ?? 0;
}

async function computedEvents(): Promise<number> {
  const { body } = await server.call<{ items: { computed: { events: number } }[] }>("GET", "/v1/profiles?limit=50");
  const full = await Promise.all(
    body.items.map((item) =>
      server.call<{ computed: { events: number } }>("GET", `/v1/profiles/${(item as unknown as { id: string }).id}`),
    ),
  );
  return full.reduce((sum, { body: profile }) => sum + profile.computed.events, 0);
}

for (const client of [node, rudder]) {
  test(`${client.name} waits when it is told to, and then every event is there once`, async () => {
    const isRefused = Promise.withResolvers<void>();
    await start(
      {
        onAnswer(status) {
          if (status !== 429) return;
          isRefused.resolve();
          server.clock.advance({ seconds: 30 });
        },
      },
      { eventsPerSecond: 1, burst: 1 },
    );
    await client.send("Waited", 5);
    // A first client has used up what the key may send: the second one's whole batch has to wait.
    await client.send("Waited", 5);
    await isRefused.promise;
    await expect.poll(() => stored("Waited"), { timeout: 20_000 }).toBe(10);
    expect(await computedEvents()).toBe(10);
    const refused = between.exchanges.findIndex(({ status }) => status === 429);
    expect(between.exchanges.slice(refused + 1).some(({ status }) => status === 200)).toBe(true);
  });

  test(`${client.name} tries again after 503 and after a lost answer, and every event is there once`, async () => {
    await start({
      async onAnswer(status) {
        if (status === 503) await server.pool.query("alter table collect.inbox_away rename to inbox");
      },
      // The first 200 never reaches the client: it must send again what is durable already.
      cutsOff: (count) => between.exchanges[count - 1]?.status === 200 && count <= 2,
    });
    await server.pool.query("alter table collect.inbox rename to inbox_away");
    await client.send("Again", 6);
    await expect.poll(() => stored("Again"), { timeout: 20_000 }).toBe(6);
    expect(await computedEvents()).toBe(6);
    const answers = between.exchanges.map(({ status }) => status);
    expect(answers[0]).toBe(503);
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
  });

  test(`${client.name} drops what is refused for good instead of sending it for ever`, async () => {
    await start({}, { batchEvents: 1 });
    await client.send("Dropped", 4);
    const perAnswer = Map.groupBy(between.exchanges, ({ status }) => status);
    expect(perAnswer.get(413)).toHaveLength(1);
    expect([...perAnswer.keys()].filter((status) => status !== 413 && status !== 200)).toEqual([]);
    expect(await stored("Dropped")).toBeLessThanOrEqual(1);
  });
}

test("the 900 kB that Segment's Node client sends against its own documents are taken whole", async () => {
  await start();
  await node.send("Large", 1_000, { text: "x".repeat(700) });
  expect(await stored("Large")).toBe(1_000);
  expect(Math.max(...between.exchanges.map(({ bytes }) => bytes))).toBeGreaterThan(500_000);
});

test("RudderStack's client labels its gzip as a form, and is understood", async () => {
  await start();
  await rudder.send("Form", 3);
  expect(await stored("Form")).toBe(3);
  expect(between.exchanges[0]?.requestHeaders).toMatchObject({
    "content-type": "application/x-www-form-urlencoded",
    "content-encoding": "gzip",
  });
});

/** As `requests` writes it to the wire for analytics-python 2.3.4: no Authorization, the key in the body. */
function pythonRequest(body: string | Buffer, isPacked = false): Buffer {
  const head = [
    "POST /v1/batch HTTP/1.1",
    `Host: ${new URL(server.url).host}`,
    "User-Agent: analytics-python/2.3.4",
    "Accept-Encoding: gzip, deflate",
    "Accept: */*",
    "Connection: keep-alive",
    "Content-Type: application/json",
    ...(isPacked ? ["Content-Encoding: gzip"] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), Buffer.from(body as string)]);
}

async function exchange(bytes: Buffer): Promise<{ status: number; json: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  let text = "";
  socket.on("error", reject);
  socket.on("data", (part) => {
    text += part.toString("utf8");
    const [head = "", body = ""] = text.split("\r\n\r\n");
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    if (length !== undefined && Buffer.byteLength(body) >= Number(length)) resolve(text);
  });
  socket.write(bytes);
  const answer = await promise;
  socket.destroy();
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
    json: JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)) as unknown,
  };
}

function pythonBatch(more: object = {}): string {
  const library = { name: "analytics-python", version: "2.3.4" };
  const common = { integrations: {}, timestamp: "2026-03-02T08:59:59.123456+00:00", context: { library } };
  return JSON.stringify({
    batch: [
      {
        ...common,
        anonymousId: null,
        userId: "py-1",
        type: "identify",
        traits: { email: "py@shop.example" },
        messageId: "py-a",
      },
      {
        ...common,
        anonymousId: null,
        userId: "py-1",
        type: "track",
        event: "Python",
        properties: {},
        messageId: "py-b",
      },
      {
        ...common,
        anonymousId: "py-anon",
        userId: null,
        type: "page",
        category: null,
        name: null,
        properties: {},
        messageId: "py-c",
      },
    ],
    sentAt: "2026-03-02T09:00:00.000000+00:00",
    writeKey: server.writeKey,
    ...more,
  });
}

test("Python's client, byte by byte: no header holds its key, nulls are nothing, and only 200 is success", async () => {
  await start();
  expect(await exchange(pythonRequest(pythonBatch()))).toEqual({ status: 200, json: { success: true } });
  expect(await exchange(pythonRequest(gzipSync(pythonBatch()), true))).toEqual({
    status: 200,
    json: { success: true },
  });
  await server.settle();
  const rows = await server.history.query<{ message_id: string; timestamp: string; channel: string }>(
    "select message_id, timestamp, channel from events order by message_id",
  );
  expect(rows).toEqual(
    ["py-a", "py-b", "py-c"].map((id) => ({ message_id: id, timestamp: "2026-03-02T08:59:59.123Z", channel: "api" })),
  );
  expect((await server.call("GET", "/v1/profiles/email:py@shop.example")).status).toBe(200);
});

test("Python's client gives up only on a JSON error that has a code and a message", async () => {
  await start({}, { batchEvents: 5, eventsPerSecond: 10, burst: 4 });
  const answers: [status: number, body: string][] = [
    [401, pythonBatch({ writeKey: "wk_unknown_unknown" })],
    [400, '{"batch":'],
    [400, pythonBatch({ batch: null })],
    [413, pythonBatch({ batch: Array.from({ length: 6 }, () => ({})) })],
  ];
  for (const [status, body] of answers) {
    expect(await exchange(pythonRequest(body))).toEqual({
      status,
      json: {
        success: false,
        code: expect.stringMatching(/^\w+$/) as unknown,
        message: expect.stringMatching(/\w/) as unknown,
      },
    });
  }
  await exchange(pythonRequest(pythonBatch()));
  await exchange(pythonRequest(pythonBatch()));
  // It ignores Retry-After and comes again at once, with the same ids: refused until there is room, and counted once.
  expect(await exchange(pythonRequest(pythonBatch()))).toMatchObject({ status: 429, json: { code: "key_rate" } });
  server.clock.advance({ seconds: 1 });
  expect(await exchange(pythonRequest(pythonBatch()))).toMatchObject({ status: 200 });
  await server.settle();
  expect(await server.history.query("select count() as n from events")).toEqual([{ n: 3 }]);
});
