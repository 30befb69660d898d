import { takeImported } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { ImportsDeps } from "../deps.ts";
import { advanceJob, countReasons, holdJob, insertProblems, type Job } from "../queries/claim-job.pg.ts";
import type { Ready } from "../records/convert-unit.ts";
import type { RowProblem } from "../records/problems.ts";

/** Where reading goes on after a chunk. */
export interface Mark {
  readonly position: number;
  readonly nextRow: number;
  readonly refusing: string | null;
  readonly bytesDone: number;
  readonly isDone: boolean;
}

export const LEASE = { seconds: 10 } as const;
/** Rows with errors that are kept for the file of errors; all are counted. */
const MOST_PROBLEMS = 10_000;
const MOST_TEXT = 2_000;

/**
 * One transaction: keys into the ledger, events into the inbox, and the place where reading goes on. So a crash at any
 * point neither loses nor doubles a row. False when the import was cancelled, or another worker has taken it over.
 */
export async function commitChunk(
  deps: ImportsDeps,
  job: Job,
  ready: readonly Ready[],
  rows: number,
  mark: Mark,
): Promise<boolean> {
  const { items, twice } = withoutRepeats(ready.flatMap((unit) => unit.items));
  const refused = ready.flatMap((unit) => unit.problems);
  const now = deps.clock.now();
  const at = now.toString();
  const taken = await inTransaction(deps.db, async (tx) => {
    if (!(await holdJob(tx, job))) return null;
    const taken = await takeImported(tx, { kind: job.kind, at, importId: job.id }, items);
    const told = [...refused, ...twice.problems, ...changedProblems(job, items, taken.changed)];
    if (told.length > 0) await keepProblems(tx, job.id, told);
    await advanceJob(tx, job.id, {
      ...mark,
      rows,
      accepted: taken.accepted.size,
      repeated: items.length - taken.accepted.size - taken.changed.size + twice.repeated,
      changed: taken.changed.size + twice.problems.length,
      rejected: refused.length,
      events: taken.events,
      now: at,
      until: now.add(LEASE).toString(),
    });
    return taken;
  });
  if (taken === null) return false;
  if (taken.events > 0) deps.bus.wake("inbox");
  deps.bus.changed("import", job.id, ["progress"]);
  return true;
}

type Items = Ready["items"];

/** A key that stands twice in one chunk counts once: word for word it is a repeat, else the first one stays. */
function withoutRepeats(all: Items): { items: Items; twice: { repeated: number; problems: RowProblem[] } } {
  const items = new Map<string, Items[number]>();
  const twice = { repeated: 0, problems: [] as RowProblem[] };
  for (const item of all) {
    const known = items.get(item.key);
    if (!known) items.set(item.key, item);
    else if (known.digest === item.digest) twice.repeated += 1;
    else twice.problems.push({ row: item.row, column: null, code: "key_twice", text: item.text });
  }
  return { items: [...items.values()], twice };
}

function changedProblems(
  job: Job,
  items: Items,
  changed: ReadonlyMap<string, { readonly importId: string | null }>,
): RowProblem[] {
  return items.flatMap(({ key, row, text }) => {
    const before = changed.get(key);
    if (!before) return [];
    const isHere = before.importId === job.id;
    const code = !isHere ? "changed_before" : job.kind === "orders" ? "scattered" : "key_twice";
    return [{ row, column: null, code, text } as const];
  });
}

async function keepProblems(
  tx: Parameters<typeof insertProblems>[0],
  id: string,
  problems: readonly RowProblem[],
): Promise<void> {
  const counts = new Map<string, { code: string; column: string; count: number }>();
  for (const { code, column } of problems) {
    const key = `${code}\u0000${column ?? ""}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { code, column: column ?? "", count: 1 });
  }
  await countReasons(tx, id, [...counts.values()]);
  await insertProblems(
    tx,
    id,
    problems.map((problem) => ({ ...problem, text: printable(problem.text) })),
    MOST_PROBLEMS,
  );
}

/** PostgreSQL keeps neither NUL nor half letters. */
function printable(text: string): string {
  return text.slice(0, MOST_TEXT).toWellFormed().replaceAll("\0", "\u2400");
}
