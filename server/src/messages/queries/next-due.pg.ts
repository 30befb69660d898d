import { type Db, list, one, sql } from "../../platform/db.ts";

/** When the next message is due; null when none waits in these lanes. One look per lane at messages_due. */
export async function nextDue(db: Db, lanes: readonly number[]): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(due_at) as at from unnest(${list("int4", lanes)}) as lanes (lane)
      cross join lateral (
        select due_at from messages.messages m
        where m.lane = lanes.lane and status in ('queued', 'sending') and not held
        order by due_at limit 1
      ) as head`,
  );
  return found?.at ?? null;
}
