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
  readonly rejected?: readonly { readonly index: number; readonly code: string }[];
}

async function post(path: string, body: string | Buffer | object) {
  const response = await fetch(server.url + path, {
    method: "POST",
    body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers: { authorization: `Basic ${Buffer.from(`${server.writeKey}:`).toString("base64")}` },
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

async function history<T>(select: string): Promise<T[]> {
  await server.settle();
  return server.history.query<T>(select);
}

const isUp = async () => (await server.call("GET", "/v1/pipeline")).status === 200;

/** The hostile events as text between two good ones: both must arrive whatever stands between them. */
async function between(user: string, hostile: readonly string[]) {
  const good = JSON.stringify({ type: "track", userId: user, event: "Good" });
  const answer = await post("/v1/batch", `{"batch":[${[good, ...hostile, good].join(",")}]}`);
  expect(answer.status).toBe(200);
  const names = await history<{ name: string }>(`select name from events where user_id = '${user}'`);
  expect(names.filter(({ name }) => name === "Good")).toHaveLength(2);
  const quarantine = await server.call<{ items: { reason: string }[] }>("GET", "/v1/quarantine");
  expect(quarantine.body.items).toEqual([]);
  return (answer.body.rejected ?? []).map(({ index, code }) => `${index} ${code}`);
}

function track(user: string, more: string): string {
  return `{"type":"track","userId":"${user}","event":"Hostile",${more}}`;
}

test("a gzip bomb, also one inside another, ends at the limit of a body", async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20));
  expect((await post("/v1/batch", bomb)).body.code).toBe("body_too_large");
  expect((await post("/v1/batch", gzipSync(bomb))).body.code).toMatch(/^(invalid_json|body_too_large)$/);
  expect((await post("/v1/batch", bomb.subarray(0, 1000))).body.code).toMatch(/^(invalid_json|body_too_large)$/);
  expect((await post("/v1/batch", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))).body.code).toBe("invalid_json");
  expect(await isUp()).toBe(true);
});

test("a body of 10 MB is answered with 413, declared or in pieces, and the connection is no worse for it", async () => {
  const text = JSON.stringify({ batch: [{ type: "track", userId: "big", event: "x".repeat(10_000_000) }] });
  expect(await post("/v1/batch", text)).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  const pieces = new ReadableStream({
    start(controller) {
      for (let at = 0; at < text.length; at += 500_000) {
        controller.enqueue(new TextEncoder().encode(text.slice(at, at + 500_000)));
      }
      controller.close();
    },
  });
  const response = await fetch(`${server.url}/v1/batch`, { method: "POST", body: pieces, duplex: "half" });
  expect(response.status).toBe(413);
  expect(await isUp()).toBe(true);
});

test("20,000 levels, in an event, in the body and in the key's place, harm nobody", async () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const maps = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  expect(
    await between("deep", [
      track("deep", `"properties":{"a":${deep}}`),
      track("deep", `"context":${maps}`),
      track("deep", `"integrations":${maps}`),
      maps,
      deep,
    ]),
  ).toEqual(["1 too_deep", "2 too_deep", "3 too_deep", "4 too_deep", "5 too_deep"]);
  for (const body of [`{"batch":${deep}}`, `{"writeKey":${deep},"batch":[]}`, `{"sentAt":${maps},"batch":[]}`, deep]) {
    expect((await post("/v1/batch", body)).status).toBeLessThan(500);
  }
  expect(await isUp()).toBe(true);
});

test("NUL, halves of surrogate pairs and bytes that are no UTF-8 stop no neighbour", async () => {
  expect(
    await between("text", [
      track("text", '"properties":{"a":"\\u0000"}'),
      track("text", '"properties":{"\\ud800":1}'),
      track("text", '"traits":{"a":["\\udfff"]}'),
      track("text", '"context":{"page":{"title":"\\ud83d"}}'),
      track("text", '"properties":{"a":"\\ud83d\\ude00"}'),
      track("text\\u0000", '"properties":{}'),
      track("text", '"properties":{"a":"\\\\u0000"}'),
    ]),
  ).toEqual(["1 invalid_characters", "2 invalid_characters", "3 invalid_characters", "4 invalid_characters"]);
  const raw = Buffer.concat([
    Buffer.from('{"batch":[{"type":"track","userId":"bytes","event":"Bytes","properties":{"a":"'),
    Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
    Buffer.from('"}}]}'),
  ]);
  expect((await post("/v1/batch", raw)).body).toEqual({ success: true });
  const [row] = await history<{ properties: string }>("select properties from events where user_id = 'bytes'");
  expect(JSON.parse(row?.properties ?? "")).toMatchObject({ a: expect.stringMatching(/^\ufffd+$/) as unknown });
});

