import type { ImportDetail } from "./contracts.ts";
import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { requireWholeFile } from "./files/upload-file.ts";
import { loadJob, moveJob } from "./queries/jobs.pg.ts";
import { readImport } from "./read-imports.ts";

/** Stops an import where it stands: when this returns nothing more of it is taken in. What was taken in stays. */
export async function cancelImport(deps: ImportsDeps, id: string): Promise<ImportDetail> {
  if (!(await loadJob(deps.db, id))) throw refuse("import_not_found");
  const at = deps.clock.now().toString();
  if (!(await moveJob(deps.db, { id, from: ["waiting", "running"], to: "cancelled", at }))) throw refuse("import_over");
  deps.bus.changed("import", id, ["state"]);
  return readImport(deps, id);
}

/** Lets a cancelled or failed import go on from where it stood. */
export async function resumeImport(deps: ImportsDeps, id: string): Promise<ImportDetail> {
  const job = await loadJob(deps.db, id);
  if (!job) throw refuse("import_not_found");
  await requireWholeFile(deps, job.file_id);
  const at = deps.clock.now().toString();
  if (!(await moveJob(deps.db, { id, from: ["cancelled", "failed"], to: "waiting", at }))) throw refuse("import_over");
  deps.bus.wake("imports");
  deps.bus.changed("import", id, ["state"]);
  return readImport(deps, id);
}
