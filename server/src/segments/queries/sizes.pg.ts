import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";

/** How many members the rule `segments.rule_id` has now, where a statement joins `SIZES` to `segments.segments`. */
export const SIZE_NOW = sql`(coalesce(known.size, 0) + coalesce(fresh.change, 0))::int8`;
/** What waits for the sampler, thousands of rows at most, is added up once for all segments of the statement. */
export const SIZES = sql`
  left join segments.rule_sizes as known on known.rule_id = segments.rule_id
  left join (select rule_id, sum(change) as change from segments.size_changes group by rule_id) as fresh
    on fresh.rule_id = segments.rule_id`;

/**
 * Adds up what has come and gone and writes down the size of every segment in which it is another than before. One
 * statement, so that differences, rules and segments are those of one moment. Gives how many samples were written.
 */
export async function sampleSizes(tx: Tx, now: string): Promise<number> {
  const found = await rows(
    tx,
    sql`
      with taken as (delete from segments.size_changes returning rule_id, change),
      sized as (
        insert into segments.rule_sizes as known (rule_id, size)
        select rule_id, sum(change) from taken group by rule_id
        on conflict (rule_id) do update set size = known.size + excluded.size
        returning rule_id, size
      )
      insert into segments.size_samples (segment_id, at, size)
      select s.id, ${now}, coalesce(sized.size, known.size, 0)
      from segments.segments s
      left join sized on sized.rule_id = s.rule_id
      left join segments.rule_sizes known on known.rule_id = s.rule_id
      where s.archived_at is null and not s.is_hidden and s.rule_id is not null
        and coalesce(sized.size, known.size, 0) is distinct from (
          select size from segments.size_samples where segment_id = s.id order by at desc limit 1)
      on conflict (segment_id, at) do update set size = excluded.size
      returning 1`,
  );
  // Of rules that a switch or an archive took away nothing is left to count.
  await sql`
    delete from segments.rule_sizes where size = 0 and rule_id not in (select id from segments.rules)`.execute(tx);
  return found.length;
}

/** Whether this transaction is the one that samples; several workers must not take the same differences. */
export async function trySamplerLock(tx: Tx): Promise<boolean> {
  const row = await one(tx, sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${SAMPLER_LOCK}) as got`);
  return row?.got === true;
}

/** Any number that no other room takes. */
const SAMPLER_LOCK = 7_415_504;

/** Of samples older than `before` only the last of each `part` ("hour", "day"; UTC) stays. */
export async function thinSamples(tx: Tx, part: "hour" | "day", before: string): Promise<void> {
  await sql`
    delete from segments.size_samples s using (
      select segment_id, at, lead(at) over (partition by segment_id, date_trunc(${part}, at) order by at) as next
      from segments.size_samples where at < ${before}
    ) as old
    where old.next is not null and s.segment_id = old.segment_id and s.at = old.at`.execute(tx);
}

export interface SizeRow {
  readonly at: string;
  readonly size: number;
}

/** The last sample of each of `points` equal parts of the time asked for. Primary key. */
export async function readSizes(
  db: Db,
  segmentId: string,
  span: { readonly from: string; readonly until: string; readonly points: number },
): Promise<SizeRow[]> {
  return await rows(
    db,
    sql<SizeRow>`
      select distinct on (part) at, size from (
        select at, size, width_bucket(extract(epoch from at), extract(epoch from ${span.from}::timestamptz),
          extract(epoch from ${span.until}::timestamptz) + 0.001, ${span.points}) as part
        from segments.size_samples
        where segment_id = ${segmentId} and at >= ${span.from} and at <= ${span.until}
      ) as parts order by part, at desc`,
  );
}

/** The sample in force at a moment, if there is one. Primary key. */
export async function sizeBefore(db: Db, segmentId: string, at: string): Promise<SizeRow | undefined> {
  return await one(
    db,
    sql<SizeRow>`
      select at, size from segments.size_samples where segment_id = ${segmentId} and at < ${at}
      order by at desc limit 1`,
  );
}
