import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";

import { inboxState } from "../../collect/index.ts";
import type { ImportsDeps } from "../deps.ts";
import { pathOf } from "../files/file-paths.ts";
import { compileMapping } from "../mapping/compile-mapping.ts";
import { type Job, renewLease } from "../queries/claim-job.pg.ts";
import { readRows } from "../reading/read-rows.ts";
import { convertUnit, type Ready, type UnitFacts } from "../records/convert-unit.ts";
import { OrderGrouper, oneByOne, type Unit } from "../records/group-rows.ts";
import { commitChunk, LEASE, type Mark } from "./commit-chunk.ts";

const ROWS_PER_CHUNK = 500;
const BYTES_PER_CHUNK = 2 * 1024 * 1024;
/** Rows worked before the worker's other tasks get their turn. */
const ROWS_AT_ONCE = 100;
/** Live events wait behind those of an import: so many, and no more, may lie before them. */
const MOST_WAITING = 4_000;
const LOOK_MS = 25;
const RENEW_MS = 3_000;

/** Reads a file from where its import stands to its end. Returns early when it is cancelled, taken over, or stopped. */
export async function runJob(deps: ImportsDeps, job: Job, signal: AbortSignal): Promise<"ended" | "stopped" | "lost"> {
  const place = { position: job.position, row: job.nextRow };
  const { header, batches } = await readRows(pathOf(deps.dataDir, job.fileId), job.format, place, deps.importBytes);
  const plan = compileMapping(job.kind, job.columns, job.options, header);
  const grouper = job.kind === "orders" ? new OrderGrouper(plan, job.refusing) : oneByOne();
  const facts = () => factsOf(deps, job, header, plan);
  let mark: Mark = {
    position: job.position,
    nextRow: job.nextRow,
    refusing: job.refusing,
    bytesDone: 0,
    isDone: false,
  };
  let units: Unit[] = [];
  let rows = 0;
  let bytes = 0;
  let read = job.position;

  const put = (unit: Unit | null): boolean => {
    if (!unit) return false;
    units.push(unit);
    rows += unit.rows.length;
    for (const row of unit.rows) bytes += row.text.length;
    return rows >= ROWS_PER_CHUNK || bytes >= BYTES_PER_CHUNK;
  };
  const commit = async (isDone: boolean): Promise<boolean> => {
    const ready = await convertAll(facts(), units);
    mark = { ...mark, ...placeAfter(units), bytesDone: isDone ? job.bytes : Math.min(read, job.bytes), isDone };
    const isHeld = await commitChunk(deps, job, ready, rows, mark);
    units = [];
    rows = 0;
    bytes = 0;
    return isHeld;
  };

  for await (const batch of batches) {
    read = batch.read;
    for (const row of batch.rows) {
      if (!put(grouper.add(row))) continue;
      if (signal.aborted) return "stopped";
      if (!(await commit(false)) || !(await untilThereIsRoom(deps, job, signal)))
        return signal.aborted ? "stopped" : "lost";
    }
  }
  if (signal.aborted) return "stopped";
  put(grouper.close());
  return (await commit(true)) ? "ended" : "lost";
}

function placeAfter(units: readonly Unit[]): Partial<Mark> {
  const last = units.at(-1);
  const row = last?.rows.at(-1);
  return row ? { position: row.end, nextRow: row.number + 1, refusing: last?.refused ?? null } : {};
}

function factsOf(deps: ImportsDeps, job: Job, header: readonly string[], plan: UnitFacts["plan"]): UnitFacts {
  return {
    plan,
    header,
    importId: job.id,
    now: deps.clock.now().epochMilliseconds,
    madeAt: job.createdAt,
    sign: (text) => deps.secrets.sign("imported-people", text),
  };
}

async function convertAll(facts: UnitFacts, units: readonly Unit[]): Promise<Ready[]> {
  const ready: Ready[] = [];
  let rows = 0;
  for (const unit of units) {
    ready.push(convertUnit(facts, unit));
    rows += unit.rows.length;
    if (rows < ROWS_AT_ONCE) continue;
    rows = 0;
    await breathe();
  }
  return ready;
}

/** Waits while the inbox is fuller than live traffic can bear; false when the import is lost meanwhile. */
async function untilThereIsRoom(deps: ImportsDeps, job: Job, signal: AbortSignal): Promise<boolean> {
  let renewedAt = performance.now();
  while (!signal.aborted && (await inboxState(deps.db)).events > MOST_WAITING) {
    await pause(LOOK_MS);
    if (performance.now() - renewedAt < RENEW_MS) continue;
    renewedAt = performance.now();
    if (!(await renewLease(deps.db, job, deps.clock.now().add(LEASE).toString()))) return false;
  }
  return !signal.aborted;
}
