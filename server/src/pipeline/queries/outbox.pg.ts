import { type Db, list, one, rows, send, sql, type Tx } from "../../platform/db.ts";

export interface OutboxRow {
  readonly id: number;
  readonly n: number;
  readonly rows: Buffer;
  readonly merges: readonly { from_id: string; into_id: string; version: number }[];
}

/** The id a batch will have in the outbox and in History's `batch` column. */
export async function nextOutboxId(tx: Tx): Promise<number> {
  const found = await one(
    tx,
    sql<{ id: number }>`select nextval(pg_get_serial_sequence('pipeline.outbox', 'id')) as id`,
  );
  return found?.id ?? 0;
}

export function insertOutbox(
  tx: Tx,
  row: OutboxRow & { readonly createdAt: string; readonly profileIds: readonly string[] },
): void {
  send(
    tx,
    sql`
    insert into pipeline.outbox (id, created_at, n, rows, merges, profile_ids) overriding system value
    values (${row.id}, ${row.createdAt}, ${row.n}, ${row.rows}, ${JSON.stringify(row.merges)}::jsonb, ${list("uuid", row.profileIds)})`,
  );
}

/**
 * Decides once what goes with which insert: unshipped rows that belong to none get the next shipment, oldest first.
 * Returns whether there were any.
 */
export async function freezeShipment(db: Db, mostEvents: number): Promise<boolean> {
  const frozen = await sql`
    with head as (
      select id, sum(n) over (order by id) - n as before
      from (select id, n from pipeline.outbox where shipped_at is null and shipment is null order by id limit 500 for update skip locked) as free
    ), next as (select nextval('pipeline.shipments') as number where exists (select from head))
    update pipeline.outbox o set shipment = next.number from head, next where o.id = head.id and head.before < ${mostEvents}`.execute(
    db,
  );
  return Number(frozen.numAffectedRows ?? 0) > 0;
}

/** The oldest shipment on its way, its rows in order. */
export async function readShipment(db: Db): Promise<{ shipment: number; rows: OutboxRow[] } | null> {
  const head = await one(
    db,
    sql<{
      shipment: number;
    }>`select min(shipment) as shipment from pipeline.outbox where shipped_at is null and shipment is not null`,
  );
  if (head?.shipment === undefined || head.shipment === null) return null;
  const found = await rows(
    db,
    sql<OutboxRow>`select id, n, rows, merges from pipeline.outbox where shipped_at is null and shipment = ${head.shipment} order by id`,
  );
  return { shipment: head.shipment, rows: found };
}

/** Merges that have been shipped are to be written into History's rows some time; an id of its own leads nowhere. */
export async function markShipped(db: Db, ids: readonly number[], at: string): Promise<void> {
  await sql`
    with shipped as (
      update pipeline.outbox set shipped_at = ${at} where id = any(${list("int8", ids)}) returning merges
    )
    insert into pipeline.rewrites as r (from_id, into_id, version, shipped_at)
    select distinct on (m.from_id) m.from_id, m.into_id, m.version, ${at}
    from shipped, jsonb_to_recordset(shipped.merges) as m (from_id uuid, into_id uuid, version int8)
    where merges <> '[]' order by m.from_id, m.version desc
    on conflict (from_id) do update set into_id = excluded.into_id, version = excluded.version,
      shipped_at = excluded.shipped_at, rewritten_at = null
    where excluded.version >= r.version`.execute(db);
}

/** What a batch holds once what History refused is out of it; unless an erasure has rewritten it meanwhile. */
export async function rewriteBatch(
  db: Db,
  { id, n, was, rows, merges }: OutboxRow & { readonly was: Buffer },
): Promise<void> {
  await sql`
    update pipeline.outbox set n = ${n}, rows = ${rows}, merges = ${JSON.stringify(merges)}::jsonb
    where id = ${id} and rows = ${was}`.execute(db);
}

/** The newest shipped batches before `id`, newest first. Leans on the primary key. */
export async function readShippedBefore(
  db: Db,
  id: number | null,
  limit: number,
): Promise<Pick<OutboxRow, "id" | "n">[]> {
  return rows(
    db,
    sql<Pick<OutboxRow, "id" | "n">>`
      select id, n from pipeline.outbox
      where shipped_at is not null and ${id === null ? sql`true` : sql`id < ${id}`} order by id desc limit ${limit}`,
  );
}

