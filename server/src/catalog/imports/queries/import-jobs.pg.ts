import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { ProductColumn, ProductImport, ProductImportOptions } from "../../contracts.ts";
import type { RowProblem } from "../convert-row.ts";

export interface Job {
  readonly id: string;
  readonly file_id: string;
  readonly columns: ProductColumn[];
  readonly options: ProductImportOptions;
  readonly epoch: number;
  readonly attempts: number;
  /** The number of the last row that was taken or refused. */
  readonly next_row: number;
}

export async function insertJob(
  db: Db,
  job: {
    id: string;
    fileId: string;
    fileName: string;
    bytes: number;
    columns: object;
    options: object;
    at: string;
  },
): Promise<void> {
  await sql`
    insert into catalog.import (id, file_id, file_name, bytes, columns, options, state, created_at)
    values (${job.id}, ${job.fileId}, ${job.fileName}, ${job.bytes}, ${JSON.stringify(job.columns)}::jsonb,
      ${JSON.stringify(job.options)}::jsonb, 'waiting', ${job.at})`.execute(db);
}

/** Those that wait, and those whose worker has not been heard of. Leans on import_open. */
export function findOpenJobs(db: Db, now: string): Promise<{ id: string; file_id: string }[]> {
  return rows(
    db,
    sql<{ id: string; file_id: string }>`
      select id, file_id from catalog.import
      where state = 'waiting' or (state = 'running' and lease_until < ${now}) order by created_at`,
  );
}

/** Whoever gets it works it; the epoch tells a worker that slept from the one that took over. */
export function claimJob(db: Db, id: string, now: string, until: string): Promise<Job | undefined> {
  return one(
    db,
    sql<Job>`
      update catalog.import set state = 'running', epoch = epoch + 1, attempts = attempts + 1, lease_until = ${until},
        started_at = coalesce(started_at, ${now})
      where id = ${id} and (state = 'waiting' or (state = 'running' and lease_until < ${now}))
      returning id, file_id, columns, options, epoch, attempts, next_row`,
  );
}

/** Moves the mark, in the transaction that takes the rows; false when the job is another's or cancelled by now. */
export async function advance(
  tx: Tx,
  job: Pick<Job, "id" | "epoch">,
  step: { row: number; rows: number; created: number; updated: number; rejected: number; bytes: number; until: string },
): Promise<boolean> {
  const found = await one(
    tx,
    sql`
      update catalog.import set next_row = ${step.row}, rows = rows + ${step.rows}, created = created + ${step.created},
        updated = updated + ${step.updated}, rejected = rejected + ${step.rejected}, lease_until = ${step.until},
        attempts = 0, bytes_done = greatest(bytes_done, ${step.bytes}::int8)
      where id = ${job.id} and epoch = ${job.epoch} and state = 'running' returning 1`,
  );
  return found !== undefined;
}

export async function release(
  db: Db,
  job: Pick<Job, "id" | "epoch">,
  state: "waiting" | "done" | "failed",
  failure: string | null,
  now: string,
): Promise<void> {
  await sql`
    update catalog.import set state = ${state}, failure = ${failure}, lease_until = null,
      ended_at = case when ${state}::text = 'waiting' then null else ${now}::timestamptz end
    where id = ${job.id} and epoch = ${job.epoch} and state = 'running'`.execute(db);
}

export async function changeState(
  db: Db,
  id: string,
  from: readonly string[],
  to: "waiting" | "cancelled",
  now: string,
): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update catalog.import set state = ${to}, failure = null, lease_until = null, attempts = 0,
        ended_at = case when ${to}::text = 'cancelled' then ${now}::timestamptz end
      where id = ${id} and state = any(${from as string[]}::text[]) returning 1`,
  );
  return found !== undefined;
}

export type JobRow = Omit<ProductImport, "pictures"> & { waiting: number; fetched: number; failed: number };

/** The newest first. Leans on the primary key: ids grow with time. */
export function listJobs(db: Db, which: { id?: string; after?: string | null; limit: number }): Promise<JobRow[]> {
  return rows(
    db,
    sql<JobRow>`
      select i.id, i.file_name, i.columns, i.options, i.state, i.failure, i.bytes, i.bytes_done, i.rows, i.created, i.updated, i.rejected,
             i.created_at, i.started_at, i.ended_at, p.waiting, p.fetched, p.failed
      from catalog.import i
      cross join lateral (
        select count(*) filter (where state = 'waiting')::int4 as waiting,
               count(*) filter (where state = 'done')::int4 as fetched,
               count(*) filter (where state = 'failed')::int4 as failed
        from catalog.picture_job where import_id = i.id
      ) as p
      where (${which.id ?? null}::uuid is null or i.id = ${which.id ?? null}::uuid)
        and (${which.after ?? null}::uuid is null or i.id < ${which.after ?? null}::uuid)
      order by i.id desc limit ${which.limit}`,
  );
}

export async function keepProblems(tx: Tx, id: string, problems: readonly RowProblem[], most: number): Promise<void> {
  if (problems.length === 0) return;
  await sql`
    insert into catalog.import_problem (import_id, row, column_name, code, value, first_row)
    select ${id}, row, "column", code, value, first_row
    from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) as r (row int8, "column" text, code text, value text, first_row int8)
    where (select count(*) from catalog.import_problem where import_id = ${id}) < ${most}
    on conflict do nothing`.execute(tx);
}

export interface ProblemRow {
  readonly row: number;
  readonly column_name: string | null;
  readonly code: string;
  readonly value: string;
  readonly first_row: number | null;
}

export function listProblems(db: Db, id: string, after: number, limit: number): Promise<ProblemRow[]> {
  return rows(
    db,
    sql<ProblemRow>`
      select row, column_name, code, value, first_row from catalog.import_problem
      where import_id = ${id} and row > ${after} order by row limit ${limit}`,
  );
}

export function listPictureProblems(db: Db, id: string): Promise<{ url: string; problem: string }[]> {
  return rows(
    db,
    sql<{ url: string; problem: string }>`
      select url, coalesce(problem, '') as problem from catalog.picture_job
      where import_id = ${id} and state = 'failed' order by url limit 100`,
  );
}
