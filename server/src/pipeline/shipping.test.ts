import { zstdCompressSync } from "node:zlib";

import { afterEach, beforeEach, expect, test } from "vitest";

import { append, newEvent } from "../collect/index.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { toHistoryRow } from "./history-rows.ts";
import { createPipeline, type Pipeline } from "./index.ts";

const noSegments: SegmentKeeper = {
  foldBatch: async () => [],
  takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
  nextDue: async () => null,
  countBeyond: async () => ({ people: 0, waiting: 0 }),
};

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

function startNode(node: string, history: History = world.history): Pipeline {
  const log = createLog("test", "silent");
  return createPipeline({ ...world, history, log, node, rawDays: 7, segments: noSegments, followers: [] });
}

/** Events in batches of their own, all shipped. */
async function shipThrough(pipeline: Pipeline, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const event = newEvent(world.clock, { messageId: name, source: "test", name, anonymousId: "a" });
    await inTransaction(world.db, (tx) => append(tx, [event, { ...event, messageId: `${name} again` }]));
    world.bus.wake("inbox");
    await pipeline.drain();
  }
}

async function held(): Promise<Record<string, number>> {
  const found = await world.history.query<{ name: string; n: number }>(
    "select name, count() as n from events group by name order by name",
  );
  return Object.fromEntries(found.map(({ name, n }) => [name, n]));
}

test("PIP-6 what History lost or holds twice after a crash of its machine is there once again after the next start", async () => {
  const first = startNode("one");
  await first.start?.();
  await shipThrough(first, ["Kept", "Lost", "Half", "Doubled"]);
  await first.stop?.();
  const whole = { Doubled: 2, Half: 2, Kept: 2, Lost: 2 };
  expect(await held()).toEqual(whole);
  await world.history.command("delete from events where name = 'Lost' or message_id = 'Half'");
  await world.history.command("insert into events select * from events where message_id = 'Doubled'");
  expect(await held()).toEqual({ Doubled: 3, Half: 1, Kept: 2 });
  const second = startNode("two");
  await second.start?.();
  await shipThrough(second, ["Later"]);
  expect(await held()).toEqual({ ...whole, Later: 2 });
  await second.stop?.();
});

test("PIP-6 a History restored empty is filled from what State keeps, also beyond one look back", async () => {
  const first = startNode("one");
  await first.start?.();
  await shipThrough(first, ["A"]);
  await sql`
    insert into pipeline.outbox (created_at, n, rows, profile_ids, shipped_at, shipment)
    select created_at, 0, rows, '{}', shipped_at, 0 from pipeline.outbox, generate_series(1, 600) limit 600`.execute(
    world.db,
  );
  await shipThrough(first, ["B"]);
  await first.stop?.();
  await world.history.command("truncate table events");
  const second = startNode("two");
  await second.start?.();
  await shipThrough(second, ["C"]);
  expect(await held()).toEqual({ A: 2, B: 2, C: 2 });
  await second.stop?.();
});

test("PIP-7 a node that was paused in the middle of a shipment cannot write it down once another has taken over", async () => {
  const { clock, db } = world;
  const line = (name: string, more: object) =>
    JSON.stringify({ ...toHistoryRow(newEvent(clock, named(name)), null, 1), ...more });
  const lines = [line("Fine", {}), line("Refused", { timestamp: "the day before" }), line("Also fine", {})];
  await sql`
    insert into pipeline.outbox (created_at, n, rows, profile_ids)
    values (${clock.now().toString()}, 3, ${zstdCompressSync(`${lines.join("\n")}\n`)}, '{}')`.execute(db);
  const pausing = Promise.withResolvers<void>();
  const paused = Promise.withResolvers<void>();
  const slow: History = {
    ...world.history,
    async insertRaw(table, text, token) {
      await world.history.insertRaw(table, text, token);
      if (!token?.endsWith(":2-3")) return;
      pausing.resolve();
      await paused.promise;
    },
  };
  const sleeper = startNode("sleeper", slow).drain();
  await pausing.promise;
  clock.advance({ seconds: 9 });
  await startNode("fresh").drain();
  paused.resolve();
  await expect(sleeper).rejects.toThrow("another node ships now");
  expect(await held()).toEqual({ "Also fine": 1, Fine: 1 });
  expect(await rows(db, sql`select stage from collect.quarantine`)).toEqual([{ stage: "outbox" }]);
  expect(await rows(db, sql`select n, shipped_at is not null as shipped from pipeline.outbox`)).toEqual([
    { n: 2, shipped: true },
  ]);
});

function named(name: string) {
  return { messageId: name, source: "test", name, anonymousId: "a" };
}
