import { afterAll, beforeAll, expect, test } from "vitest";

import { append, inboxState, newEvent } from "../collect/index.ts";
import { inTransaction, sql } from "../platform/db.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { createPipeline } from "./index.ts";
import { SeenPeriods } from "./queries/seen.pg.ts";
import { takeLeases } from "./queries/shards.pg.ts";
import { workShards } from "./work-shards.ts";

const noSegments: SegmentKeeper = {
  foldBatch: async () => [],
  takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
  nextDue: async () => null,
  countBeyond: async () => ({ people: 0, waiting: 0 }),
};

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let n = 0;
async function put(count: number): Promise<void> {
  const events = Array.from({ length: count }, () => {
    n += 1;
    return newEvent(world.clock, { messageId: `m${n}`, source: "test", name: "Seen", anonymousId: `a${n % 40}` });
  });
  await inTransaction(world.db, (tx) => append(tx, events));
}

function times() {
  const now = world.clock.now();
  return {
    now: now.toString(),
    until: now.add({ seconds: 8 }).toString(),
    aliveSince: now.subtract({ seconds: 10 }).toString(),
  };
}

async function counted(): Promise<number> {
  const { rows } = await world.pool.query<{ n: string }>(
    "select coalesce(sum((data::json->'memory'->>'events')::int), 0) as n from profiles.profiles",
  );
  return Number(rows[0]?.n);
}

test("PIP-3 a worker whose lease has changed hands cannot commit; the new owner works the events in once", async () => {
  await put(50);
  const paused = await takeLeases(world.db, "paused", 16, times());
  world.clock.advance({ seconds: 9 });
  const fresh = await takeLeases(world.db, "fresh", 16, times());
  expect(fresh).toHaveLength(16);
  const deps = { ...world, segments: noSegments, followers: [], days: new SeenPeriods(world.db) };
  const waiting = (await inboxState(world.db)).events;
  expect(await workShards({ ...deps, owner: "paused" }, paused)).toBe(0);
  expect((await inboxState(world.db)).events).toBe(waiting);
  expect(await counted()).toBe(0);
  expect(await workShards({ ...deps, owner: "fresh" }, fresh)).toBe(50);
  expect((await inboxState(world.db)).events).toBe(0);
  expect(await counted()).toBe(50);
  await sql`update pipeline.shards set owner = null, leased_until = null`.execute(world.db);
});

test("two workers share the shards and between them work every event in exactly once", async () => {
  const before = await counted();
  const deps = { ...world, log: createLog("test", "warn"), rawDays: 7, segments: noSegments, followers: [] };
  const other = world.connect();
  const pipelines = [createPipeline(deps), createPipeline({ ...deps, db: other.db, node: "other" })];
  for (const pipeline of pipelines) await pipeline.start?.();
  for (let round = 0; round < 10; round++) {
    await put(100);
    world.bus.wake("inbox");
  }
  while ((await inboxState(world.db)).events > 0) for (const pipeline of pipelines) await pipeline.drain();
  expect(await counted()).toBe(before + 1_000);
  for (const pipeline of pipelines) await pipeline.stop?.();
  await other.close();
});
