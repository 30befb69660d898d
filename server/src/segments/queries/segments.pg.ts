import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Condition } from "../contracts.ts";
import { SIZE_NOW, SIZES } from "./sizes.pg.ts";

export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly definition: Condition;
  readonly rule_id: string | null;
  readonly enter_on_first_fill: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface SegmentViewRow extends SegmentRow {
  readonly size: number;
  /** Of the fill under way, null when there is none. */
  readonly phase: "queued" | "filling" | "deciding" | "switching" | null;
  readonly part: number;
  readonly problem: string | null;
}

const VIEW = sql`
  select segments.id, segments.name, segments.definition, segments.rule_id, segments.enter_on_first_fill,
    segments.created_at, segments.updated_at,
    ${SIZE_NOW} as size,
    fill.phase, fill.problem,
    coalesce(case fill.phase
      when 'filling' then fill.chunk::float8 / fill.chunks
      when 'deciding' then (select count(*) filter (where profile_id <= fill.after_profile)::float8 / greatest(count(*), 1) from segments.people)
      when 'switching' then 1
      else 0 end, 0) as part
  from segments.segments ${SIZES}
  left join lateral (select * from segments.fills where fills.segment_id = segments.id order by id desc limit 1) as fill on true`;

/** Newest first. */
export async function listSegments(
  db: Db,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<SegmentViewRow[]> {
  const [createdAt = null, id = null] = after ?? [];
  return await rows(
    db,
    sql<SegmentViewRow>`${VIEW}
      where archived_at is null and not is_hidden
        and (${createdAt}::timestamptz is null or (segments.created_at, segments.id) < (${createdAt}::timestamptz, ${id}::uuid))
      order by segments.created_at desc, segments.id desc limit ${limit}`,
  );
}

export async function findSegment(db: Db, id: string): Promise<SegmentViewRow | undefined> {
  return await one(
    db,
    sql<SegmentViewRow>`${VIEW} where segments.id = ${id} and archived_at is null and not is_hidden`,
  );
}

/** All definitions that can be referred to, hidden ones too: they refer to others. */
export async function loadDefinitions(db: Db): Promise<(SegmentRow & { readonly is_hidden: boolean })[]> {
  return await rows(
    db,
    sql<SegmentRow & { is_hidden: boolean }>`
      select id, name, definition, rule_id, enter_on_first_fill, is_hidden, created_at, updated_at
      from segments.segments where archived_at is null`,
  );
}

export async function existingSegments(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows(
    db,
    sql<{ id: string }>`
      select id from segments.segments where id = any(${list("uuid", ids)}) and archived_at is null and not is_hidden`,
  );
  return new Set(found.map((row) => row.id));
}

export async function insertSegment(
  tx: Tx,
  row: { id: string; name: string; definition: Condition; enterOnFirstFill: boolean; isHidden: boolean; now: string },
): Promise<void> {
  await sql`
    insert into segments.segments (id, name, definition, enter_on_first_fill, is_hidden, created_at, updated_at)
    values (${row.id}, ${row.name}, ${JSON.stringify(row.definition)}::jsonb, ${row.enterOnFirstFill}, ${row.isHidden}, ${row.now}, ${row.now})`.execute(
    tx,
  );
}

export async function updateSegmentRow(
  tx: Tx,
  id: string,
  name: string,
  definition: Condition,
  now: string,
): Promise<void> {
  await sql`
    update segments.segments set name = ${name}, definition = ${JSON.stringify(definition)}::jsonb, updated_at = ${now}
    where id = ${id}`.execute(tx);
}

export async function markArchived(tx: Tx, id: string, now: string): Promise<void> {
  await sql`update segments.segments set archived_at = ${now}, rule_id = null where id = ${id}`.execute(tx);
}
