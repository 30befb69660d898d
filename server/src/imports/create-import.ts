import { refuse as refuseRequest } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { ImportBody, ImportDetail } from "./contracts.ts";
import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { pathOf } from "./files/file-paths.ts";
import { requireWholeFile } from "./files/upload-file.ts";
import { checkMapping } from "./mapping/check-mapping.ts";
import { compileMapping } from "./mapping/compile-mapping.ts";
import { insertJob } from "./queries/jobs.pg.ts";
import { readImport } from "./read-imports.ts";
import { detectFormat } from "./reading/detect-format.ts";
import { readRows, START } from "./reading/read-rows.ts";
import { failures, Stopped } from "./stopped.ts";

/** Starts the import of an uploaded file; a worker takes it up. */
export async function createImport(deps: ImportsDeps, body: ImportBody): Promise<ImportDetail> {
  await requireWholeFile(deps, body.file);
  const errors = checkMapping(body.kind, body.columns, body.options);
  if (errors.length > 0) throw refuseRequest("invalid_request", "The mapping cannot be used.", errors);
  const format = await checkFile(deps, body);
  const id = newId(deps.clock);
  const at = deps.clock.now().toString();
  const { file: fileId, kind, columns, options } = body;
  if (!(await insertJob(deps.db, { id, fileId, kind, columns, options, format, at }))) throw refuse("file_taken");
  deps.bus.wake("imports");
  deps.bus.changed("import", id, ["state"]);
  return readImport(deps, id);
}

async function checkFile(deps: ImportsDeps, { file, kind, columns, options }: ImportBody) {
  try {
    const path = pathOf(deps.dataDir, file);
    const format = await detectFormat(path, options, deps.importBytes);
    const { header, batches } = await readRows(path, format, START, deps.importBytes);
    await batches.return(undefined);
    compileMapping(kind, columns, options, header);
    return format;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    // It may have been removed meanwhile: an import of it is over.
    await requireWholeFile(deps, file);
    throw refuse("unreadable_file", failures[error.code]);
  }
}