test("ids, names and times without measure are refused one by one", async () => {
  const long = "x".repeat(10_000);
  const rejected = await between("measure", [
    track(long, '"properties":{}'),
    track("measure", `"anonymousId":"${long}"`),
    track("measure", `"messageId":"${long}"`),
    track("measure", `"groupId":"${long}"`),
    `{"type":"track","userId":"measure","event":"${long}"}`,
    `{"type":"alias","userId":"measure","previousId":"${long}"}`,
    track("measure", '"timestamp":"0001-01-01T00:00:00Z"'),
    track("measure", '"timestamp":"9999-12-31T23:59:59Z"'),
    track("measure", '"timestamp":"2026-03-02T09:00:00+25:00"'),
    track("measure", '"timestamp":"2026-03-02T09:00:00 Mars/Olympus"'),
    track("measure", '"timestamp":"2026-02-32T09:00:00Z"'),
    track("measure", '"timestamp":8640000000000001'),
    track("measure", '"timestamp":-1'),
    track("measure", '"timestamp":1e400'),
    track("measure", '"originalTimestamp":"0001-01-01T00:00:00Z","timestamp":"2026-03-01T00:00:00Z"'),
    track("measure", '"sentAt":"9999-12-31T00:00:00Z","timestamp":"2026-03-01T00:00:00Z"'),
    track("measure", '"timestamp":{"a":1}'),
  ]);
  expect(rejected).toEqual([
    "1 invalid_id",
    "2 invalid_id",
    "3 invalid_message_id",
    "4 invalid_id",
    "5 no_event_name",
    "6 invalid_id",
    "7 invalid_timestamp",
    "9 invalid_timestamp",
    "10 invalid_timestamp",
    "11 invalid_timestamp",
    "13 invalid_timestamp",
    "14 invalid_timestamp",
    "17 invalid_timestamp",
  ]);
  const found = await history<{ timestamp: string }>(
    "select timestamp from events where user_id = 'measure' and name = 'Hostile'",
  );
  for (const { timestamp } of found)
    expect(Date.parse(timestamp)).toBeLessThanOrEqual(server.clock.now().epochMilliseconds);
});

test("properties that no column type takes arrive as they were sent, and can be asked about", async () => {
  expect(
    await between("shapes", [
      track("shapes", '"messageId":"s1","properties":{"a.b":1,"a":{"b":2}}'),
      track("shapes", '"messageId":"s2","properties":{"a":1,"a":{"b":[[]]},"":{"":""}}'),
      track("shapes", '"messageId":"s3","properties":{"constructor":1,"toString":{"valueOf":2},"hasOwnProperty":[]}'),
      track(
        "shapes",
        '"messageId":"s4","properties":{"n":1e308,"m":123456789012345678901234567890,"i":1e400,"z":-0.0}',
      ),
      track("shapes", '"messageId":"s5","properties":{"__proto__":{"isAdmin":true}}'),
      track("shapes", '"messageId":"s6","properties":{"\\u005f_proto__":1}'),
      track("shapes", '"messageId":"s7","properties":[]'),
    ]),
  ).toEqual(["5 forbidden_key", "6 forbidden_key", "7 invalid_properties"]);
  const rows = await history<{ properties: string }>(
    "select properties from events where user_id = 'shapes' and name = 'Hostile' order by message_id",
  );
  expect(rows.map((row) => row.properties)).toEqual([
    '{"a.b":1,"a":{"b":2}}',
    '{"a":{"b":[[]]},"":{"":""}}',
    '{"constructor":1,"toString":{"valueOf":2},"hasOwnProperty":[]}',
    '{"n":1e+308,"m":1.2345678901234568e+29,"i":null,"z":0}',
  ]);
  const timeline = await server.call<{ items: { properties: unknown }[] }>("GET", "/v1/profiles/user_id:shapes/events");
  expect(timeline.body.items.map((item) => JSON.stringify(item.properties))).toContain('{"a.b":1,"a":{"b":2}}');
});

