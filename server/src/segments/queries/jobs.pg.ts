import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { ExportBody, JobState, UploadListBody } from "../contracts.ts";

export interface ExportJob {
  readonly kind: "export";
  readonly what: ExportBody;
}
export interface UploadJob {
  readonly kind: "upload";
  readonly what: UploadListBody;
}
export type JobRow = (ExportJob | UploadJob) & {
  readonly id: string;
  readonly target_id: string;
  readonly created_by: string;
  readonly state: JobState;
  readonly failure: string | null;
  readonly position: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly epoch: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
};

const COLUMNS = sql`
  id, kind, what, target_id, created_by, state, failure, position, done, total, counts, epoch, created_at, started_at, ended_at`;

export async function insertJob(
  db: Db,
  job: Pick<JobRow, "id" | "kind" | "what" | "target_id" | "created_by" | "total"> & { readonly now: string },
): Promise<void> {
  await sql`
    insert into segments.jobs (id, kind, target_id, what, created_by, state, total, created_at)
    values (${job.id}, ${job.kind}, ${job.target_id}, ${JSON.stringify(job.what)}::jsonb, ${job.created_by}, 'waiting', ${job.total}, ${job.now})`.execute(
    db,
  );
}

export async function findJob(db: Db, id: string, kind: JobRow["kind"]): Promise<JobRow | undefined> {
  return await one(db, sql<JobRow>`select ${COLUMNS} from segments.jobs where id = ${id} and kind = ${kind}`);
}

/** Newest first. Leans on jobs_target. */
export async function listJobsOf(db: Db, targetId: string, after: string | null, limit: number): Promise<JobRow[]> {
  return await rows(
    db,
    sql<JobRow>`
      select ${COLUMNS} from segments.jobs
      where target_id = ${targetId} and (${after}::uuid is null or id < ${after}::uuid)
      order by id desc limit ${limit}`,
  );
}

/** Open jobs that nobody works on, oldest first. Leans on jobs_open. */
export async function openJobs(db: Db, now: string): Promise<JobRow[]> {
  return await rows(
    db,
    sql<JobRow>`
      select ${COLUMNS} from segments.jobs
      where state in ('waiting', 'running') and (lease_until is null or lease_until < ${now})
      order by created_at limit 50`,
  );
}

/** Takes one under a new epoch; undefined when somebody else was faster. */
export async function claimJob(db: Db, job: JobRow, now: string, until: string): Promise<JobRow | undefined> {
  return await one(
    db,
    sql<JobRow>`
      update segments.jobs set state = 'running', epoch = epoch + 1, lease_until = ${until},
        started_at = coalesce(started_at, ${now}), failure = null, ended_at = null
      where id = ${job.id} and epoch = ${job.epoch} and state in ('waiting', 'running') returning ${COLUMNS}`,
  );
}

/** Locks the job for one commit; false when it was cancelled or has another holder. */
export async function holdJob(tx: Tx, job: Pick<JobRow, "id" | "epoch">): Promise<boolean> {
  const found = await one(
    tx,
    sql`select 1 from segments.jobs where id = ${job.id} and epoch = ${job.epoch} and state = 'running' for update`,
  );
  return found !== undefined;
}

export async function advanceJob(
  tx: Tx,
  id: string,
  to: {
    readonly position: string | null;
    readonly done: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly until: string;
  },
): Promise<void> {
  await sql`
    update segments.jobs set position = ${to.position}, done = ${to.done}, counts = ${JSON.stringify(to.counts)}::jsonb,
      lease_until = ${to.until}
    where id = ${id}`.execute(tx);
}

/** Gives a job back: to wait for another turn, or for good. */
export async function endJob(
  db: Db,
  job: Pick<JobRow, "id" | "epoch">,
  to: { readonly state: "waiting" | "done" | "failed"; readonly failure: string | null; readonly now: string },
): Promise<void> {
  await sql`
    update segments.jobs set state = ${to.state}, failure = ${to.failure}, lease_until = null,
      total = case ${to.state} when 'done' then done else total end,
      ended_at = case ${to.state} when 'waiting' then null else ${to.now}::timestamptz end
    where id = ${job.id} and epoch = ${job.epoch} and state = 'running'`.execute(db);
}

/** Waits for the commit under way; false when there is nothing to cancel. */
export async function cancelJob(db: Db, id: string, now: string): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update segments.jobs set state = 'cancelled', lease_until = null, ended_at = ${now}
      where id = ${id} and state in ('waiting', 'running') returning 1`,
  );
  return found !== undefined;
}

/** Goes on from where it stood; false unless it was cancelled or has failed. */
export async function resumeJob(db: Db, id: string): Promise<boolean> {
  const found = await one(
    db,
    sql`
      update segments.jobs set state = 'waiting', failure = null, lease_until = null, ended_at = null
      where id = ${id} and state in ('cancelled', 'failed') returning 1`,
  );
  return found !== undefined;
}

/** Exports that ended before `before` say nothing of anybody any more; gives how many. Leans on jobs_ended. */
export async function expireExports(tx: Tx, before: string): Promise<number> {
  const expired = await rows(
    tx,
    sql<{ id: string }>`
      update segments.jobs set state = 'expired' where kind = 'export' and state <> 'expired' and ended_at < ${before}
      returning id`,
  );
  for (const { id } of expired) await sql`delete from segments.export_lines where job_id = ${id}`.execute(tx);
  return expired.length;
}
