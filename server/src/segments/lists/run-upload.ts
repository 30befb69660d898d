import { inTransaction } from "../../platform/db.ts";
import { putOnList } from "../change-list.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import type { JobEnd } from "../jobs/work-jobs.ts";
import { advanceJob, holdJob, type JobRow, type UploadJob } from "../queries/jobs.pg.ts";
import { findList } from "../queries/lists.pg.ts";
import { matchRows } from "./match-rows.ts";

/** Puts the people of an uploaded file on a list, or takes them off it, some hundred rows at a time. */
export async function runUpload(
  deps: JobDeps,
  job: JobRow & UploadJob,
  leaseEnd: () => string,
  signal: AbortSignal,
): Promise<JobEnd> {
  let { done } = job;
  const counts = { matched: 0, unmatched: 0, unreadable: 0, changed: 0, ...job.counts };
  const readUpTo = Number(job.position ?? 0);
  const { batches } = await deps.openFile(job.what.file);
  for await (const batch of batches) {
    if (signal.aborted) return "stopped";
    // What was worked before a break is read again and passed by.
    const rows = batch.filter((row) => row.number > readUpTo);
    if (rows.length === 0) continue;
    const matched = await matchRows(deps, job.what, rows);
    const people = [...new Set(matched.flatMap((row) => row.profileId ?? []))];
    const count = (state: (typeof matched)[number]["state"]) => matched.filter((row) => row.state === state).length;
    const step = await inTransaction(deps.db, async (tx) => {
      if (!(await holdJob(tx, job))) return "lost";
      if (!(await findList(tx, job.target_id))) return { failure: "list_gone" };
      const changed = await putOnList(tx, deps, job.target_id, {
        add: job.what.action === "add" ? people : [],
        remove: job.what.action === "remove" ? people : [],
      });
      const next = {
        matched: counts.matched + count("matched"),
        unmatched: counts.unmatched + count("unmatched"),
        unreadable: counts.unreadable + count("unreadable"),
        changed: counts.changed + changed,
      };
      const position = String(rows.at(-1)?.number ?? readUpTo);
      await advanceJob(tx, job.id, { position, done: done + rows.length, counts: next, until: leaseEnd() });
      return next;
    });
    if (step === "lost" || "failure" in step) return step;
    Object.assign(counts, step);
    done += rows.length;
    deps.bus.wake("timers");
    deps.bus.changed("list", job.target_id, ["members"]);
  }
  return "done";
}