test("money, traits, consent and carts of any shape fold, and what follows of the person as well", async () => {
  const user = (more: string) => `{"userId":"folds",${more}}`;
  const orders = ["1e300", "-1e300", '"99999999999999999999"', '"abc"', "null", "{}", "[1]", "true", "1e400"];
  const names = ["constructor", "__defineGetter__", "toString", "", " ", "a.b", "x".repeat(5_000)];
  expect(
    await between("folds", [
      ...orders.map((revenue, i) =>
        user(
          `"type":"track","event":"Order Completed","properties":{"order_id":"h${i}","revenue":${revenue},"total":${revenue},"currency":${revenue},"products":${revenue}}`,
        ),
      ),
      user('"type":"track","event":"Order Completed","properties":{"order_id":{"a":1},"revenue":5}'),
      user(
        '"type":"track","event":"Order Refunded","properties":{"order_id":"h0","total":1e308,"products":[[],null,5,{"price":"x"}]}',
      ),
      user(
        '"type":"track","event":"Cart Viewed","properties":{"cart_id":"c","products":[null,{"price":1e300,"quantity":1e300}]}',
      ),
      user(
        '"type":"track","event":"Product Added","properties":{"product_id":{"a":1},"price":"1e999","quantity":-1e300}',
      ),
      user(
        '"type":"track","event":"Product Viewed","properties":{"product_id":"__proto__","category":{"a":1}}',
      ).replace("__proto__", "constructor"),
      user(
        '"type":"track","event":"Consent Changed","properties":{"channel":"constructor","purpose":"toString","state":"granted"}',
      ),
      user('"type":"track","event":"Consent Changed","properties":{"channel":{},"purpose":[],"state":5}'),
      ...names.map((name) => user(`"type":"identify","traits":{${JSON.stringify(name)}:{"a":[1]}}`)),
      user('"type":"identify","traits":{"email":{"a":1},"phone":[1],"first_name":{"x":1},"birthday":1e300}'),
      user(
        '"type":"track","event":"constructor","context":{"channel":"toString","touchpoint":{"a":1},"device":{"id":{"a":1}},"externalIds":[null,{"type":"constructor","id":{}}]}',
      ),
    ]),
  ).toEqual([]);
  for (const path of ["/v1/profiles/user_id:folds", "/v1/profiles/user_id:folds/events", "/v1/profiles?limit=5"]) {
    expect((await server.call("GET", path)).status, path).toBe(200);
  }
});

test("100 months in one batch, and 101 in an import, are in History all", async () => {
  const month = (i: number) => new Date(Date.UTC(2016, i, 15)).toISOString();
  const batch = (user: string, n: number) => ({
    batch: Array.from({ length: n }, (_, i) => ({ type: "track", userId: user, event: "Month", timestamp: month(i) })),
  });
  expect((await post("/v1/batch", batch("months", 100))).body).toEqual({ success: true });
  expect((await post("/v1/import", batch("months-imported", 101))).body).toEqual({ success: true });
  const months = await history<{ user_id: string; n: number }>(
    "select user_id, uniqExact(toYYYYMM(timestamp)) as n from events where name = 'Month' group by user_id order by n",
  );
  expect(months).toEqual([
    { user_id: "months", n: 100 },
    { user_id: "months-imported", n: 101 },
  ]);
});

test("bodies that are JSON and no request are refused with a code", async () => {
  const bodies: [body: string, code: string][] = [
    ["", "invalid_json"],
    ["null", "invalid_body"],
    ["5", "invalid_body"],
    ["[]", "invalid_body"],
    ['"batch"', "invalid_body"],
    ["{}", "invalid_body"],
    ['{"batch":{}}', "invalid_body"],
    ['{"batch":"x"}', "invalid_body"],
    [`{"batch":[${"1,".repeat(2_500)}1]}`, "batch_too_large"],
  ];
  for (const [body, code] of bodies) expect((await post("/v1/batch", body)).body.code, body.slice(0, 20)).toBe(code);
  expect((await post("/v1/batch", { batch: [] })).body).toEqual({ success: true });
});
