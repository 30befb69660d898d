import { type Db, list, one, onOneConnection, rows, sql, type Tx } from "../../platform/db.ts";

/** A merge that History's rows are to be told. */
export interface Rewrite {
  readonly from_id: string;
  readonly into_id: string;
  readonly version: number;
}

/** Whether there is any work: one question, asked every few seconds. Leans on the partial indexes. */
export async function isAnythingToRewrite(
  db: Db,
  upTo: number,
  times: { readonly shippedBefore: string; readonly rewrittenBefore: string },
  many: number,
): Promise<boolean> {
  const found = await one(
    db,
    sql<{ work: boolean }>`
      select exists (select from pipeline.handovers where done_at is null and version <= ${upTo})
        or exists (select from pipeline.rewrites where rewritten_at is null and shipped_at <= ${times.shippedBefore})
        or exists (select from pipeline.rewrites where rewritten_at <= ${times.rewrittenBefore})
        or (select count(*) from (select from pipeline.rewrites where rewritten_at is null limit ${many}) as w) = ${many}
        as work`,
  );
  return found?.work ?? false;
}

/** Shipped merges, oldest first, when they have waited long enough or are many. Leans on rewrites_waiting. */
export async function readRewrites(db: Db, shippedBefore: string, many: number, limit: number): Promise<Rewrite[]> {
  return rows(
    db,
    sql<Rewrite>`
      with waiting as (select from_id, into_id, version, shipped_at from pipeline.rewrites where rewritten_at is null order by shipped_at limit ${limit})
      select from_id, into_id, version from waiting
      where (select count(*) from waiting) >= ${many} or (select min(shipped_at) from waiting) <= ${shippedBefore}`,
  );
}

export async function markRewritten(db: Db, done: readonly Rewrite[], at: string): Promise<void> {
  await sql`
    update pipeline.rewrites r set rewritten_at = ${at}
    from unnest(${list(
      "uuid",
      done.map((row) => row.from_id),
    )}, ${list(
      "int8",
      done.map((row) => row.version),
    )}) as d (from_id, version)
    where r.from_id = d.from_id and r.version = d.version`.execute(db);
}

/** Merges that History's rows have been telling for a while: no question is still under way that began before. */
export async function readRewritten(db: Db, before: string, limit: number): Promise<Rewrite[]> {
  return rows(
    db,
    sql<Rewrite>`
      select from_id, into_id, version from pipeline.rewrites where rewritten_at <= ${before} order by rewritten_at limit ${limit}`,
  );
}

export async function forgetRewrites(db: Db, done: readonly Rewrite[]): Promise<void> {
  await sql`
    delete from pipeline.rewrites r using unnest(${list(
      "uuid",
      done.map((row) => row.from_id),
    )}, ${list(
      "int8",
      done.map((row) => row.version),
    )}) as d (from_id, version)
    where r.from_id = d.from_id and r.version = d.version`.execute(db);
}

/** Takes back what was to be told of merges that have been undone. */
export async function cancelRewrites(tx: Tx, fromIds: readonly string[]): Promise<void> {
  await sql`delete from pipeline.rewrites where from_id = any(${list("uuid", fromIds)})`.execute(tx);
}

/** The newest batch before which everything has been shipped. */
export async function shippedUpTo(db: Db): Promise<number> {
  const found = await one(
    db,
    sql<{ id: number }>`
      select coalesce(
        (select id - 1 from pipeline.outbox where shipped_at is null order by id limit 1),
        pg_sequence_last_value(pg_get_serial_sequence('pipeline.outbox', 'id')::regclass), 0)::int8 as id`,
  );
  return found?.id ?? 0;
}

/** A separation that History's rows are to be told. */
export interface Handover {
  readonly id: string;
  readonly person_id: string;
  readonly profile_ids: readonly string[];
  readonly host_ids: readonly string[];
  /** 16 bytes per event. */
  readonly keys: Buffer;
  readonly version: number;
}

export async function insertHandover(tx: Tx, handover: Handover): Promise<void> {
  const { id, person_id, profile_ids, host_ids, keys, version } = handover;
  await sql`
    insert into pipeline.handovers (id, person_id, profile_ids, host_ids, keys, version)
    values (${id}, ${person_id}, ${list("uuid", profile_ids)}, ${list("uuid", host_ids)}, ${keys}, ${version})`.execute(
    tx,
  );
}

/** Oldest first, so that what was separated twice ends as it was said last. Leans on handovers_waiting. */
export async function readHandovers(db: Db, upTo: number): Promise<Handover[]> {
  return rows(
    db,
    sql<Handover>`
      select id, person_id, profile_ids, host_ids, keys, version from pipeline.handovers
      where done_at is null and version <= ${upTo} order by version limit 20`,
  );
}

export async function markHandedOver(db: Db, id: string, at: string): Promise<void> {
  await sql`update pipeline.handovers set done_at = ${at} where id = ${id}`.execute(db);
}

/** Kept as long as shipped batches are: a History that is refilled from these has to be told again. */
export async function forgetHandovers(db: Db, before: string): Promise<void> {
  await sql`delete from pipeline.handovers where done_at < ${before}`.execute(db);
}

/** Whether anything separated has not reached History's rows yet. */
export async function isHandingOver(db: Db): Promise<boolean> {
  return (await one(db, sql`select 1 from pipeline.handovers where done_at is null limit 1`)) !== undefined;
}

/** Runs `work` unless another process does: the lock lives and dies with its connection. */
export async function whileAlone(db: Db, work: () => Promise<void>): Promise<boolean> {
  return await onOneConnection(db, async (connection) => {
    const got = await one(connection, sql<{ got: boolean }>`select pg_try_advisory_lock(7415528) as got`);
    if (!got?.got) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`select pg_advisory_unlock(7415528)`.execute(connection);
    }
  });
}
