import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import { type Life, liveALife, tracesOf } from "./testing/live-a-life.ts";

let server: TestServer;
let life: Life;
let other: Life;
let exported: { profile_ids: string[]; data: Record<string, Record<string, Record<string, unknown>[]>> };
let response: Response;

beforeAll(async () => {
  server = await createServer();
  other = await liveALife(server, "neighbour");
  life = await liveALife(server, "asking");
  response = await fetch(`${server.url}/v1/profiles/user_id:${life.userId}/export`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  exported = (await response.json()) as typeof exported;
});
afterAll(() => server.close());

test("PRI-6 the export tells of every store that erasure knows, with all that it holds", async () => {
  expect(exported.profile_ids).toEqual([life.profileId, life.mergedId]);
  const kinds = Object.fromEntries(Object.entries(exported.data).map(([store, of]) => [store, Object.keys(of)]));
  const { body } = await server.call<{ id: string }>(
    "DELETE",
    "/v1/profiles/email:somebody@else.example?suppress=true",
  );
  const receipt = await server.call<{ stores: { store: string }[] }>("GET", `/v1/erasures/${body.id}`);
  expect(Object.keys(kinds)).toEqual(receipt.body.stores.map(({ store }) => store));
  const least: Record<string, string[]> = {
    identity: ["identifiers", "merges", "warnings", "meetings", "sessions"],
    profiles: ["profile"],
    segments: ["segments", "lists", "segment_states"],
    journeys: ["journeys"],
    messages: ["messages", "clicks", "mailbox", "message_suppressions"],
    carts: ["carts", "lists"],
    orders: ["orders"],
    decisions: ["devices"],
    collect: ["quarantined_events", "rejected_events"],
    history: ["events"],
  };
  for (const [store, some] of Object.entries(least)) expect(kinds[store]).toEqual(expect.arrayContaining(some));
});

test("PRI-6 it holds consent with its proof, identifiers with their source, orders with their lines, the whole timeline", async () => {
  const { identity, profiles, orders, history, journeys } = exported.data;
  expect(profiles?.profile?.[0]?.consent).toMatchObject({ email: { marketing: { state: "granted", source: "form" } } });
  for (const identifier of identity?.identifiers ?? []) expect(identifier.source).toEqual(expect.any(String));
  expect(orders?.orders?.[0]).toMatchObject({ email: life.email, lines: [{ quantity: 1, unit_price: 8900 }] });
  expect(journeys?.journeys?.[0]?.steps_taken).not.toEqual([]);
  const { body } = await server.call<{ items: unknown[] }>("GET", `/v1/profiles/${life.profileId}/events?limit=500`);
  expect(history?.events).toHaveLength(body.items.length);
  const times = (history?.events ?? []).map(({ timestamp }) => String(timestamp));
  expect(times).toEqual([...times].sort());
});

test("PRI-6 it is a file to keep, and tells nothing of anybody else", async () => {
  expect(response.headers.get("content-disposition")).toContain("attachment");
  const text = JSON.stringify(exported);
  for (const trace of tracesOf(life)) expect(text).toContain(trace);
  for (const trace of tracesOf(other)) expect(text).not.toContain(trace);
  expect((await server.call("GET", "/v1/profiles/user_id:nobody/export")).status).toBe(404);
  const device = { authorization: `Bearer ${server.writeKey}` };
  expect((await server.call("GET", `/v1/profiles/${life.profileId}/export`, undefined, device)).status).toBe(403);
});
