import { inTransaction, sqlState } from "../../platform/db.ts";
import { AppError } from "../../platform/errors.ts";
import { convertRow, type ProductRow, type RowProblem } from "./convert-row.ts";
import type { ImportDeps, SourceRow } from "./deps.ts";
import { openSource } from "./open-source.ts";
import { advance, claimJob, findOpenJobs, type Job, keepProblems, release } from "./queries/import-jobs.pg.ts";
import { forgetFirstRows } from "./queries/import-skus.pg.ts";
import { takeRows } from "./take-rows.ts";

const ROWS_PER_CHUNK = 200;
const LEASE = { seconds: 20 } as const;
const MOST_ATTEMPTS = 5;
/** So long the file of an import that was given up lies there. */
const RESUMABLE = { hours: 7 * 24 } as const;
const MOST_PROBLEMS = 10_000;
const UNIQUE_VIOLATION = "23505";

/** Works the open imports whose files are on this machine, one after the other. */
export async function workImports(deps: ImportDeps, signal: AbortSignal): Promise<number> {
  let worked = 0;
  for (; !signal.aborted; worked++) {
    const now = deps.clock.now();
    const open = (await findOpenJobs(deps.db, now.toString())).find(({ file_id }) => deps.hasFile(file_id));
    const job = open && (await claimJob(deps.db, open.id, now.toString(), now.add(LEASE).toString()));
    if (!job) break;
    await workOne(deps, job, signal);
  }
  return worked;
}

async function workOne(deps: ImportDeps, job: Job, signal: AbortSignal): Promise<void> {
  const told = () => deps.bus.changed("product_import", job.id, ["state"]);
  const end = (state: "waiting" | "done" | "failed", failure: string | null = null) =>
    release(deps.db, job, state, failure, deps.clock.now().toString());
  told();
  try {
    const outcome = await readFile(deps, job, signal);
    if (outcome === "ended") {
      await end("done");
      await forgetFirstRows(deps.db, deps.clock.now().subtract(RESUMABLE).toString());
    }
    if (outcome === "stopped") await end("waiting");
  } catch (error) {
    if (error instanceof AppError) await end("failed", error.message);
    else if (job.attempts >= MOST_ATTEMPTS) {
      deps.log.error({ err: error, import: job.id }, "an import of products failed five times and was given up");
      await end("failed", "It failed five times for a reason of our own; see the log. It can be resumed.");
    } else deps.log.warn({ err: error, import: job.id }, "an import of products was interrupted; trying again");
  }
  told();
}

/** Rows and mark commit together: after a kill it goes on behind the last row that was taken. */
async function readFile(deps: ImportDeps, job: Job, signal: AbortSignal): Promise<"ended" | "stopped" | "lost"> {
  const { batches, read } = await openSource(deps, job.file_id);
  let waiting: SourceRow[] = [];
  let before = 0;
  for await (const batch of batches) {
    waiting.push(...batch.filter(({ number }) => number > job.next_row));
    while (waiting.length >= ROWS_PER_CHUNK) {
      if (signal.aborted) return "stopped";
      const chunk = waiting.slice(0, ROWS_PER_CHUNK);
      waiting = waiting.slice(ROWS_PER_CHUNK);
      // Bytes come in large pieces: of this one the share whose rows are taken counts.
      const bytes = read() - Math.round((read() - before) * Math.min(1, waiting.length / batch.length));
      if (!(await takeChunk(deps, job, chunk, bytes))) return "lost";
    }
    before = read();
  }
  if (signal.aborted) return "stopped";
  return waiting.length === 0 || (await takeChunk(deps, job, waiting, read())) ? "ended" : "lost";
}

async function takeChunk(deps: ImportDeps, job: Job, rows: readonly SourceRow[], bytes: number): Promise<boolean> {
  const ready: ProductRow[] = [];
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const read = convertRow(row, job.columns, job.options);
    if ("ok" in read) ready.push(read.ok);
    else problems.push(read.problem);
  }
  const { clock } = deps;
  const commit = () =>
    inTransaction(deps.db, async (tx) => {
      const taken = await takeRows(tx, { clock, importId: job.id, options: job.options }, ready);
      const rejected = [...problems, ...taken.problems];
      await keepProblems(tx, job.id, rejected, MOST_PROBLEMS);
      const isHeld = await advance(tx, job, {
        row: rows.at(-1)?.number ?? 0,
        rows: rows.length,
        created: taken.created,
        updated: taken.updated,
        rejected: rejected.length,
        bytes,
        until: clock.now().add(LEASE).toString(),
      });
      if (!isHeld) throw new Lost();
    });
  try {
    await commit().catch((error: unknown) => {
      // Somebody wrote one of these codes meanwhile: seen now, it is known.
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
      return commit();
    });
  } catch (error) {
    if (error instanceof Lost) return false;
    throw error;
  }
  deps.bus.changed("product_import", job.id, ["progress"]);
  return true;
}

/** Another worker has the job, or it was cancelled: what was about to be written is not. */
class Lost extends Error {}
