import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { Boundaries } from "../boundaries.ts";

export interface VersionRow {
  readonly id: number;
  readonly computed_at: string;
  readonly people: number;
  readonly boundaries: Boundaries;
}

/** What scores are told by. */
export async function newestVersion(db: Db): Promise<VersionRow | undefined> {
  return await one(
    db,
    sql<VersionRow>`select id, computed_at, people, boundaries from segments.rfm_versions order by id desc limit 1`,
  );
}

/** Newest first. */
export async function listVersions(db: Db, before: number | null, limit: number): Promise<VersionRow[]> {
  return await rows(
    db,
    sql<VersionRow>`
      select id, computed_at, people, boundaries from segments.rfm_versions
      where ${before}::int4 is null or id < ${before} order by id desc limit ${limit}`,
  );
}

export async function insertVersion(tx: Tx, row: Omit<VersionRow, "id">): Promise<void> {
  await sql`
    insert into segments.rfm_versions (computed_at, people, boundaries)
    values (${row.computed_at}, ${row.people}, ${JSON.stringify(row.boundaries)}::jsonb)`.execute(tx);
}
