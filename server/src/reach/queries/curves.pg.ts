import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Curve } from "../learning/learnt.ts";

/** By cell: '' is everybody, else a language. A few dozen rows of a few kilobytes. */
export async function loadCurves(db: Db): Promise<Map<string, Curve>> {
  const found = await rows(db, sql<{ cell: string; learnt: Curve }>`select cell, learnt from reach.curves limit 200`);
  return new Map(found.map(({ cell, learnt }) => [cell, learnt]));
}

export async function newestCurve(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select max(computed_at) as at from reach.curves`);
  return found?.at ?? null;
}

/** Whether this worker may compute them now; another one does when not. Held until the transaction ends. */
export async function lockCurves(tx: Tx): Promise<boolean> {
  const found = await one(
    tx,
    sql<{ is_ours: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('reach.curves', 0)) as is_ours`,
  );
  return found?.is_ours ?? false;
}

export async function saveCurves(tx: Tx, curves: ReadonlyMap<string, Curve>, now: string): Promise<void> {
  await sql`delete from reach.curves`.execute(tx);
  await sql`
    insert into reach.curves (cell, learnt, computed_at)
    select cell, learnt, ${now} from jsonb_to_recordset(${JSON.stringify(
      [...curves].map(([cell, learnt]) => ({ cell, learnt })),
    )}) as made (cell text, learnt jsonb)`.execute(tx);
}
