import { csvLine } from "../../platform/csv-line.ts";
import { inTransaction } from "../../platform/db.ts";
import { decodeCursor, encodeCursor } from "../../platform/pages.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import type { JobEnd } from "../jobs/work-jobs.ts";
import { insertLines, nextMembers } from "../queries/export-lines.pg.ts";
import { advanceJob, type ExportJob, holdJob, type JobRow } from "../queries/jobs.pg.ts";
import { existingSegments } from "../queries/segments.pg.ts";
import { cellOf } from "./export-columns.ts";

const PEOPLE_PER_STEP = 500;

/** Writes down what an export says of each member, step by step, the newest members first. */
export async function runExport(
  deps: JobDeps,
  job: JobRow & ExportJob,
  leaseEnd: () => string,
  signal: AbortSignal,
): Promise<JobEnd> {
  let { position, done } = job;
  const asksIdentifiers = job.what.columns.some((column) => column.startsWith("identifier:"));
  while (!signal.aborted) {
    const step = await inTransaction(deps.db, async (tx) => {
      if (!(await holdJob(tx, job))) return "lost";
      if ((await existingSegments(tx, [job.target_id])).size === 0) return { failure: "segment_gone" };
      const after = decodeCursor(position ?? undefined, 2);
      const members = await nextMembers(tx, job.target_id, after, PEOPLE_PER_STEP);
      const last = members.at(-1);
      if (!last) return "done";
      const ids = members.flatMap((member) => (member.isThere ? member.profile_id : []));
      const profiles = await deps.loadProfiles(tx, ids);
      const identifiers = Map.groupBy(
        asksIdentifiers ? await deps.identifiersOf(tx, ids) : [],
        (identifier) => identifier.profile_id,
      );
      const lines = members.flatMap(({ profile_id: id, entered_at: enteredAt, isThere }) => {
        const profile = profiles.get(id);
        if (!profile || !isThere) return [];
        const person = { profile, enteredAt, identifiers: identifiers.get(id) ?? [] };
        const cells = job.what.columns.map((column) => cellOf(column, person));
        return [{ profileId: id, line: csvLine(cells, job.what.delimiter) }];
      });
      await insertLines(tx, job.id, lines);
      const next = { position: encodeCursor([last.entered_at, last.profile_id]), done: done + lines.length };
      await advanceJob(tx, job.id, { ...next, counts: {}, until: leaseEnd() });
      return next;
    });
    if (step === "done" || step === "lost") return step;
    if ("failure" in step) return step;
    ({ position, done } = step);
    deps.bus.changed("export", job.id, ["progress"]);
  }
  return "stopped";
}
