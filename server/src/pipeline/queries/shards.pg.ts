import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface Lease {
  readonly shard: number;
  readonly epoch: number;
}

export interface LeaseTimes {
  readonly now: string;
  readonly until: string;
  /** Workers not seen since are taken for dead. */
  readonly aliveSince: string;
}

/** Says that this worker lives; returns how many do. */
export async function heartbeat(db: Db, owner: string, times: LeaseTimes): Promise<number> {
  await sql`
    insert into pipeline.workers (owner, seen_at) values (${owner}, ${times.now})
    on conflict (owner) do update set seen_at = excluded.seen_at`.execute(db);
  await sql`delete from pipeline.workers where seen_at < ${times.aliveSince}`.execute(db);
  return (await one(db, sql<{ n: number }>`select count(*) as n from pipeline.workers`))?.n ?? 1;
}

/** Keeps this worker's leases alive and takes free or expired ones up to `share`; gives back those beyond it. */
export async function takeLeases(db: Db, owner: string, share: number, times: LeaseTimes): Promise<Lease[]> {
  const mine = await rows(
    db,
    sql<Lease>`update pipeline.shards set leased_until = ${times.until} where owner = ${owner} returning shard, epoch`,
  );
  if (mine.length > share) {
    const spare = mine.slice(share).map((lease) => lease.shard);
    await sql`update pipeline.shards set owner = null, leased_until = null where owner = ${owner} and shard = any(${spare}::int2[])`.execute(
      db,
    );
    return mine.slice(0, share);
  }
  const taken = await rows(
    db,
    sql<Lease>`
      update pipeline.shards set owner = ${owner}, epoch = epoch + 1, leased_until = ${times.until}
      where shard in (
        select shard from pipeline.shards
        where owner is distinct from ${owner} and (owner is null or leased_until <= ${times.now})
        order by shard limit ${share - mine.length} for update skip locked)
      returning shard, epoch`,
  );
  return [...mine, ...taken];
}

export async function releaseLeases(db: Db, owner: string): Promise<void> {
  await sql`update pipeline.shards set owner = null, leased_until = null where owner = ${owner}`.execute(db);
  await sql`delete from pipeline.workers where owner = ${owner}`.execute(db);
}

/** Frees at once what earlier workers of this node held: they are dead, and nobody need wait for their leases to end. */
export async function forgetEarlier(db: Db, node: string): Promise<void> {
  const theirs = `${node.replace(/[\\%_]/g, "\\$&")}:%`;
  await sql`update pipeline.shards set owner = null, leased_until = null where owner like ${theirs}`.execute(db);
  await sql`update pipeline.shipping set owner = null, leased_until = null where owner like ${theirs}`.execute(db);
  await sql`delete from pipeline.workers where owner like ${theirs}`.execute(db);
}

/** Whether all these shards are still held under these epochs; holds them until the transaction ends. */
export async function holdsLeases(tx: Tx, owner: string, leases: readonly Lease[]): Promise<boolean> {
  const held = await rows(
    tx,
    sql<{ shard: number }>`
      select s.shard from pipeline.shards s
      join unnest(${leases.map((lease) => lease.shard)}::int2[], ${list(
        "int8",
        leases.map((lease) => lease.epoch),
      )}) as l (shard, epoch)
        on l.shard = s.shard and l.epoch = s.epoch
      where s.owner = ${owner} order by s.shard for share of s`,
  );
  return held.length === leases.length;
}
