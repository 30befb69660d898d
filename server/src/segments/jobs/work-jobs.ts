import { inTransaction } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import { AppError } from "../../platform/errors.ts";
import { runExport } from "../export/run-export.ts";
import { runUpload } from "../lists/run-upload.ts";
import { claimJob, endJob, expireExports, type JobRow, openJobs } from "../queries/jobs.pg.ts";
import type { JobDeps } from "./job-deps.ts";

/** How a run ended: `stopped` by the end of this process, `lost` to a cancel or another worker. */
export type JobEnd = "done" | "stopped" | "lost" | { readonly failure: string };

/** A worker that died is replaced after this long. */
const LEASE = { seconds: 60 } as const;
/** An export can be fetched for a day. */
export const EXPORT_KEPT = { hours: 24 } as const;

/** The jobs at work, for the worker part. */
export function createJobLoop(deps: JobDeps): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    async work(signal) {
      await workJobs(deps, signal);
    },
    // Woken when there is something; what another worker has let go is found by looking.
    nextDue: async () => null,
    onWake: (listener) => deps.bus.onWake("segment_jobs", listener),
    onError: (error) => deps.log.error({ err: error }, "exports and uploads could not be worked; trying again"),
  });
}

/** Works the open jobs that can be worked on this machine, one after the other; gives how many. */
export async function workJobs(deps: JobDeps, signal: AbortSignal): Promise<number> {
  const expired = await inTransaction(deps.db, (tx) =>
    expireExports(tx, deps.clock.now().subtract(EXPORT_KEPT).toString()),
  );
  if (expired > 0) deps.bus.changed("export", "", ["state"]);
  let worked = 0;
  for (; !signal.aborted; worked++) {
    const job = await claimNext(deps);
    if (!job) break;
    await workOne(deps, job, signal);
  }
  return worked;
}

async function claimNext(deps: JobDeps): Promise<JobRow | undefined> {
  const now = deps.clock.now();
  for (const job of await openJobs(deps.db, now.toString())) {
    if (job.kind === "upload" && !deps.hasFile(job.what.file)) continue;
    const claimed = await claimJob(deps.db, job, now.toString(), now.add(LEASE).toString());
    if (claimed) return claimed;
  }
  return undefined;
}

async function workOne(deps: JobDeps, job: JobRow, signal: AbortSignal): Promise<void> {
  const leaseEnd = () => deps.clock.now().add(LEASE).toString();
  const tell = () => deps.bus.changed(job.kind === "export" ? "export" : "list", job.target_id, ["state"]);
  tell();
  const end = await (job.kind === "export"
    ? runExport(deps, job, leaseEnd, signal)
    : runUpload(deps, job, leaseEnd, signal)
  ).catch((error: unknown): JobEnd => {
    // A file that is gone or cannot be read is the caller's to know; anything else is ours.
    if (error instanceof AppError) return { failure: error.code };
    deps.log.error({ err: error, job: job.id }, "an export or upload of people has failed; it can be resumed");
    return { failure: "worker_failed" };
  });
  const now = deps.clock.now().toString();
  if (end === "done") await endJob(deps.db, job, { state: "done", failure: null, now });
  else if (end === "stopped") await endJob(deps.db, job, { state: "waiting", failure: null, now });
  else if (end !== "lost") await endJob(deps.db, job, { state: "failed", failure: end.failure, now });
  tell();
}
