import { createDueLoop } from "../platform/due-loop.ts";
import type { Room } from "../platform/room.ts";
import type { ImportsDeps } from "./deps.ts";
import { sweepFiles } from "./files/sweep-files.ts";
import { workImports } from "./job/work-imports.ts";
import { nextLeaseEnd } from "./queries/claim-job.pg.ts";
import { importRoutes } from "./routes.ts";

export { type FileMapping, runImport, tryFile, uploadFile } from "./client/import-file.ts";
export { readMapping } from "./client/read-mapping.ts";
export { writeDryRun, writeFileReport } from "./client/write-file-report.ts";
export { IMPORT_KINDS, type ImportKind } from "./contracts.ts";
export { personalData as importData } from "./personal-data.ts";
export { readBytes, readFileFacts } from "./read-bytes.ts";
export { hasTable, readTable, type Table, type TableRow } from "./read-table.ts";

export interface Imports extends Room {
  /** Works the open imports to their end; for tests. */
  workAll(): Promise<void>;
}

const SWEEP_EVERY_MS = 3_600_000;

/** Files of people, events and orders: uploads, previews, and the worker that reads them in. */
export function createImports(deps: ImportsDeps): Imports {
  let sweptAt = 0;
  const work = async (signal: AbortSignal) => {
    const worked = await workImports(deps, signal);
    const now = deps.clock.now().epochMilliseconds;
    if (worked === 0 && now - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = now;
    await sweepFiles(deps);
  };
  const loop = createDueLoop({
    clock: deps.clock,
    work,
    nextDue: () => nextLeaseEnd(deps.db, deps.clock.now().toString()),
    onWake: (listener) => deps.bus.onWake("imports", listener),
    onError: (error) => deps.log.error({ err: error }, "imports could not be worked; trying again"),
  });
  return {
    routes: (app) => importRoutes(app, deps),
    async start() {
      loop.start();
    },
    stop: () => loop.stop(),
    async workAll() {
      sweptAt = 0;
      await work(new AbortController().signal);
    },
  };
}
