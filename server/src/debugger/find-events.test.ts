import { afterAll, beforeAll, expect, test } from "vitest";
import { openHistory } from "../platform/history.ts";
import { KeyRing } from "../platform/keys.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { findEvents } from "./queries/find-events.ch.ts";
import { readStream } from "./read-stream.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

function line(id: string, receivedAt: string) {
  return {
    profile_id: "00000000-0000-0000-0000-000000000000",
    timestamp: receivedAt,
    message_id: id,
    source: "s",
    type: "track",
    name: "E",
    channel: "web",
    received_at: receivedAt,
    properties: "{}",
    traits: '{"email":"Old@Example.com"}',
    context: "{}",
  };
}

test("the newest are found without opening parts whose every event is older", async () => {
  const asked: string[] = [];
  const history = {
    ...world.history,
    query: <T>(sql: string, params?: Readonly<Record<string, unknown>>) => {
      asked.push(sql);
      return world.history.query<T>(sql, params);
    },
  };
  await world.history.insert("events", [line("old", "2026-02-03T10:00:00Z")]);
  await world.history.insert("events", [line("older-today", "2026-03-02T01:00:00Z")]);
  await world.history.insert("events", [line("new", "2026-03-02T08:59:00Z")]);
  const since = "2026-03-02T08:00:00Z";
  const filter = { profileIds: [], name: "e", type: "track", source: "s", identifier: "old@example.com" };
  const found = await findEvents(history, filter, since, 10);
  expect(found.map((event) => event.message_id)).toEqual(["new"]);
  const plan = await world.history.query<{ explain: string }>(`explain indexes = 1 ${asked[0]}`, {
    ...filter,
    since,
    limit: 10,
    quoted: '"old@example.com"',
  });
  expect(plan.some(({ explain }) => explain.includes("Parts: 1/3"))).toBe(true);
  const before = { at: found[0]?.received_at ?? "", tie: "s:new" };
  expect((await findEvents(history, { ...filter, before }, "2026-01-01T00:00:00Z", 10)).length).toBe(2);
});

test("DBG-4 with History away the list goes on with what State has, and says that it is not complete", async () => {
  const history = openHistory({ url: "http://127.0.0.1:1" });
  const deps = { ...world, history, keys: new KeyRing(world.db, world.clock), namesOf: async () => new Map() };
  const { items, is_complete } = await readStream(deps, { limit: 10 });
  expect({ items, is_complete }).toEqual({ items: [], is_complete: false });
  await history.close();
});
