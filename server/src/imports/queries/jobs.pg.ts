import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { ColumnRule, FileFormat, ImportKind, ImportOptions, ImportState } from "../contracts.ts";

export interface JobRow {
  readonly id: string;
  readonly file_id: string;
  readonly name: string;
  readonly bytes: number;
  readonly kind: ImportKind;
  readonly columns: ColumnRule[];
  readonly options: ImportOptions;
  readonly state: ImportState;
  readonly failure: string | null;
  readonly bytes_done: number;
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly changed: number;
  readonly rejected: number;
  readonly events: number;
  readonly run_since: string | null;
  readonly run_rows: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly updated_at: string;
  readonly ended_at: string | null;
  readonly reasons: { code: string; column: string; count: number }[];
}

const COLUMNS = sql.raw(`
  j.id, j.file_id, f.name, f.bytes, j.kind, j.columns, j.options, j.state, j.failure, j.bytes_done, j.rows, j.accepted,
  j.repeated, j.changed, j.rejected, j.events, j.run_since, j.run_rows, j.created_at, j.started_at, j.updated_at,
  j.ended_at, coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'column', r.column_name, 'count', r.count)
    order by r.count desc, r.code) from imports.reason r where r.job_id = j.id), '[]') as reasons`);

/** Newest first. Leans on job_newest. */
export async function listJobs(
  db: Db,
  filter: { state: ImportState | null; before: readonly [string, string] | null; limit: number },
): Promise<JobRow[]> {
  const byState = filter.state === null ? sql`true` : sql`j.state = ${filter.state}`;
  const before =
    filter.before === null ? sql`true` : sql`(j.created_at, j.id) < (${filter.before[0]}, ${filter.before[1]})`;
  return rows(
    db,
    sql<JobRow>`
      select ${COLUMNS} from imports.job j join imports.file f on f.id = j.file_id
      where ${byState} and ${before} order by j.created_at desc, j.id desc limit ${filter.limit}`,
  );
}

export async function loadJob(db: Db, id: string): Promise<JobRow | undefined> {
  return one(
    db,
    sql<JobRow>`select ${COLUMNS} from imports.job j join imports.file f on f.id = j.file_id where j.id = ${id}`,
  );
}

export interface NewJob {
  readonly id: string;
  readonly fileId: string;
  readonly kind: ImportKind;
  readonly columns: readonly ColumnRule[];
  readonly options: ImportOptions;
  readonly format: FileFormat;
  readonly at: string;
}

/** False when the file has an import already. */
export async function insertJob(db: Db, job: NewJob): Promise<boolean> {
  const found = await one(
    db,
    sql`
      insert into imports.job (id, file_id, kind, columns, options, format, state, created_at, updated_at)
      values (${job.id}, ${job.fileId}, ${job.kind}, ${JSON.stringify(job.columns)}, ${JSON.stringify(job.options)},
        ${JSON.stringify(job.format)}, 'waiting', ${job.at}, ${job.at})
      on conflict (file_id) do nothing returning 1`,
  );
  return found !== undefined;
}

/** Moves an import between states that people decide on; false when it is in none of `from`. */
export async function moveJob(
  db: Db,
  move: { id: string; from: readonly ImportState[]; to: "waiting" | "cancelled"; at: string },
): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update imports.job set state = ${move.to}, updated_at = ${move.at}, lease_until = null, failure = null, attempts = 0,
        ended_at = ${move.to === "cancelled" ? move.at : null}
      where id = ${move.id} and state = any(${move.from as string[]}::text[]) returning 1`,
  );
  return found !== undefined;
}

export interface KeptProblem {
  readonly row: number;
  readonly column_name: string | null;
  readonly code: string;
  readonly text: string;
}

/** In the order of the file. Leans on the primary key. */
export async function listProblems(db: Db, id: string, after: number, limit: number): Promise<KeptProblem[]> {
  return rows(
    db,
    sql<KeptProblem>`
      select row, column_name, code, text from imports.problem
      where job_id = ${id} and row > ${after} order by row limit ${limit}`,
  );
}
