import { existsSync } from "node:fs";

import type { ImportsDeps } from "../deps.ts";
import { dropOldProblems, findStaleFiles } from "../queries/files.pg.ts";
import { pathOf } from "./file-paths.ts";
import { dropFile } from "./upload-file.ts";

const FILES_KEPT = { hours: 7 * 24 } as const;
const PROBLEMS_KEPT = { hours: 30 * 24 } as const;

/** Removes what holds people's data and nobody needs: files of imports that are done, uploads left lying, old errors. */
export async function sweepFiles(deps: ImportsDeps): Promise<void> {
  const now = deps.clock.now();
  const found = await findStaleFiles(deps.db, now.subtract(FILES_KEPT).toString());
  const stale = found.filter((id) => existsSync(pathOf(deps.dataDir, id)));
  if (stale.length > 0) await dropFile(deps, stale);
  await dropOldProblems(deps.db, now.subtract(PROBLEMS_KEPT).toString());
}
