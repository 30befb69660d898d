import { afterAll, beforeAll, expect, test } from "vitest";

import { collectData, setAside } from "../collect/index.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { DoorHealth, EventDetail, Stream, StreamItem } from "./contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

/** Sends what is refused and returns when the debugger has been told of it. */
async function refused(body: string, key = server.writeKey, path = "/v1/batch"): Promise<void> {
  const told = new Promise<void>((done) => {
    const off = server.bus.onChange((changes) => {
      if (!changes.some(({ topic, what }) => topic === "event" && what.includes("rejected"))) return;
      off();
      done();
    });
  });
  await fetch(server.url + path, { method: "POST", body, headers: { authorization: `Bearer ${key}` } });
  await told;
}

async function accept(...batch: readonly object[]): Promise<void> {
  await server.call("POST", "/v1/batch", { batch }, { authorization: `Bearer ${server.writeKey}` });
}

async function list(query: string): Promise<readonly StreamItem[]> {
  return (await server.call<Stream>("GET", `/v1/events?${query}`)).body.items;
}

async function detail(item: StreamItem | undefined): Promise<EventDetail> {
  return (await server.call<EventDetail>("GET", `/v1/events/${item?.id}`)).body;
}

test("DBG-1 DBG-3 a refused event is listed with why, which part was at fault and what to do", async () => {
  const good = { type: "track", userId: "d1", event: "Fine" };
  await refused(
    JSON.stringify({
      batch: [
        good,
        { ...good, type: "shout" },
        { ...good, event: 7, traits: { email: "Ayse@Example.com" } },
        { ...good, userId: { id: 1 } },
        { ...good, timestamp: "yesterday" },
        { ...good, properties: [1] },
        { ...good, properties: { a: { text: "x\u0000y" } } },
        { ...good, properties: { note: "x".repeat(40_000), b: 1 } },
        JSON.parse(
          `{"type":"track","userId":"d","event":"Deep","properties":{"a":${'{"b":'.repeat(50)}1${"}".repeat(50)}}}`,
        ),
      ],
    }),
  );
  const items = await list("outcome=rejected");
  expect(items.map(({ code, field, value }) => [code, field, value?.slice(0, 12)])).toEqual(
    [
      ["invalid_type", "type", '"shout"'],
      ["no_event_name", "event", "7"],
      ["invalid_id", "userId", '{"id":1}'],
      ["invalid_timestamp", "timestamp", '"yesterday"'],
      ["invalid_properties", "properties", "[1]"],
      ["invalid_characters", "properties.a.text", String.raw`"x\u0000y"`],
      ["event_too_large", "properties.note", '"xxxxxxxxxxx'],
      ["too_deep", "properties.a.b.b.…", undefined],
    ].reverse(),
  );
  expect(items.every((item) => item.source_name === "Test shop" && item.state === "rejected")).toBe(true);
  const one = await detail((await list("outcome=rejected&identifier=ayse@example.com"))[0]);
  expect(one).toMatchObject({
    code: "no_event_name",
    remedy: expect.stringContaining("Product Viewed") as string,
    event: { type: "track", userId: "d1", event: 7 },
    is_cut: false,
  });
  expect(await detail((await list("name=deep"))[0])).toMatchObject({ code: "too_deep", is_cut: true });
  const large = await detail((await list("outcome=rejected")).find((item) => item.code === "event_too_large"));
  expect(JSON.stringify(large.event).length).toBeLessThan(9_000);
});

test("DBG-3 whole requests that were refused are listed too, and an unknown key only by its first characters", async () => {
  await refused("{", server.writeKey);
  await refused(`{"batch":[]}`, "wk_secretsecretsecret");
  await refused(`{"batch":1}`);
  const items = (await list("outcome=rejected")).filter((item) => item.state === "refused");
  expect(items.map(({ code, source_name }) => [code, source_name])).toEqual([
    ["invalid_body", "Test shop"],
    ["invalid_write_key", null],
    ["invalid_json", "Test shop"],
  ]);
  const unknown = await detail(items[1]);
  expect(unknown.key_hint).toBe("wk_sec…");
  expect(JSON.stringify(unknown)).not.toContain("secretsecret");
});

test("a key that floods is counted in full and kept in part; what is kept never grows past its bound", async () => {
  const before = (await server.call<DoorHealth>("GET", "/v1/events/health")).body;
  const batch = Array.from({ length: 2_000 }, () => ({ type: "track", event: "Nobody" }));
  await refused(JSON.stringify({ batch }));
  const { body } = await server.call<DoorHealth>("GET", "/v1/events/health");
  expect(body.rejected - before.rejected).toBe(2_000);
  expect(body.sources[0]?.codes[0]).toEqual({ code: "no_user_anon_id", n: 2_000 });
  expect((await list("outcome=rejected&name=nobody&limit=200")).length).toBeLessThanOrEqual(50);
  await server.pool.query(
    `insert into collect.rejections select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, at, source, is_request, code, message, key_hint, type, name,
       user_id, anonymous_id, message_id, identifiers, field, value, payload, is_cut
     from (select * from collect.rejections where name = 'Nobody' limit 1) as one, generate_series(1, 900) as n`,
  );
  await refused(JSON.stringify({ batch: batch.slice(0, 1) }));
  const { rows } = await server.pool.query<{ n: number }>(
    "select count(*)::int as n from collect.rejections where source <> '' group by source",
  );
  expect(rows).toEqual([{ n: 300 }]);
});

