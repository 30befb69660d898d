import { existsSync } from "node:fs";

import type { ImportsDeps } from "../deps.ts";
import { pathOf } from "../files/file-paths.ts";
import { claimJob, findOpenJobs, type Job, releaseJob } from "../queries/claim-job.pg.ts";
import { Stopped } from "../stopped.ts";
import { LEASE } from "./commit-chunk.ts";
import { runJob } from "./run-job.ts";

const MOST_ATTEMPTS = 5;

/** Works the open imports whose files are on this machine, one after the other; returns how many, when none is left or `signal` aborts. */
export async function workImports(deps: ImportsDeps, signal: AbortSignal): Promise<number> {
  let worked = 0;
  for (; !signal.aborted; worked++) {
    const job = await claimNext(deps);
    if (!job) break;
    await workOne(deps, job, signal);
  }
  return worked;
}

async function claimNext(deps: ImportsDeps): Promise<Job | undefined> {
  const now = deps.clock.now();
  for (const { id, fileId } of await findOpenJobs(deps.db, now.toString())) {
    if (!existsSync(pathOf(deps.dataDir, fileId))) continue;
    const job = await claimJob(deps.db, { id, now: now.toString(), until: now.add(LEASE).toString() });
    if (job) return job;
  }
  return undefined;
}

async function workOne(deps: ImportsDeps, job: Job, signal: AbortSignal): Promise<void> {
  deps.bus.changed("import", job.id, ["state"]);
  const release = (state: "waiting" | "failed", failure: string | null) =>
    releaseJob(deps.db, job, { state, failure, now: deps.clock.now().toString() });
  try {
    if ((await runJob(deps, job, signal)) === "stopped") await release("waiting", null);
  } catch (error) {
    if (error instanceof Stopped) await release("failed", error.code);
    else if (job.attempts >= MOST_ATTEMPTS) {
      deps.log.error({ err: error, import: job.id }, "an import failed five times and was given up");
      await release("failed", "worker_failed");
    } else {
      // The lease runs out, and it is tried again from the last commit on.
      deps.log.warn({ err: error, import: job.id }, "an import was interrupted; trying again");
    }
  }
  deps.bus.changed("import", job.id, ["state"]);
}
