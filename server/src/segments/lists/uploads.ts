import type { Db } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { readList } from "../change-list.ts";
import type { ListUploadView, UploadListBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import {
  cancelJob,
  findJob,
  insertJob,
  type JobRow,
  listJobsOf,
  resumeJob,
  type UploadJob,
} from "../queries/jobs.pg.ts";
import { previewUpload } from "./preview-upload.ts";
import { writeUnmatched } from "./write-unmatched.ts";

type UploadDeps = Pick<JobDeps, "db" | "clock" | "bus" | "openFile" | "findProfiles">;

/** Begins to put the people of a file on a list; the worker does it. */
export async function createUpload(
  deps: UploadDeps,
  listId: string,
  what: UploadListBody,
  createdBy: string,
): Promise<ListUploadView> {
  await readList(deps.db, listId);
  // Refuses a file that is not here or no table, and a column that it has not.
  await previewUpload(deps, { file: what.file, column: what.column, type: what.type });
  const id = newId(deps.clock);
  const now = deps.clock.now().toString();
  await insertJob(deps.db, { id, kind: "upload", what, target_id: listId, created_by: createdBy, total: null, now });
  deps.bus.wake("segment_jobs");
  return await readUpload(deps.db, id);
}

export async function readUpload(db: Db, id: string): Promise<ListUploadView> {
  return toView(await requireUpload(db, id));
}

export async function readUploads(db: Db, listId: string, query: PageQuery): Promise<Page<ListUploadView>> {
  await readList(db, listId);
  const [after = null] = decodeCursor(query.after, 1) ?? [];
  const found = await listJobsOf(db, listId, after === null ? null : String(after), query.limit + 1);
  const page = toPage(found, query.limit, (job) => [job.id]);
  return { items: page.items.flatMap((job) => (job.kind === "upload" ? [toView(job)] : [])), next: page.next };
}

/** What was put on the list stays on it. */
export async function cancelUpload(deps: UploadDeps, id: string): Promise<ListUploadView> {
  await requireUpload(deps.db, id);
  if (!(await cancelJob(deps.db, id, deps.clock.now().toString()))) throw refuse("job_is_over");
  return await readUpload(deps.db, id);
}

export async function resumeUpload(deps: UploadDeps, id: string): Promise<ListUploadView> {
  const { what } = await requireUpload(deps.db, id);
  // Refuses when the file is gone: nobody would take the job.
  await (await deps.openFile(what.file)).batches.return(undefined);
  if (!(await resumeJob(deps.db, id))) throw refuse("job_is_over");
  deps.bus.wake("segment_jobs");
  return await readUpload(deps.db, id);
}

/** Opens the file before the answer begins, so that a file that is gone is an error and no empty report. */
export async function openUnmatched(deps: UploadDeps, id: string): Promise<AsyncGenerator<string>> {
  const { what } = await requireUpload(deps.db, id);
  return writeUnmatched(deps, what, await deps.openFile(what.file));
}

async function requireUpload(db: Db, id: string): Promise<JobRow & UploadJob> {
  const job = await findJob(db, id, "upload");
  if (job?.kind !== "upload") throw refuse("upload_not_found");
  return job;
}

function toView(job: JobRow & UploadJob): ListUploadView {
  const { matched = 0, unmatched = 0, unreadable = 0, changed = 0 } = job.counts;
  return {
    id: job.id,
    list_id: job.target_id,
    ...job.what,
    state: job.state,
    failure: job.failure,
    done: job.done,
    total: job.total,
    matched,
    unmatched,
    unreadable,
    changed,
    created_at: job.created_at,
    ended_at: job.ended_at,
  };
}