export async function readBatch(db: Db, id: number): Promise<Buffer | null> {
  const found = await one(db, sql<Pick<OutboxRow, "rows">>`select rows from pipeline.outbox where id = ${id}`);
  return found?.rows ?? null;
}

/** Lets these batches travel once more, under another shipment, with what was told of merges and separations since. */
export async function unship(db: Db, ids: readonly number[]): Promise<void> {
  await sql`
    update pipeline.outbox set shipped_at = null, shipment = null
    where id = any(${list("int8", ids)}) or (n = 0 and merges <> '[]' and id > ${Math.min(...ids)})`.execute(db);
  await sql`update pipeline.handovers set done_at = null where done_at is not null`.execute(db);
}

export async function deleteShippedBefore(db: Db, at: string): Promise<void> {
  await sql`delete from pipeline.outbox where shipped_at < ${at}`.execute(db);
}

/** Events on their way to History; one for a batch that brings only merges. */
export async function countUnshipped(db: Db): Promise<number> {
  const found = await one(
    db,
    sql<{
      n: number;
    }>`select coalesce(sum(greatest(n, 1)), 0)::int8 as n from pipeline.outbox where shipped_at is null`,
  );
  return found?.n ?? 0;
}

/** Unshipped batches that concern any of these profiles: looks through the few that are on their way. Leans on outbox_unshipped. */
export async function readUnshippedOf(db: Db, profileIds: readonly string[]): Promise<Pick<OutboxRow, "rows">[]> {
  return rows(
    db,
    sql<
      Pick<OutboxRow, "rows">
    >`select rows from pipeline.outbox where shipped_at is null and profile_ids && ${list("uuid", profileIds)}`,
  );
}

/** Those of these people whom unshipped batches tell of, by an event or a merge. Leans on outbox_unshipped. */
export async function unshippedAmong(db: Db, profileIds: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select distinct id from (
        select unnest(profile_ids) as id from pipeline.outbox where shipped_at is null
        union all
        select (told ->> 'into_id')::uuid from pipeline.outbox, jsonb_array_elements(merges) as told where shipped_at is null
      ) as moving where id = any(${list("uuid", profileIds)})`,
  );
  return new Set(found.map((row) => row.id));
}

/** The newest unshipped batches that hold about `events` events. Leans on outbox_unshipped. */
export async function readNewestUnshipped(db: Db, events: number): Promise<Pick<OutboxRow, "rows">[]> {
  return rows(
    db,
    sql<Pick<OutboxRow, "rows">>`
      select rows from (
        select id, rows, sum(n) over (order by id desc) - n as before
        from (select id, n, rows from pipeline.outbox where shipped_at is null order by id desc limit 50) as head
      ) as counted
      where before < ${events} order by id desc`,
  );
}

/**
 * Batches that concern any of these profiles: those up to `upTo` that are still on their way, or all that came after
 * `after`. Leans on outbox_profiles, or on the primary key.
 */
export async function readBatchesOf(
  db: Db,
  profileIds: readonly string[],
  which: { readonly upTo: number } | { readonly after: number },
): Promise<Pick<OutboxRow, "id" | "rows">[]> {
  const wanted = "upTo" in which ? sql`shipped_at is null and id <= ${which.upTo}` : sql`id > ${which.after}`;
  return rows(
    db,
    sql<Pick<OutboxRow, "id" | "rows">>`
      select id, rows from pipeline.outbox
      where ${wanted} and profile_ids && ${list("uuid", profileIds)} order by id`,
  );
}

/** The highest batch id there has ever been; nobody may be in the middle of a batch. */
export async function readWatermark(db: Db): Promise<number> {
  const found = await one(
    db,
    sql<{
      id: number | null;
    }>`select pg_sequence_last_value(pg_get_serial_sequence('pipeline.outbox', 'id')::regclass) as id`,
  );
  return found?.id ?? 0;
}

export async function isShippedUpTo(db: Db, batch: number): Promise<boolean> {
  return (
    (await one(db, sql`select 1 from pipeline.outbox where shipped_at is null and id <= ${batch} limit 1`)) ===
    undefined
  );
}
