import { hash } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { type Db, list, one, rows, sql } from "../platform/db.ts";
import type { KilimEvent } from "./contracts.ts";
import { SHARDS } from "./limits.ts";

/** Many times what one commit may hold: what unpacks to more came by another way. */
const MOST_UNPACKED = 256 * 1024 * 1024;

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

/** JSON texts of events by shard, one row each: a JSON array, packed by zstd when it is long. */
export interface PackedShard {
  readonly shard: number;
  readonly n: number;
  readonly events: Buffer;
}

/** It lies here for a moment only: speed counts, not size. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** A text this short is stored as it is: setting the packer up would cost more than a few events do. */
const WORTH_PACKING = 4_096;
const BRACKET = 0x5b;

export function pack(byShard: ReadonlyMap<number, readonly string[]>): PackedShard[] {
  return [...byShard].map(([shard, texts]) => {
    const text = `[${texts.join(",")}]`;
    return {
      shard,
      n: texts.length,
      events: text.length < WORTH_PACKING ? Buffer.from(text) : zstdCompressSync(text, FAST),
    };
  });
}

export function unpack({ events }: Pick<InboxRow, "events">): KilimEvent[] {
  const json = events[0] === BRACKET ? events : zstdDecompressSync(events, { maxOutputLength: MOST_UNPACKED });
  return JSON.parse(json.toString("utf8")) as KilimEvent[];
}

export async function insertInbox(db: Db, packed: readonly PackedShard[], receivedAt: string): Promise<void> {
  // Row by row, not as arrays: bytes then travel as they are.
  const values = packed.map(({ shard, n, events }) => sql`(${shard}, ${n}, ${receivedAt}, ${events})`);
  await sql`insert into collect.inbox (shard, n, received_at, events) values ${sql.join(values)}`.execute(db);
}

/** The oldest rows of these shards, at least one and then as many as hold about `events` events, in order of arrival. */
export async function readInbox(db: Db, shards: readonly number[], events: number): Promise<InboxRow[]> {
  return rows(
    db,
    sql<InboxRow>`
      select seq, n, events from collect.inbox where seq in (
        select seq from (
          select seq, sum(n) over (order by seq) - n as before
          from (
            select seq, n from collect.inbox where shard = any(${shards as number[]}::int2[]) order by seq limit 1000
          ) as head
        ) as counted
        where before < ${events}
      ) order by seq`,
  );
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

/** Whether anything of these shards waits to be worked in. */
export async function isWaiting(db: Db, shards: readonly number[]): Promise<boolean> {
  const found = await one(
    db,
    sql`select 1 from collect.inbox where shard = any(${shards as number[]}::int2[]) limit 1`,
  );
  return found !== undefined;
}

/** The highest number a row of the inbox has ever had. */
export async function newestOfInbox(db: Db): Promise<number> {
  const found = await one(
    db,
    sql<{
      seq: number | null;
    }>`select pg_sequence_last_value(pg_get_serial_sequence('collect.inbox', 'seq')::regclass) as seq`,
  );
  return found?.seq ?? 0;
}
