import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";

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

/** Whether the shard is still held under this epoch; holds it until the transaction ends. */
export async function holdsLease(tx: Tx, owner: string, lease: Lease): Promise<boolean> {
  return (
    (await one(
      tx,
      sql`select 1 from pipeline.shards where shard = ${lease.shard} and owner = ${owner} and epoch = ${lease.epoch} for share`,
    )) !== undefined
  );
}
