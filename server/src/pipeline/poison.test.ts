import { zstdCompressSync } from "node:zlib";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type KilimEvent, newEvent } from "../collect/index.ts";
import { rows, sql } from "../platform/db.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { toHistoryRow } from "./history-rows.ts";
import { createPipeline, type Pipeline } from "./index.ts";

const noSegments: SegmentKeeper = {
  async foldBatch(_tx, { events }) {
    if (events.some(({ event }) => event.name === "Breaks a room")) throw new TypeError("a room fails on this event");
    return [];
  },
  takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
  nextDue: async () => null,
  countBeyond: async () => ({ people: 0, waiting: 0 }),
};

let world: World;
let pipeline: Pipeline;
beforeAll(async () => {
  world = await createWorld();
  const log = createLog("test", "silent");
  pipeline = createPipeline({ ...world, log, node: "poison", rawDays: 7, segments: noSegments, followers: [] });
  await pipeline.start?.();
});
afterAll(async () => {
  await pipeline.stop?.();
  await world.close();
});

const WITHIN_MS = 5_000;

/** The promise is about time: the loops run by themselves, nobody drains. */
async function within5s<T>(ask: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const end = performance.now() + WITHIN_MS;
  for (;;) {
    const found = await ask();
    if (isSo(found) || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function injectInbox(...packed: Buffer[]): Promise<void> {
  for (const events of packed) {
    await sql`
      insert into collect.inbox (shard, n, received_at, events)
      values (3, 1, ${world.clock.now().toString()}, ${events})`.execute(world.db);
  }
  world.bus.wake("inbox");
}

async function injectOutbox(rowsOf: Buffer, merges = "[]"): Promise<void> {
  await sql`
    insert into pipeline.outbox (created_at, n, rows, merges, profile_ids)
    values (${world.clock.now().toString()}, 1, ${rowsOf}, ${merges}::jsonb, '{}')`.execute(world.db);
  world.bus.wake("outbox");
}

const left = async () =>
  (await rows<{ n: number }>(world.db, sql`select count(*)::int as n from collect.inbox`))[0]?.n ?? -1;
const unshipped = async () =>
  (await rows<{ n: number }>(world.db, sql`select count(*)::int as n from pipeline.outbox where shipped_at is null`))[0]
    ?.n ?? -1;
const quarantined = async () =>
  rows<{ stage: string; reason: string; event: unknown; raw: string | null }>(
    world.db,
    sql`select stage, reason, event, raw from collect.quarantine order by id`,
  );
const arrived = async (user: string) =>
  (
    await world.history.query<{ name: string }>("select name from events where user_id = {user:String} order by name", {
      user,
    })
  ).map((row) => row.name);

let n = 0;
function event(user: string, name: string, more: object = {}): KilimEvent {
  return { ...newEvent(world.clock, { messageId: `poison-${++n}`, source: "test", name, userId: user }), ...more };
}

const pack = (value: unknown) => zstdCompressSync(typeof value === "string" ? value : JSON.stringify(value));

const DEEP = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;

/** What no door of ours lets through; each of them would stop a shard for ever if anything took it at its word. */
function badEvents(user: string): [what: string, event: unknown][] {
  return [
    ["null", null],
    ["a number", 5],
    ["a list", []],
    ["nothing in it", {}],
    ["receivedAt a number", event(user, "Bad", { receivedAt: 5 })],
    ["receivedAt no day", event(user, "Bad", { receivedAt: "9999-99-99T00:00:00Z" })],
    ["receivedAt beyond all days", event(user, "Bad", { receivedAt: "999999-01-01T00:00:00Z" })],
    ["timestamp no time", event(user, "Bad", { timestamp: "yesterday" })],
    ["timestamp an object", event(user, "Bad", { timestamp: { a: 1 } })],
    ["traits null", event(user, "Bad", { type: "identify", traits: null })],
    ["context null", event(user, "Bad", { context: null })],
    ["properties null", event(user, "Bad", { properties: null })],
    ["a name that is a number", event(user, "Bad", { name: 5 })],
    ["a profile id that is none", event(user, "Bad", { profileId: "x" })],
    ["20,000 levels", DEEP],
  ];
}

/** A row with a bad event between good ones; the text of the deepest stands as it is. */
function packWith(bad: unknown, good: readonly KilimEvent[]): Buffer {
  const [first, ...rest] = good.map((one) => JSON.stringify(one));
  return pack(`[${[first, bad === DEEP ? DEEP : JSON.stringify(bad), ...rest].join(",")}]`);
}

test("PIP-4 an inbox row that is no batch at all is set aside within 5 s, and the shard goes on", async () => {
  const garbage = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 131) % 256));
  await injectInbox(
    Buffer.from("not zstd"),
    Buffer.alloc(0),
    zstdCompressSync(garbage),
    zstdCompressSync(Buffer.alloc(50)),
    pack('{"a":1}'),
    pack("5"),
    pack("null"),
    pack('"text"'),
    pack("[1,"),
    pack([event("rows", "Fine")]),
  );
  expect(
    await within5s(
      () => arrived("rows"),
      (names) => names.length === 1,
    ),
  ).toEqual(["Fine"]);
  expect(await within5s(left, (rest) => rest === 0)).toBe(0);
  expect(await quarantined()).toHaveLength(9);
});

test("PIP-4 a shard that no worker looks into takes nothing", async () => {
  const inject = sql`
    insert into collect.inbox (shard, n, received_at, events)
    values (16, 1, ${world.clock.now().toString()}, ${pack([event("nowhere", "Nowhere")])})`;
  await expect(inject.execute(world.db)).rejects.toThrow("inbox_shard_exists");
});

