import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface ReturnRow {
  readonly id: string;
  readonly number: string;
  readonly order_id: string;
  readonly channel: "store" | "post";
  readonly location_id: string;
  readonly refund: number;
  readonly override: string | null;
  readonly actor: string | null;
  readonly at: string;
}

export interface ReturnLineRow {
  readonly return_id: string;
  readonly position: number;
  readonly quantity: number;
  readonly condition: "sellable" | "damaged" | "check";
  readonly reason: string | null;
  readonly refund: number;
}

export async function nextReturnNumber(db: Db): Promise<string> {
  const found = await one(db, sql<{ n: number }>`select nextval('orders.return_number') as n`);
  return `R-${found?.n}`;
}

export async function insertReturn(tx: Tx, row: ReturnRow, lines: readonly ReturnLineRow[]): Promise<void> {
  await sql`
    insert into orders.return
    select * from jsonb_populate_record(null::orders.return, ${JSON.stringify(row)}::jsonb)`.execute(tx);
  await sql`
    insert into orders.return_line
    select * from jsonb_populate_recordset(null::orders.return_line, ${JSON.stringify(lines)}::jsonb)`.execute(tx);
}

export function loadReturns(db: Db, orderId: string): Promise<ReturnRow[]> {
  return rows(db, sql<ReturnRow>`select * from orders.return where order_id = ${orderId} order by id`);
}

export function loadReturnLines(db: Db, ids: readonly string[]): Promise<ReturnLineRow[]> {
  return rows(
    db,
    sql<ReturnLineRow>`
      select * from orders.return_line where return_id = any(${list("uuid", ids)}) order by return_id, position`,
  );
}
