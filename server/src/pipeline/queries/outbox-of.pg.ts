import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

/** Batches that hold any of these profiles, shipped ones too. Reads every head; the packed rows lie elsewhere. */
export async function readBatchesOf(db: Db, profileIds: readonly string[]): Promise<number[]> {
  const ids = list("uuid", profileIds);
  const found = await rows(
    db,
    sql<{ id: number }>`
      select id from pipeline.outbox where profile_ids && ${ids}
      union select id from pipeline.outbox
      where merges <> '[]' and exists (select from unnest(${ids}) as t (id) where position(t.id::text in merges::text) > 0)
      order by id`,
  );
  return found.map(({ id }) => id);
}

export async function lockBatch(tx: Tx, id: number): Promise<Buffer | null> {
  const found = await one(tx, sql<{ rows: Buffer }>`select rows from pipeline.outbox where id = ${id} for update`);
  return found?.rows ?? null;
}

export async function writeBatchWithout(tx: Tx, id: number, packed: Buffer, gone: readonly string[]): Promise<void> {
  const ids = list("uuid", gone);
  await sql`
    update pipeline.outbox set rows = ${packed},
      profile_ids = array(select p from unnest(profile_ids) as p where p <> all(${ids})),
      merges = case jsonb_typeof(merges) when 'array' then (
        select coalesce(jsonb_agg(m), '[]') from jsonb_array_elements(merges) as m
        where not exists (select from unnest(${ids}) as t (id) where position(t.id::text in m::text) > 0)) else '[]' end
    where id = ${id}`.execute(tx);
}

/** What History was yet to be told in its rows about these ids. */
export async function forgetHistoryWork(tx: Tx | Db, gone: readonly string[]): Promise<void> {
  const ids = list("uuid", gone);
  await sql`delete from pipeline.rewrites where from_id = any(${ids}) or into_id = any(${ids})`.execute(tx);
  await sql`delete from pipeline.handovers where person_id = any(${ids}) and done_at is not null`.execute(tx);
}

/** The events that separations have given to these people out of others' batches, as `repeatKey` tells them. */
export async function readHandedOver(db: Db, people: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ keys: Buffer }>`select keys from pipeline.handovers where person_id = any(${list("uuid", people)})`,
  );
  return new Set(found.flatMap(({ keys }) => keys.toString("hex").match(/.{32}/g) ?? []));
}
