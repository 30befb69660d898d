import { hash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { type Db, list, one, rows, sql } from "../platform/db.ts";
import type { KilimEvent } from "./contracts.ts";
import { SHARDS } from "./limits.ts";

export interface InboxRow {
  readonly seq: number;
  readonly n: number;
  readonly events: Buffer;
}

/** Events of one sender share a shard, so that they are worked in as they came. */
export function shardOf(event: Pick<KilimEvent, "anonymousId" | "userId" | "profileId" | "messageId">): number {
  return shardOfSender(event.anonymousId ?? event.userId ?? event.profileId ?? event.messageId);
}

export function shardOfSender(sender: string): number {
  return hash("md5", sender, "buffer").readUInt16BE(0) % SHARDS;
}

/** JSON texts of events by shard, packed: one row each. */
export interface PackedShard {
  readonly shard: number;
  readonly n: number;
  readonly events: Buffer;
}

export function pack(byShard: ReadonlyMap<number, readonly string[]>): PackedShard[] {
  return [...byShard].map(([shard, texts]) => ({
    shard,
    n: texts.length,
    events: zstdCompressSync(`[${texts.join(",")}]`),
  }));
}

export function unpack(row: Pick<InboxRow, "events">): KilimEvent[] {
  return JSON.parse(zstdDecompressSync(row.events).toString("utf8")) as KilimEvent[];
}

export async function insertInbox(db: Db, packed: readonly PackedShard[], receivedAt: string): Promise<void> {
  await sql`
    insert into collect.inbox (shard, n, received_at, events)
    select shard, n, ${receivedAt}, events
    from unnest(${list(
      "int4",
      packed.map((p) => p.shard),
    )}, ${list(
      "int4",
      packed.map((p) => p.n),
    )}, ${list(
      "bytea",
      packed.map((p) => p.events),
    )}) as t (shard, n, events)`.execute(db);
}

/** The oldest rows of a shard, at least one and then as many as hold about `events` events. Leans on inbox_shard. */
export async function readInbox(db: Db, shard: number, events: number): Promise<InboxRow[]> {
  const found = await rows(
    db,
    sql<InboxRow>`
      select seq, n, events from (
        select seq, n, events, sum(n) over (order by seq) - n as before
        from (select * from collect.inbox where shard = ${shard} order by seq limit 500) as head
      ) as counted
      where before < ${events} order by seq`,
  );
  return found;
}

/** Removes rows that have been worked in; returns how many were still there. */
export async function deleteInbox(db: Db, seqs: readonly number[]): Promise<number> {
  const result = await sql`delete from collect.inbox where seq = any(${list("int8", seqs)})`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

export interface InboxState {
  readonly events: number;
  readonly oldest: string | null;
}

export async function inboxState(db: Db): Promise<InboxState> {
  const found = await one(
    db,
    sql<InboxState>`select coalesce(sum(n), 0)::int8 as events, min(received_at) as oldest from collect.inbox`,
  );
  return found ?? { events: 0, oldest: null };
}

/** Shards with something to work in, the one that has waited longest first. */
export async function readyShards(db: Db): Promise<number[]> {
  const found = await rows(
    db,
    sql<{ shard: number }>`select shard from collect.inbox group by shard order by min(seq)`,
  );
  return found.map((row) => row.shard);
}
