import { type Db, list, one, rows, sql } from "../../platform/db.ts";

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly received: number;
  readonly sha256: string | null;
  readonly isRemoved: boolean;
}

export async function insertFile(
  db: Db,
  file: { id: string; name: string; bytes: number; sha256: string | null; at: string },
): Promise<void> {
  await sql`
    insert into imports.file (id, name, bytes, sha256, created_at, touched_at)
    values (${file.id}, ${file.name}, ${file.bytes}, ${file.sha256}, ${file.at}, ${file.at})`.execute(db);
}

export async function loadFile(db: Db, id: string): Promise<FileRow | undefined> {
  return one(
    db,
    sql<FileRow>`
      select id, name, bytes, received, sha256, removed_at is not null as "isRemoved" from imports.file where id = ${id}`,
  );
}

/** Takes note of a chunk; false when another request has moved the end meanwhile. */
export async function advanceFile(
  db: Db,
  file: { id: string; from: number; to: number; at: string },
): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update imports.file set received = ${file.to}, touched_at = ${file.at}
      where id = ${file.id} and received = ${file.from} and removed_at is null returning 1`,
  );
  return found !== undefined;
}

/**
 * Files nobody needs any more: of imports that are done, and those not touched since `before` that no open import reads.
 * Leans on file_kept.
 */
export async function findStaleFiles(db: Db, before: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select f.id from imports.file f left join imports.job j on j.file_id = f.id
      where f.removed_at is null
        and (j.state = 'done' or (f.touched_at < ${before} and (j.id is null or j.state in ('failed', 'cancelled'))
          and coalesce(j.updated_at, f.touched_at) < ${before}))
      limit 100`,
  );
  return found.map(({ id }) => id);
}

export async function markRemoved(db: Db, ids: readonly string[], at: string): Promise<void> {
  await sql`update imports.file set removed_at = ${at} where id = any(${list("uuid", ids)})`.execute(db);
}

/** Rows of errors hold people's data: they go some weeks after their import ended. */
export async function dropOldProblems(db: Db, before: string): Promise<void> {
  await sql`
    delete from imports.problem p using imports.job j where j.id = p.job_id and j.ended_at < ${before}`.execute(db);
}
