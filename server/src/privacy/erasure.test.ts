import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { Receipt } from "./contracts.ts";
import { type Life, liveALife, tracesOf } from "./testing/live-a-life.ts";
import { readEverything, searchEverything, tablesOfPeople } from "./testing/search-everything.ts";

let server: TestServer;
let gone: Life;
let other: Life;
let receipt: Receipt;
let otherBefore: string;

beforeAll(async () => {
  server = await createServer();
  other = await liveALife(server, "bystander");
  gone = await liveALife(server, "leaving");
  otherBefore = await everythingOf(other);
});
afterAll(() => server.close());

async function everythingOf({ profileId }: Life): Promise<string> {
  const { body } = await server.call<{ exported_at: string }>("GET", `/v1/profiles/${profileId}/export`);
  return JSON.stringify({ ...body, exported_at: "" }, null, 1);
}

async function erase(ref: string, suppress = false): Promise<Receipt> {
  const { status, body } = await server.call<Receipt>("DELETE", `/v1/profiles/${ref}?suppress=${suppress}`);
  expect(status, JSON.stringify(body)).toBe(202);
  await server.settle();
  return (await server.call<Receipt>("GET", `/v1/erasures/${body.id}`)).body;
}

/** Rows that the next moment takes away. */
const FLEETING = new Set(["state segments.pending_changes"]);

test("PRI-1 every table that holds people holds this one: a new room's table must be lived in, exported and erased, too", async () => {
  const everything = await readEverything(server);
  const traces = tracesOf(gone).map((trace) => trace.toLowerCase());
  const untouched = (await tablesOfPeople(server)).filter(
    (table) => !FLEETING.has(table) && !traces.some((trace) => everything.get(table)?.toLowerCase().includes(trace)),
  );
  expect(untouched, "let testing/live-a-life.ts write into these tables, and their room erase them").toEqual([]);
});

test("PRI-1 after an erasure no table of State or History holds the person, under any id, packed, sealed or plain", async () => {
  receipt = await erase(`email:${gone.email}`);
  expect(receipt.state).toBe("done");
  expect(receipt.stores.every(({ status }) => status === "done")).toBe(true);
  // Sealed until the second look; nowhere else any more.
  const traces = await searchEverything(server, tracesOf(gone));
  expect(new Set(traces.map(({ table }) => table))).toEqual(new Set(["state privacy.erasures"]));
  server.clock.advance({ minutes: 5 });
  await server.settle();
  const { body } = await server.call<Receipt>("GET", `/v1/erasures/${receipt.id}`);
  expect(body.checked_at).not.toBeNull();
  expect(await searchEverything(server, tracesOf(gone))).toEqual([]);
});

test("PRI-1 whoever stays loses nothing", async () => {
  expect(await everythingOf(other)).toBe(otherBefore);
});

test("PRI-2 the receipt tells per store what went and what stays, and names nobody", async () => {
  const of = Object.fromEntries(receipt.stores.map(({ store, removed, kept }) => [store, { removed, kept }]));
  expect(of.profiles?.removed).toMatchObject({ profiles: 1, search: 1 });
  expect(of.identity?.removed).toMatchObject({ identifiers: 5, aliases: 1, merges: 1, sessions: 1, sign_in_codes: 1 });
  expect(of.orders?.kept).toEqual({ orders: 1 });
  expect(of.messages?.kept).toEqual({ suppressions: 1 });
  expect(of.history?.removed.events).toBeGreaterThan(5);
  expect(of.collect?.removed).toEqual({ quarantined: 2, rejections: 1 });
  const { body: list } = await server.call<{ items: Receipt[] }>("GET", "/v1/erasures");
  expect(list.items).toHaveLength(1);
  expect(list.items[0]).toMatchObject({ id: receipt.id, state: "done", requested_by: "api", suppress: false });
});

test("PRI-1 the order book keeps what the law asks for, without the buyer; an address nothing may be sent to stays so", async () => {
  const { rows: orders } = await server.pool.query(
    "select profile_id, email, anonymous_id, total from orders.book order by id desc limit 1",
  );
  expect(orders).toEqual([{ profile_id: null, email: null, anonymous_id: null, total: 8900 }]);
  const { rows } = await server.pool.query("select address from messages.suppressions where address like 'erased:%'");
  expect(rows).toHaveLength(1);
});

test("PRI-1 whoever is gone is found no more, and cannot be erased twice", async () => {
  for (const ref of [gone.profileId, gone.mergedId, `email:${gone.email}`, `user_id:${gone.userId}`]) {
    expect((await server.call("GET", `/v1/profiles/${encodeURIComponent(ref)}`)).status).toBe(404);
    expect((await server.call("DELETE", `/v1/profiles/${encodeURIComponent(ref)}`)).status).toBe(404);
  }
});
