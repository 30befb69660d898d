import { decodeCursor, type Page, toPage } from "../platform/pages.ts";
import type { ImportDetail, ImportQuery, ImportView } from "./contracts.ts";
import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { type JobRow, listJobs, listProblems, loadJob } from "./queries/jobs.pg.ts";
import { messageOf } from "./records/problems.ts";
import { type FailureCode, failures } from "./stopped.ts";

const SHOWN_PROBLEMS = 20;
const PROBLEMS_AT_ONCE = 1_000;

export async function readImports(deps: Pick<ImportsDeps, "db">, query: ImportQuery): Promise<Page<ImportView>> {
  const before = decodeCursor(query.after, 2) as [string, string] | null;
  const found = await listJobs(deps.db, { state: query.state ?? null, before, limit: query.limit + 1 });
  const page = toPage(found, query.limit, (job) => [job.created_at, job.id]);
  return { items: page.items.map(viewOf), next: page.next };
}

export async function readImport(deps: Pick<ImportsDeps, "db">, id: string): Promise<ImportDetail> {
  const job = await loadJob(deps.db, id);
  if (!job) throw refuse("import_not_found");
  const problems = await listProblems(deps.db, id, 0, SHOWN_PROBLEMS);
  return {
    ...viewOf(job),
    problems: problems.map(({ row, column_name, code }) => ({
      row,
      column: column_name,
      code,
      message: messageOf(code),
    })),
  };
}

function viewOf(job: JobRow): ImportView {
  return {
    id: job.id,
    file: { id: job.file_id, name: job.name, bytes: job.bytes },
    kind: job.kind,
    state: job.state,
    failure: job.failure === null ? null : { code: job.failure, message: failures[job.failure as FailureCode] },
    bytes_done: job.bytes_done,
    rows: job.rows,
    rows_estimate: estimateRows(job),
    accepted: job.accepted,
    repeated: job.repeated,
    changed: job.changed,
    rejected: job.rejected,
    events: job.events,
    rows_per_s: rateOf(job),
    reasons: job.reasons.map(({ code, column, count }) => ({
      code,
      column: column === "" ? null : column,
      message: messageOf(code),
      count,
    })),
    columns: job.columns,
    options: job.options,
    created_at: job.created_at,
    started_at: job.started_at,
    ended_at: job.ended_at,
  };
}

function estimateRows({ state, rows, bytes, bytes_done }: JobRow): number | null {
  if (state === "done") return rows;
  return bytes_done === 0 ? null : Math.max(rows, Math.round((rows / bytes_done) * bytes));
}

function rateOf({ run_since, run_rows, updated_at }: JobRow): number | null {
  if (run_since === null) return null;
  const seconds = (Date.parse(updated_at) - Date.parse(run_since)) / 1000;
  return seconds <= 0 ? null : Math.round((run_rows / seconds) * 10) / 10;
}

/** The rows that were not taken as CSV: row, column, reason, and the row as it stands in the file. Streams. */
export async function* writeErrors(deps: Pick<ImportsDeps, "db">, id: string): AsyncGenerator<string> {
  yield "\uFEFFrow,column,reason,original\r\n";
  let after = 0;
  for (;;) {
    const found = await listProblems(deps.db, id, after, PROBLEMS_AT_ONCE);
    for (const { row, column_name, code, text } of found) {
      yield `${row},${quoted(column_name ?? "")},${quoted(messageOf(code))},${quoted(text)}\r\n`;
    }
    const last = found.at(-1);
    if (!last || found.length < PROBLEMS_AT_ONCE) return;
    after = last.row;
  }
}

/** Quoted; what a spreadsheet would take for a formula is given to it as text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
