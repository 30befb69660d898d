import { csvLine } from "../../platform/csv-line.ts";
import type { Db } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { ExportBody, ExportView } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import { EXPORT_KEPT } from "../jobs/work-jobs.ts";
import { readLines } from "../queries/export-lines.pg.ts";
import {
  cancelJob,
  type ExportJob,
  findJob,
  insertJob,
  type JobRow,
  listJobsOf,
  resumeJob,
} from "../queries/jobs.pg.ts";
import { readSegment } from "../read-segments.ts";

type ExportDeps = Pick<JobDeps, "db" | "clock" | "bus">;

/** Begins to write a segment's people down; the worker does it. */
export async function createExport(
  deps: ExportDeps,
  segmentId: string,
  what: ExportBody,
  createdBy: string,
): Promise<ExportView> {
  const { size } = await readSegment(deps.db, segmentId);
  const id = newId(deps.clock);
  const now = deps.clock.now().toString();
  await insertJob(deps.db, { id, kind: "export", what, target_id: segmentId, created_by: createdBy, total: size, now });
  deps.bus.wake("segment_jobs");
  return await readExport(deps.db, id);
}

export async function readExport(db: Db, id: string): Promise<ExportView> {
  return toView(await requireExport(db, id));
}

export async function readExports(db: Db, segmentId: string, query: PageQuery): Promise<Page<ExportView>> {
  await readSegment(db, segmentId);
  const [after = null] = decodeCursor(query.after, 1) ?? [];
  const found = await listJobsOf(db, segmentId, after === null ? null : String(after), query.limit + 1);
  const page = toPage(found, query.limit, (job) => [job.id]);
  return { items: page.items.flatMap((job) => (job.kind === "export" ? [toView(job)] : [])), next: page.next };
}

export async function cancelExport(deps: ExportDeps, id: string): Promise<ExportView> {
  await requireExport(deps.db, id);
  if (!(await cancelJob(deps.db, id, deps.clock.now().toString()))) throw refuse("job_is_over");
  return await readExport(deps.db, id);
}

export async function resumeExport(deps: ExportDeps, id: string): Promise<ExportView> {
  await requireExport(deps.db, id);
  if (!(await resumeJob(deps.db, id))) throw refuse("job_is_over");
  deps.bus.wake("segment_jobs");
  return await readExport(deps.db, id);
}

/** The lines of an export that is done. */
export async function openExport(deps: ExportDeps, id: string): Promise<AsyncGenerator<string>> {
  const job = await requireExport(deps.db, id);
  const expires = toView(job).expires_at;
  if (job.state === "expired" || (expires !== null && expires <= deps.clock.now().toString()))
    throw refuse("export_expired");
  if (job.state !== "done") throw refuse("export_not_ready");
  return writeLines(deps.db, job);
}

const LINES_AT_ONCE = 1_000;

async function* writeLines(db: Db, { id, what }: JobRow & ExportJob): AsyncGenerator<string> {
  yield `${what.bom ? "\uFEFF" : ""}${csvLine(what.columns, what.delimiter)}`;
  for (let after: string | null = null; ; ) {
    const lines = await readLines(db, id, after, LINES_AT_ONCE);
    if (lines.length > 0) yield lines.map(({ line }) => line).join("");
    after = lines.at(-1)?.profile_id ?? null;
    if (lines.length < LINES_AT_ONCE) return;
  }
}

async function requireExport(db: Db, id: string): Promise<JobRow & ExportJob> {
  const job = await findJob(db, id, "export");
  if (job?.kind !== "export") throw refuse("export_not_found");
  return job;
}

function toView(job: JobRow & ExportJob): ExportView {
  const expires = job.ended_at === null ? null : Temporal.Instant.from(job.ended_at).add(EXPORT_KEPT);
  return {
    id: job.id,
    segment_id: job.target_id,
    ...job.what,
    state: job.state,
    failure: job.failure,
    done: job.done,
    total: job.total,
    created_at: job.created_at,
    ended_at: job.ended_at,
    expires_at: expires?.toString({ smallestUnit: "millisecond" }) ?? null,
  };
}
