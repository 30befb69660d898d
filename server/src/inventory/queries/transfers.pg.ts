import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface TransferRow {
  readonly id: string;
  readonly sent_from: string;
  readonly sent_to: string;
  readonly state: "in_transit" | "received" | "cancelled";
  readonly note: string | null;
  readonly actor: string | null;
  readonly sent_at: string;
  readonly ended_at: string | null;
}

export interface TransferLineRow {
  readonly transfer_id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly received: number;
}

export async function insertTransfer(tx: Tx, transfer: TransferRow, lines: readonly TransferLineRow[]): Promise<void> {
  await sql`
    insert into inventory.transfer
    select * from jsonb_populate_record(null::inventory.transfer, ${JSON.stringify(transfer)}::jsonb)`.execute(tx);
  await sql`
    insert into inventory.transfer_line
    select * from jsonb_populate_recordset(null::inventory.transfer_line, ${JSON.stringify(lines)}::jsonb)`.execute(tx);
}

export function loadTransfer(db: Db, id: string): Promise<TransferRow | undefined> {
  return one(db, sql<TransferRow>`select * from inventory.transfer where id = ${id}`);
}

export function loadTransferLines(db: Db, ids: readonly string[]): Promise<TransferLineRow[]> {
  return rows(
    db,
    sql<TransferLineRow>`
      select transfer_id, variant_id, quantity, received from inventory.transfer_line
      where transfer_id = any(${list("uuid", ids)}) order by transfer_id, variant_id`,
  );
}

/** Ends a transfer, once; false when it has ended before. */
export async function endTransfer(tx: Tx, id: string, state: "received" | "cancelled", at: string): Promise<boolean> {
  const result = await sql`
    update inventory.transfer set state = ${state}, ended_at = ${at}
    where id = ${id} and state = 'in_transit'`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function noteReceived(
  tx: Tx,
  id: string,
  received: readonly { readonly variant_id: string; readonly quantity: number }[],
): Promise<void> {
  await sql`
    update inventory.transfer_line n set received = n.received + r.quantity
    from jsonb_to_recordset(${JSON.stringify(received)}::jsonb) as r (variant_id uuid, quantity int4)
    where n.transfer_id = ${id} and n.variant_id = r.variant_id`.execute(tx);
}

export interface TransferFilter {
  readonly location: string | null;
  readonly state: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Transfers from or to a place, newest first. */
export function listTransfers(db: Db, { location, state, after, limit }: TransferFilter): Promise<TransferRow[]> {
  return rows(
    db,
    sql<TransferRow>`
      select * from inventory.transfer
      where (${location}::uuid is null or sent_from = ${location}::uuid or sent_to = ${location}::uuid)
        and (${state}::text is null or state = ${state}) and (${after}::uuid is null or id < ${after}::uuid)
      order by id desc limit ${limit}`,
  );
}
