import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
import { WAVES } from "../broadcast.ts";

export interface Counts {
  readonly broadcast_id: string;
  readonly queued: number;
  readonly sent: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
  readonly held_out: number;
}

/**
 * How far broadcasts are. Ends are counted as they are written; of those whose turn has not come the rest is told by
 * the size of the audience while it is whole. Leans on the key of broadcast_counts, recipients_turn for those held out.
 */
export async function readCounts(db: Db, ids: readonly string[]): Promise<Map<string, Counts>> {
  const found = await rows(
    db,
    sql<Counts>`
      select b.id as broadcast_id,
        coalesce(sum(c.n) filter (where c.status = 'fed'), 0)::int4
          - coalesce(sum(c.n) filter (where c.status <> 'fed'), 0)::int4 as queued,
        coalesce(sum(c.n) filter (where c.status = 'sent'), 0)::int4 as sent,
        coalesce(sum(c.n) filter (where c.status = 'skipped'), 0)::int4 as skipped,
        coalesce(sum(c.n) filter (where c.status in ('failed', 'bounced')), 0)::int4 as failed,
        case when b.state in ('gathering', 'sending', 'testing')
          then (select count(*)::int4 from messages.recipients r where r.broadcast_id = b.id and r.wave <> ${WAVES.heldOut})
          else 0 end as waiting,
        (select count(*)::int4 from messages.recipients r where r.broadcast_id = b.id and r.wave = ${WAVES.heldOut})
          as held_out
      from messages.broadcasts b left join messages.broadcast_counts c on c.broadcast_id = b.id
      where b.id = any(${list("uuid", ids)}) group by b.id`,
  );
  return new Map(found.map((row) => [row.broadcast_id, row]));
}

export interface CountChange {
  readonly broadcastId: string;
  readonly status: string;
  readonly n: number;
}

/** In order, so that two workers that count the same broadcasts wait for each other and never for ever. */
export async function addCounts(tx: Tx, changes: readonly CountChange[]): Promise<void> {
  if (changes.length === 0) return;
  const sums = new Map<string, CountChange>();
  for (const change of changes) {
    const key = `${change.broadcastId} ${change.status}`;
    sums.set(key, { ...change, n: change.n + (sums.get(key)?.n ?? 0) });
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
  const column = <K extends keyof CountChange>(key: K) => sorted.map((change) => change[key]);
  await sql`
    insert into messages.broadcast_counts (broadcast_id, status, n)
    select * from unnest(${list("uuid", column("broadcastId"))}, ${list("text", column("status"))},
                         ${list("int4", column("n"))})
    on conflict (broadcast_id, status) do update set n = broadcast_counts.n + excluded.n`.execute(tx);
}

/** Whether any message of the broadcast waits or is under way. Leans on messages_broadcast. */
export async function countOpen(db: Db, broadcastId: string): Promise<number> {
  const [found] = await rows(
    db,
    sql<{ n: number }>`
      select count(*)::int4 as n from messages.messages
      where broadcast_id = ${broadcastId} and status in ('queued', 'sending')`,
  );
  return found?.n ?? 0;
}
