import { type Db, rows, sql } from "../../platform/db.ts";
import type { KilimEvent } from "../contracts.ts";
import { unpack } from "../inbox.ts";

/** The newest accepted events that are not worked in yet, about `events` of them, in no order. Leans on the primary key. */
export async function newestWaiting(db: Db, events: number): Promise<KilimEvent[]> {
  const found = await rows(
    db,
    sql<{ events: Buffer }>`
      select events from (
        select seq, events, sum(n) over (order by seq desc) - n as before
        from (select seq, n, events from collect.inbox order by seq desc limit 100) as head
      ) as counted
      where before < ${events} order by seq desc`,
  );
  return found.flatMap((row) => {
    try {
      return unpack(row);
    } catch {
      // Damaged: the worker will set it aside.
      return [];
    }
  });
}
