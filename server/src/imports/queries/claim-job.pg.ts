import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { ColumnRule, FileFormat, ImportKind, ImportOptions } from "../contracts.ts";

/** An import as the worker that holds it sees it. */
export interface Job {
  readonly id: string;
  readonly fileId: string;
  readonly bytes: number;
  readonly kind: ImportKind;
  readonly columns: readonly ColumnRule[];
  readonly options: ImportOptions;
  readonly format: FileFormat;
  readonly epoch: number;
  readonly attempts: number;
  readonly position: number;
  readonly nextRow: number;
  readonly refusing: string | null;
  readonly createdAt: string;
}

/** Open imports that nobody works on, oldest first. Leans on job_open. */
export async function findOpenJobs(db: Db, now: string): Promise<{ id: string; fileId: string }[]> {
  return rows(
    db,
    sql<{ id: string; fileId: string }>`
      select id, file_id as "fileId" from imports.job
      where state = 'waiting' or (state = 'running' and lease_until < ${now})
      order by created_at limit 50`,
  );
}

/** Takes one under a new epoch; whoever held it before can commit nothing more. */
export async function claimJob(db: Db, claim: { id: string; now: string; until: string }): Promise<Job | undefined> {
  return one(
    db,
    sql<Job>`
      update imports.job j set state = 'running', epoch = epoch + 1, attempts = attempts + 1, lease_until = ${claim.until},
        started_at = coalesce(started_at, ${claim.now}), updated_at = ${claim.now}, run_since = ${claim.now}, run_rows = 0,
        failure = null, ended_at = null
      from imports.file f
      where j.id = ${claim.id} and f.id = j.file_id
        and (j.state = 'waiting' or (j.state = 'running' and j.lease_until < ${claim.now}))
      returning j.id, j.file_id as "fileId", f.bytes, j.kind, j.columns, j.options, j.format, j.epoch, j.attempts,
        j.position, j.next_row as "nextRow", j.refusing, j.created_at as "createdAt"`,
  );
}

/** When the first lease of another worker runs out. */
export async function nextLeaseEnd(db: Db, now: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(lease_until) as at from imports.job where state = 'running' and lease_until >= ${now}`,
  );
  return found?.at ?? null;
}

/** Locks the import for one commit; false when it was cancelled or has another holder. */
export async function holdJob(db: Db, job: Pick<Job, "id" | "epoch">): Promise<boolean> {
  const found = await one(
    db,
    sql`select 1 from imports.job where id = ${job.id} and epoch = ${job.epoch} and state = 'running' for update`,
  );
  return found !== undefined;
}

export interface Advance {
  readonly position: number;
  readonly nextRow: number;
  readonly refusing: string | null;
  readonly bytesDone: number;
  readonly rows: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly changed: number;
  readonly rejected: number;
  readonly events: number;
  readonly now: string;
  readonly until: string;
  readonly isDone: boolean;
}

export async function advanceJob(db: Db, id: string, a: Advance): Promise<void> {
  await sql`
    update imports.job set position = ${a.position}, next_row = ${a.nextRow}, refusing = ${a.refusing},
      bytes_done = ${a.bytesDone}, rows = rows + ${a.rows}, run_rows = run_rows + ${a.rows},
      accepted = accepted + ${a.accepted}, repeated = repeated + ${a.repeated}, changed = changed + ${a.changed},
      rejected = rejected + ${a.rejected}, events = events + ${a.events}, attempts = 0,
      updated_at = ${a.now}, lease_until = ${a.until},
      state = ${a.isDone ? "done" : "running"}, ended_at = ${a.isDone ? a.now : null}
    where id = ${id}`.execute(db);
}

/** Keeps the lease while the inbox has no room; false when it is lost. */
export async function renewLease(db: Db, job: Pick<Job, "id" | "epoch">, until: string): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update imports.job set lease_until = ${until}
      where id = ${job.id} and epoch = ${job.epoch} and state = 'running' returning 1`,
  );
  return found !== undefined;
}

/** Gives it back: to wait for another turn, or for good with the reason. */
export async function releaseJob(
  db: Db,
  job: Pick<Job, "id" | "epoch">,
  to: { state: "waiting" | "failed"; failure: string | null; now: string },
): Promise<void> {
  await sql`
    update imports.job set state = ${to.state}, failure = ${to.failure}, lease_until = null, updated_at = ${to.now},
      ended_at = ${to.state === "failed" ? to.now : null}
    where id = ${job.id} and epoch = ${job.epoch} and state = 'running'`.execute(db);
}

export interface ProblemRow {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly text: string;
}

/** Keeps rows that were not taken, up to `most` of an import. */
export async function insertProblems(db: Db, id: string, problems: readonly ProblemRow[], most: number): Promise<void> {
  await sql`
    insert into imports.problem (job_id, row, column_name, code, text)
    select ${id}, row, column_name, code, text
    from unnest(
      ${list(
        "int8",
        problems.map((problem) => problem.row),
      )}, ${list(
        "text",
        problems.map((problem) => problem.column),
      )}, ${list(
        "text",
        problems.map((problem) => problem.code),
      )}, ${list(
        "text",
        problems.map((problem) => problem.text),
      )}) as t (row, column_name, code, text)
    where (select count(*) from imports.problem where job_id = ${id}) < ${most}
    on conflict do nothing`.execute(db);
}

/** Counts the reasons of all rows, kept or not. */
export async function countReasons(
  db: Db,
  id: string,
  reasons: readonly { readonly code: string; readonly column: string; readonly count: number }[],
): Promise<void> {
  await sql`
    insert into imports.reason as r (job_id, code, column_name, count)
    select ${id}, code, column_name, count
    from unnest(${list(
      "text",
      reasons.map((reason) => reason.code),
    )}, ${list(
      "text",
      reasons.map((reason) => reason.column),
    )}, ${list(
      "int8",
      reasons.map((reason) => reason.count),
    )}) as t (code, column_name, count)
    on conflict (job_id, code, column_name) do update set count = r.count + excluded.count`.execute(db);
}