test("DBG-1 DBG-2 an accepted event is there once, waiting, then worked in, with its person, page after page", async () => {
  server.clock.advance({ seconds: 1 });
  // No batch commits while somebody holds the leases.
  const holder = await server.pool.connect();
  await holder.query("begin; select from pipeline.shards for update");
  await accept(
    { type: "identify", userId: "s1", messageId: "m-1", traits: { email: "s1@example.com", first_name: "Suzan" } },
    { type: "track", userId: "s1", messageId: "m-2", event: "Product Viewed", properties: { product_id: "p" } },
    { type: "track", anonymousId: "s-2", messageId: "m-3", event: "Product Added" },
  );
  const waiting = await list("outcome=accepted&limit=3");
  expect(waiting.map((item) => item.state)).toEqual(["waiting", "waiting", "waiting"]);
  expect((await detail(waiting[0])).event).toMatchObject({ messageId: waiting[0]?.message_id });
  await holder.query("rollback");
  holder.release();
  await server.settle();
  const seen: string[] = [];
  for (let after = ""; ; ) {
    const { body } = await server.call<Stream>("GET", `/v1/events?outcome=accepted&limit=2${after}`);
    seen.push(...body.items.map((item) => `${item.message_id} ${item.state}`));
    if (body.next === null) break;
    after = `&after=${body.next}`;
  }
  expect(seen.filter((text) => text.startsWith("m-"))).toEqual(["m-3 worked_in", "m-2 worked_in", "m-1 worked_in"]);
  expect(new Set(seen).size).toBe(seen.length);
  const found = await list("identifier=s1@example.com");
  expect(found.map((item) => [item.message_id, item.profile_name])).toEqual([
    ["m-2", "Suzan"],
    ["m-1", "Suzan"],
  ]);
  expect(await detail(waiting[0])).toMatchObject({ state: "worked_in", event: { name: "Product Added" } });
  expect(await list("name=product%20v&type=track&outcome=accepted")).toHaveLength(1);
  expect(await list("source=nobody")).toEqual([]);
});

test("what was set aside is listed, can be looked at, sent again and thrown away", async () => {
  const event = { messageId: "q-1", source: "t", type: "track", name: "Aside", userId: "quentin@example.com" };
  await setAside(server.db, server.clock, [
    { stage: "inbox", reason: "refused", event: event as never, raw: null },
    { stage: "outbox", reason: "no row", event: null, raw: Buffer.from("{broken").toString("base64") },
  ]);
  const items = await list("outcome=quarantined");
  expect(items.map(({ state, code }) => [state, code])).toEqual([
    ["quarantined", "quarantined_outbox"],
    ["quarantined", "quarantined_inbox"],
  ]);
  const raw = await detail(items[0]);
  expect(Buffer.from(raw.raw ?? "", "base64").toString()).toBe("{broken");
  expect(raw.can_retry).toBe(false);
  expect((await server.call("DELETE", `/v1/quarantine/${raw.quarantine_id}`)).body).toEqual({ discarded: true });
  const other = await detail((await list("identifier=quentin@example.com"))[0]);
  expect(other).toMatchObject({ can_retry: true, reason: "refused" });
  expect((await server.call("GET", `/v1/events/${raw.id}`)).status).toBe(404);
});

test("erasure forgets what was refused or set aside and mentions the person", async () => {
  await refused(JSON.stringify({ batch: [{ type: "shout", properties: { to: "Zeynep@example.com" } }] }));
  const data = collectData(async (event, { identifiers }) =>
    identifiers.some(({ value }) => JSON.stringify(event).includes(value)),
  );
  const identifiers = ["zeynep@example.com", "quentin@example.com"].map((value) => ({ type: "email", value }));
  const erase = () =>
    data.erase(
      server.db,
      { profileIds: [], identifiers, under: [], guests: [] },
      { inbox: 0, outbox: 0, at: "2999-01-01T00:00:00.000Z" },
    );
  expect(await erase()).toEqual({ removed: { quarantined: 1, rejections: 1 } });
  expect(await list("outcome=quarantined")).toEqual([]);
  expect(await erase()).toEqual({ removed: { quarantined: 0, rejections: 0 } });
});

test("no event of the debugger is read with the public write key", async () => {
  for (const path of ["/v1/events", "/v1/events/health", "/v1/events/abc"]) {
    const { status } = await server.call("GET", path, undefined, { authorization: `Bearer ${server.writeKey}` });
    expect([401, 403]).toContain(status);
  }
  expect((await server.call("GET", "/v1/events/abc")).status).toBe(404);
});