test("PIP-4 an event that breaks the fold or an engine is set aside within 5 s, its neighbours in the row arrive", async () => {
  for (const [what, bad] of badEvents("one-bad")) {
    const before = (await quarantined()).length;
    const user = `beside ${what}`;
    await injectInbox(packWith(bad, [event(user, "Before"), event(user, "After")]));
    expect(await within5s(left, (rest) => rest === 0), what).toBe(0);
    expect(
      await within5s(
        () => arrived(user),
        (names) => names.length === 2,
      ),
      what,
    ).toEqual(["After", "Before"]);
    expect(await within5s(quarantined, (all) => all.length > before), what).toHaveLength(before + 1);
  }
});

test("PIP-4 texts that no door lets through, and ids that are none, stop nobody", async () => {
  const odd = { type: "identify", userId: "odd" };
  await injectInbox(
    pack([event("odd-1", "Before"), event("odd", "Odd\0", { ...odd, traits: { a: "\0" } }), event("odd-1", "After")]),
    pack([event("odd-1", "Before"), event("odd", "Odd", { ...odd, traits: { a: "\ud800" } }), event("odd-1", "After")]),
    pack([event("odd-1", "Before"), event("odd", "Odd", { userId: { a: 1 } }), event("odd-1", "After")]),
    pack([event("odd-1", "Before"), event("x".repeat(20_000), "Odd"), event("odd-1", "After")]),
  );
  expect(await within5s(left, (rest) => rest === 0)).toBe(0);
  expect(
    await within5s(
      () => arrived("odd-1"),
      (names) => names.length === 8,
    ),
  ).toHaveLength(8);
  expect(await within5s(unshipped, (rest) => rest === 0)).toBe(0);
});

test("PIP-4 several bad events at once, in one row and in many, are set aside within 5 s; all others arrive once", async () => {
  const before = (await quarantined()).length;
  const bad = badEvents("many-bad").filter(([, one]) => one !== DEEP);
  const mixed = bad.flatMap(([, one], i) => [event("many", `Many ${i}`), one, event("many", `More ${i}`)]);
  await injectInbox(pack(mixed), Buffer.from("no row"), pack([event("many", "Last")]));
  expect(await within5s(left, (rest) => rest === 0)).toBe(0);
  expect(
    await within5s(
      () => arrived("many"),
      (names) => names.length === bad.length * 2 + 1,
    ),
  ).toHaveLength(bad.length * 2 + 1);
  const expected = before + bad.length + 1;
  expect(await within5s(quarantined, (all) => all.length >= expected)).toHaveLength(expected);
});

test("PIP-4 an outbox row that is no batch, or that ClickHouse refuses, is set aside within 5 s; the rest is shipped once", async () => {
  const before = (await quarantined()).length;
  const line = (name: string, more: object = {}) =>
    JSON.stringify({ ...toHistoryRow(event("shipped", name), null, 0), ...more });
  await injectOutbox(Buffer.from("not zstd"));
  await injectOutbox(Buffer.alloc(0));
  await injectOutbox(
    zstdCompressSync(Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 131) % 256)).fill(1, 9, 12)),
  );
  const lines = [
    line("Fine 1"),
    line("Bad", { profile_id: "no uuid" }),
    line("Bad", { timestamp: "the day before" }),
    line("Bad", { batch: -1.5e300 }),
    line("Bad", { revenue_minor: "much" }),
    line("Bad", { properties: { a: [1] }, historical: "maybe" }),
    line("Bad", { name: null }),
    "this is no JSON",
    "[1,2]",
    '{"profile_id":',
    line("Fine 2"),
  ];
  await injectOutbox(pack(`${lines.join("\n")}\n`));
  await injectOutbox(pack(`${line("Fine 3")}\n`));
  expect(await within5s(unshipped, (rest) => rest === 0)).toBe(0);
  const names = await arrived("shipped");
  expect(names.filter((name) => name.startsWith("Fine"))).toEqual(["Fine 1", "Fine 2", "Fine 3"]);
  const aside = (await quarantined()).slice(before);
  expect(aside.every((item) => item.stage === "outbox" && item.raw !== null)).toBe(true);
  expect(aside.length).toBeGreaterThanOrEqual(9);
});

test("PIP-4 merges that History refuses are set aside; the others are told", async () => {
  const good = { from_id: crypto.randomUUID(), into_id: crypto.randomUUID(), version: 1 };
  for (const merges of [[{ from_id: "x", into_id: "y", version: 1 }, good], { a: 1 }, "text", [null, 5]]) {
    await injectOutbox(pack(""), JSON.stringify(merges));
  }
  expect(await within5s(unshipped, (rest) => rest === 0)).toBe(0);
  const told = await world.history.query("select into_id from profile_overrides where from_id = {id:UUID}", {
    id: good.from_id,
  });
  expect(told).toEqual([{ into_id: good.into_id }]);
});

test("PIP-4 of a batch that had to be halved, screens hear of everybody it has changed", async () => {
  const told = new Set<string>();
  const off = world.bus.onChange((changes) => {
    for (const { topic, id } of changes) if (topic === "profile") told.add(id);
  });
  const good = ["halved-1", "halved-2", "halved-3"].map((user) => event(user, "Good"));
  await injectInbox(packWith(event("halved-0", "Breaks a room"), good));
  const people = async () =>
    (
      await rows<{ id: string }>(
        world.db,
        sql`select profile_id as id from identity.identifiers where value like 'halved-%'`,
      )
    ).map(({ id }) => id);
  await within5s(people, (ids) => ids.length === 3 && ids.every((id) => told.has(id)));
  off();
  expect([...told].sort()).toEqual((await people()).sort());
  expect(told.size).toBe(3);
});
