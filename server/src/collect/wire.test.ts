import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

interface Answer {
  readonly success: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly rejected?: readonly { readonly index: number; readonly code: string }[];
}

async function post(path: string, body: unknown, headers: Record<string, string> = basic()) {
  const response = await fetch(server.url + path, {
    method: "POST",
    body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

function basic(credentials = `${server.writeKey}:`) {
  return { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

interface Row {
  readonly profile_id: string;
  readonly name: string;
  readonly type: string;
  readonly user_id: string;
  readonly anonymous_id: string;
  readonly message_id: string;
  readonly timestamp: string;
  readonly historical: number;
  readonly properties: string;
  readonly traits: string;
  readonly context: string;
}

async function events(where: string): Promise<Row[]> {
  await server.settle();
  return server.history.query<Row>(`select * from events where ${where} order by message_id`);
}

async function contexts(where: string): Promise<Record<string, unknown>[]> {
  return (await events(where)).map((row) => JSON.parse(row.context) as Record<string, unknown>);
}

const LONG = ["track", "identify", "page", "screen", "group", "alias"] as const;

test("every path of Segment's and RudderStack's clients takes events", async () => {
  const body = { anonymousId: "paths", userId: "paths", event: "Path", previousId: "before-paths" };
  for (const path of LONG) expect((await post(`/v1/${path}`, body)).body, path).toEqual({ success: true });
  for (const path of LONG) expect((await post(`/v1/${path[0]}`, body)).body, path).toEqual({ success: true });
  const batch = { batch: [{ type: "track", anonymousId: "paths", event: "Path" }] };
  for (const path of ["/v1/batch", "/v1/b", "/v1/import"]) expect((await post(path, batch)).status).toBe(200);
  const beacon = await post(`/beacon/v1/batch?writeKey=${server.writeKey}`, batch, { "content-type": "text/plain" });
  expect(beacon.body).toEqual({ success: true });
  const found = await events("anonymous_id = 'paths'");
  expect(found).toHaveLength(16);
  expect(found.filter((row) => row.historical === 1)).toHaveLength(1);
  expect(new Set(found.map((row) => row.type))).toEqual(new Set(LONG));
});

test("RudderStack's merge makes ids one person's, alone and in a batch", async () => {
  const byId = (ref: string) => server.call<{ id: string }>("GET", `/v1/profiles/${ref}`);
  const mail = { type: "email", value: "merged@example.com" };
  await post("/v1/identify", { userId: "merge-mail", traits: { email: mail.value } });
  await post("/v1/identify", { anonymousId: "merge-phone", traits: { phone: "+12025550146" } });
  await server.settle();
  const merge = { anonymousId: "merge-device", mergeProperties: [mail, { type: "mobile", value: "+1-202-555-0146" }] };
  expect((await post("/v1/batch", { batch: [{ type: "merge", ...merge }] })).body).toEqual({ success: true });
  await server.settle();
  const person = (await byId("user_id:merge-mail")).body.id;
  expect((await byId("anonymous_id:merge-device")).body.id).toBe(person);
  expect((await byId("anonymous_id:merge-phone")).body.id).toBe(person);

  const shop = { userId: "merge-shop", mergeProperties: [{ type: "anonymous_id", value: "merge-kiosk" }] };
  expect((await post("/v1/merge", shop)).body).toEqual({ success: true });
  await server.settle();
  expect((await byId("anonymous_id:merge-kiosk")).body.id).toBe((await byId("user_id:merge-shop")).body.id);
  for (const mergeProperties of ["x", [{ type: "email" }], Array.from({ length: 21 }, () => mail)]) {
    const { body } = await post("/v1/merge", { ...merge, mergeProperties });
    expect(body.rejected?.[0]?.code, JSON.stringify(mergeProperties).slice(0, 60)).toBe("invalid_properties");
  }
});

test("what another system tells by a webhook is an event of whom it names, else of nobody, and once by its id", async () => {
  const path = `/v1/webhook?writeKey=${server.writeKey}`;
  await post("/v1/identify", { userId: "hooked", traits: { email: "hooked@example.com" } });
  await server.settle();
  const told = { kind: "survey.filled", email: "hooked@example.com", answers: [{ q: 1, a: "yes" }] };
  for (let times = 0; times < 2; times++)
    expect((await post(path, told, { "webhook-id": "hook-1" })).body).toEqual({ success: true });
  expect((await post(path, { kind: "stock.counted" }, {})).body).toEqual({ success: true });
  const found = await events("name = 'webhook_source_event'");
  const person = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:hooked");
  const known = found.filter((row) => row.message_id === "hook-1");
  expect(known.map((row) => [row.profile_id, JSON.parse(row.properties)])).toEqual([[person.body.id, told]]);
  const unknown = found.filter((row) => row.message_id !== "hook-1");
  expect(unknown.map((row) => [row.profile_id, row.properties])).toEqual([[NOBODY, '{"kind":"stock.counted"}']]);
  expect((await post("/v1/webhook?writeKey=wk_not_one_of_ours", told, {})).status).toBe(401);
  expect((await post(path, "[1]", {})).status).toBe(400);
});

test("a pixel is answered with a picture whatever it carries, and takes every type", async () => {
  const data = (event: object) => Buffer.from(JSON.stringify(event)).toString("base64url");
  const good = { writeKey: server.writeKey, anonymousId: "pixel", event: "Pixel", previousId: "p" };
  const paths = [
    ...LONG.map((type) => `/v1/pixel/${type}?data=${data(good)}`),
    `/pixel/v1/track?writeKey=${server.writeKey}&anonymousId=pixel&event=Pixel%20Query&properties.size=38&context.page.url=https%3A%2F%2Fshop.example`,
    `/pixel/v1/page?writeKey=${server.writeKey}&anonymousId=pixel&name=Start`,
    "/v1/pixel/track",
    "/v1/pixel/shout?data=abc",
    `/v1/pixel/track?data=${"x".repeat(10_000)}`,
    `/v1/pixel/track?data=${data({ ...good, writeKey: "wk_not_one_of_ours" })}`,
    `/pixel/v1/track?__proto__.a=1&constructor.b=2`,
  ];
  for (const path of paths) {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get("content-type")], path).toEqual([200, "image/gif"]);
  }
  const found = await events("anonymous_id = 'pixel'");
  expect(found).toHaveLength(8);
  const query = found.find((row) => row.name === "Pixel Query");
  expect(JSON.parse(query?.properties ?? "")).toEqual({ size: "38" });
  expect(JSON.parse(query?.context ?? "")).toMatchObject({ page: { url: "https://shop.example" }, ip: "127.0.0.1" });
});

test("the key counts in Basic with and without its colon, in the body, and in the body beside a foreign token", async () => {
  const event = { anonymousId: "keys", event: "Keys" };
  const withKey = { ...event, writeKey: server.writeKey };
  expect((await post("/v1/t", event, basic())).status).toBe(200);
  expect((await post("/v1/t", event, basic(server.writeKey))).status).toBe(200);
  expect((await post("/v1/t", withKey, {})).status).toBe(200);
  expect((await post("/v1/t", withKey, { authorization: "Bearer eyJhbGciOi.of-some-oauth.server" })).status).toBe(200);
  expect((await post("/v1/t", withKey, basic(":"))).status).toBe(200);
  expect((await post("/v1/t", event, { authorization: `bearer ${server.writeKey}` })).status).toBe(200);
  for (const headers of [{}, basic("wk_not_one_of_ours:"), { authorization: "Digest abc" }]) {
    const { status, body } = await post("/v1/t", event, headers as Record<string, string>);
    expect([status, body.code]).toEqual([401, "invalid_write_key"]);
    expect(body.message).toMatch(/\w/);
  }
  expect(await events("anonymous_id = 'keys'")).toHaveLength(6);
});

test("gzip is told by its bytes, whatever the labels say; a byte order mark is no harm", async () => {
  const packed = gzipSync(JSON.stringify({ anonymousId: "packed", event: "Packed" }));
  for (const headers of [
    { "content-encoding": "gzip", "content-type": "application/json" },
    { "content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "text/plain;charset=UTF-8" },
    { "content-type": "not a type at all" },
  ]) {
    expect((await post("/v1/t", packed, { ...basic(), ...headers } as Record<string, string>)).status).toBe(200);
  }
  expect((await post("/v1/t", `\ufeff${JSON.stringify({ anonymousId: "packed", event: "Packed" })}`)).status).toBe(200);
  expect(await events("anonymous_id = 'packed'")).toHaveLength(5);
});

test("a browser of another origin may ask and read what the clients need", async () => {
  for (const path of ["/v1/t", "/v1/batch", "/beacon/v1/batch", "/v1/projects/wk/settings"]) {
    const asked = await fetch(server.url + path, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
    expect([asked.status, asked.headers.get("access-control-allow-origin")], path).toEqual([204, "*"]);
    const allowed = asked.headers.get("access-control-allow-headers") ?? "";
    for (const name of ["authorization", "content-type", "x-retry-count", "anonymousid"])
      expect(allowed).toContain(name);
    expect(Number(asked.headers.get("access-control-max-age"))).toBeGreaterThanOrEqual(3600);
  }
  const refused = await post("/v1/t", {}, { origin: "https://shop.example" });
  expect(refused.status).toBe(401);
  expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  expect(refused.headers.get("access-control-expose-headers")).toContain("retry-after");
});

test("null is absent, numbers are ids, and ids are cleaned of what nobody sees", async () => {
  const { body } = await post("/v1/batch", {
    context: null,
    integrations: null,
    sentAt: null,
    batch: [
      {
        type: "track",
        event: "Nulls",
        userId: "nulls",
        anonymousId: null,
        messageId: null,
        timestamp: null,
        originalTimestamp: null,
        properties: null,
        context: null,
        integrations: null,
        traits: null,
        category: null,
      },
      { type: "page", userId: "nulls", name: null, category: null, properties: { path: null } },
      { type: "track", event: "Number", userId: 4711, anonymousId: 12.5, messageId: 99 },
      { type: "track", event: "Clean", userId: "  cle\u200ban\u0000\ud800 ", messageId: "\ufeffclean-1\u0007" },
      { type: "track", event: "Nobody", userId: "\u200b \u0000", anonymousId: "" },
      { type: "track", event: "Boolean", userId: true },
    ],
  });
  expect(body.rejected?.map(({ index, code }) => `${index} ${code}`)).toEqual(["4 no_user_anon_id", "5 invalid_id"]);
  expect(await events("user_id = 'nulls'")).toHaveLength(2);
  expect(await events("user_id = '4711' and anonymous_id = '12.5' and message_id = '99'")).toHaveLength(1);
  expect(await events("user_id = 'clean' and message_id = 'clean-1'")).toHaveLength(1);
});

test("what stands once for a batch stands under what each event says, to any depth", async () => {
  await post("/v1/batch", {
    context: {
      app: { name: "Shop", version: "7" },
      device: { id: "d-1", os: { name: "iOS", version: "26" } },
      locale: "tr-TR",
    },
    integrations: { All: false, Mail: { list: 1 } },
    batch: [
      { type: "track", event: "Shared", userId: "shared", messageId: "s1" },
      {
        type: "track",
        event: "Shared",
        userId: "shared",
        messageId: "s2",
        context: { app: { version: "8" }, device: { os: { version: "27" } }, locale: null },
        integrations: { Mail: { list: 2 }, Sms: true },
      },
    ],
  });
  const [first, second] = await contexts("user_id = 'shared'");
  expect(first).toEqual({
    app: { name: "Shop", version: "7" },
    device: { id: "d-1", os: { name: "iOS", version: "26" } },
    locale: "tr-TR",
    integrations: { All: false, Mail: { list: 1 } },
  });
  expect(second).toEqual({
    app: { name: "Shop", version: "8" },
    device: { id: "d-1", os: { name: "iOS", version: "27" } },
    locale: "tr-TR",
    integrations: { All: false, Mail: { list: 2 }, Sms: true },
  });
});

test("a bad shared context is each event's fault, not the server's", async () => {
  const batch = [{ type: "track", event: "Bad shared", userId: "bad-shared" }];
  const deep = JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`) as object;
  for (const [context, code] of [
    [deep, "too_deep"],
    [{ text: "a\u0000" }, "invalid_characters"],
    [{ text: "x".repeat(40_000) }, "event_too_large"],
  ] as const) {
    const { status, body } = await post("/v1/batch", { context, batch });
    expect([status, body.rejected?.[0]?.code]).toEqual([200, code]);
  }
});

test("the address is filled in for a person's own device only", async () => {
  const batch = (messageId: string, context: object, headers: Record<string, string> = {}) =>
    post(
      "/v1/batch",
      { batch: [{ type: "track", event: "Address", userId: "address", messageId, context }] },
      { ...basic(), ...headers },
    );
  await batch("1", { library: { name: "@segment/analytics-node" } });
  await batch("2", { library: { name: "analytics-swift" } });
  await batch("3", {}, { origin: "https://shop.example" });
  await batch("4", { ip: "203.0.113.9", library: { name: "analytics.js" } });
  await batch("5", { direct: true });
  expect((await contexts("user_id = 'address'")).map((context) => context.ip)).toEqual([
    undefined,
    "127.0.0.1",
    "127.0.0.1",
    "203.0.113.9",
    "127.0.0.1",
  ]);
});

test("an alias to oneself changes nothing and is no error", async () => {
  await post("/v1/i", { userId: "self", anonymousId: "self-device" });
  expect((await post("/v1/a", { userId: "self", previousId: "self", anonymousId: "self-device" })).body).toEqual({
    success: true,
  });
  await server.settle();
  const { body } = await server.call<{ identifiers: { type: string; value: string }[] }>(
    "GET",
    "/v1/profiles/user_id:self",
  );
  expect(body.identifiers.map(({ type, value }) => `${type}:${value}`).sort()).toEqual([
    "anonymous_id:self-device",
    "user_id:self",
  ]);
});

test("reserved traits are one trait in both spellings; RudderStack's traits are read where it puts them", async () => {
  await post("/v1/batch", {
    batch: [
      { type: "identify", userId: "spelt", traits: { firstName: "Old", lastName: "Er" }, timestamp: "2026-03-01" },
      { type: "identify", userId: "spelt", traits: { first_name: "New" }, timestamp: "2026-03-02" },
      { type: "identify", userId: "ruddered", context: { traits: { email: "r@x.example", city: "Izmir" } } },
    ],
  });
  await server.settle();
  const spelt = await server.call<{ traits: object }>("GET", "/v1/profiles/user_id:spelt");
  expect(spelt.body.traits).toEqual({ first_name: "New", last_name: "Er" });
  const ruddered = await server.call<{ traits: object }>("GET", "/v1/profiles/email:r@x.example");
  expect(ruddered.body.traits).toEqual({ email: "r@x.example", city: "Izmir" });
});

test("the time is corrected by Segment's rule, and RudderStack's own timestamp is kept", async () => {
  const now = server.clock.now().epochMilliseconds;
  const at = (ms: number) => new Date(now + ms).toISOString();
  const THREE_DAYS = 3 * 86_400_000;
  await post("/v1/batch", {
    sentAt: at(-3_595_000),
    timestamp: at(-7),
    batch: [
      { type: "track", event: "Time", userId: "time", messageId: "time-1", timestamp: at(-3_600_000) },
      { type: "track", event: "Time", userId: "time", messageId: "time-2", originalTimestamp: at(-3_600_000) },
      {
        type: "track",
        event: "Time",
        userId: "time",
        messageId: "time-3",
        originalTimestamp: at(-9),
        timestamp: at(-86_400_000),
      },
      {
        type: "track",
        event: "Time",
        userId: "time",
        messageId: "time-4",
        timestamp: at(THREE_DAYS),
        sentAt: at(THREE_DAYS + 2_000),
      },
      { type: "track", event: "Time", userId: "time", messageId: "time-5" },
      {
        type: "track",
        event: "Time",
        userId: "time",
        messageId: "time-6",
        timestamp: "2020-01-01T00:00:00Z",
        sentAt: at(100),
      },
    ],
  });
  await post("/v1/batch", {
    sentAt: "not a time",
    batch: [
      { type: "track", event: "Time", userId: "time", messageId: "time-7", timestamp: "2026-03-01T00:00:00+03:00" },
    ],
  });
  const found = await events("user_id = 'time'");
  expect(found.map((row) => new Date(row.timestamp).toISOString())).toEqual([
    at(-5_000),
    at(-5_000),
    at(-86_400_000),
    at(-2_000),
    at(0),
    "2019-12-31T23:59:59.900Z",
    "2026-02-28T21:00:00.000Z",
  ]);
});

test("the addresses that tools ask for are there", async () => {
  expect(await server.call("GET", "/health")).toMatchObject({ status: 200 });
  expect(await server.call("GET", "/version")).toMatchObject({ status: 200, body: { name: "kilim" } });
  const settings = await server.call<{ integrations: object }>("GET", `/v1/projects/${server.writeKey}/settings`);
  expect(settings.body.integrations).toEqual({
    "Segment.io": { apiKey: server.writeKey, apiHost: `${new URL(server.url).host}/v1`, protocol: "http" },
  });
});
