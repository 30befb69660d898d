import { existsSync } from "node:fs";

import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { pathOf } from "./files/file-paths.ts";
import { requireWholeFile } from "./files/upload-file.ts";
import { detectFormat } from "./reading/detect-format.ts";
import { type Row, readRows, START } from "./reading/read-rows.ts";
import { failures, Stopped } from "./stopped.ts";

/** A row of an uploaded file, as another room reads it. */
export interface TableRow {
  /** As a spreadsheet counts: the header of a CSV is 1. */
  readonly number: number;
  /** Column → text, without what is empty; null when the row cannot be read. */
  readonly cells: ReadonlyMap<string, string> | null;
}

export interface Table {
  /** Of a CSV; of JSON lines only the rows know them. */
  readonly columns: readonly string[];
  readonly batches: AsyncGenerator<readonly TableRow[]>;
  /** Bytes of the file that were read for the batches so far. */
  readonly read: () => number;
}

/** Reads an uploaded file from its beginning, whatever its encoding; refuses when it is not here or is no table. */
export async function readTable(deps: ImportsDeps, fileId: string): Promise<Table> {
  await requireWholeFile(deps, fileId);
  const path = pathOf(deps.dataDir, fileId);
  return await orRefuse(async () => {
    const format = await detectFormat(path, { encoding: "auto", delimiter: "auto" }, deps.importBytes);
    const { header, batches } = await readRows(path, format, START, deps.importBytes);
    let read = 0;
    const batchesOf = tableRows(header, batches, (bytes) => {
      read = bytes;
    });
    return { columns: header, batches: batchesOf, read: () => read };
  });
}

/** Whether this machine has the file. */
export function hasTable(deps: Pick<ImportsDeps, "dataDir">, fileId: string): boolean {
  return existsSync(pathOf(deps.dataDir, fileId));
}

async function* tableRows(
  header: readonly string[],
  batches: AsyncGenerator<{ readonly rows: readonly Row[]; readonly read: number }>,
  onRead: (bytes: number) => void,
): AsyncGenerator<readonly TableRow[]> {
  try {
    for (;;) {
      const next = await orRefuse(() => batches.next());
      if (next.done) return;
      onRead(next.value.read);
      yield next.value.rows.map((row) => ({ number: row.number, cells: cellsOf(header, row.cells) }));
    }
  } finally {
    // Whoever has seen enough closes the file.
    await batches.return(undefined);
  }
}

function cellsOf(header: readonly string[], cells: Row["cells"]): ReadonlyMap<string, string> | null {
  if (cells === null) return null;
  const named: (readonly [string, unknown])[] = Array.isArray(cells)
    ? header.map((name, i) => [name, cells[i]])
    : Object.entries(cells);
  return new Map(
    named.flatMap(([name, value]) => {
      const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
      return text === "" ? [] : [[name, text] as const];
    }),
  );
}

async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Stopped ? refuse("unreadable_file", failures[error.code]) : error;
  }
}
