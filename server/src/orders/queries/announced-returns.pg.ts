import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { ReturnReason } from "../contracts.ts";

export interface AnnouncedLine {
  readonly position: number;
  readonly quantity: number;
  readonly received: number;
  readonly reason: ReturnReason;
}

export interface AnnouncedRow {
  readonly id: string;
  readonly order_id: string;
  readonly at: string;
  readonly withdrawn_at: string | null;
  readonly lines: readonly AnnouncedLine[];
}

export async function insertAnnounced(
  tx: Tx,
  row: Pick<AnnouncedRow, "id" | "order_id" | "at">,
  lines: readonly Omit<AnnouncedLine, "received">[],
): Promise<void> {
  await sql`
    insert into orders.announced_return (id, order_id, at) values (${row.id}, ${row.order_id}, ${row.at})`.execute(tx);
  await sql`
    insert into orders.announced_return_line (announced_id, position, quantity, reason)
    select ${row.id}, position, quantity, reason
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as t (position int4, quantity int4, reason text)`.execute(tx);
}

/** Oldest first; leans on the index of order_id. */
export function loadAnnounced(db: Db, orderId: string): Promise<AnnouncedRow[]> {
  return rows(
    db,
    sql<AnnouncedRow>`
      select a.id, a.order_id, a.at, a.withdrawn_at, (
        select jsonb_agg(jsonb_build_object(
          'position', l.position, 'quantity', l.quantity, 'received', l.received, 'reason', l.reason) order by l.position)
        from orders.announced_return_line l where l.announced_id = a.id) as lines
      from orders.announced_return a where a.order_id = ${orderId} order by a.id`,
  );
}

export interface Received {
  readonly announced_id: string;
  readonly position: number;
  readonly received: number;
}

export async function saveReceived(tx: Tx, lines: readonly Received[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    update orders.announced_return_line l set received = t.received
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as t (announced_id uuid, position int4, received int4)
    where l.announced_id = t.announced_id and l.position = t.position`.execute(tx);
}

/** Whether there is such an announcement; one that was withdrawn before stays as it was. */
export async function withdrawAnnounced(tx: Tx, orderId: string, id: string, at: string): Promise<boolean> {
  const found = await one(
    tx,
    sql<{ id: string }>`
      update orders.announced_return set withdrawn_at = coalesce(withdrawn_at, ${at}::timestamptz)
      where id = ${id} and order_id = ${orderId} returning id`,
  );
  return found !== undefined;
}
