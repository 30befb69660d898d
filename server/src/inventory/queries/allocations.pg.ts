import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface AllocationRow {
  readonly owner_id: string;
  readonly variant_id: string;
  readonly location_id: string;
  readonly quantity: number;
  readonly state: "held" | "committed";
}

export function loadAllocations(db: Db, ownerId: string): Promise<AllocationRow[]> {
  return rows(
    db,
    sql<AllocationRow>`
      select owner_id, variant_id, location_id, quantity, state from inventory.allocation
      where owner_id = ${ownerId} order by variant_id, location_id`,
  );
}

/** Ends the dead holds on some variants. Their levels must be locked. Leans on the index of held rows. */
export function takeExpired(tx: Tx, variantIds: readonly string[], now: string): Promise<AllocationRow[]> {
  return rows(
    tx,
    sql<AllocationRow>`
      delete from inventory.allocation
      where variant_id = any(${list("uuid", variantIds)}) and state = 'held' and expires_at <= ${now}
      returning owner_id, variant_id, location_id, quantity, state`,
  );
}

export async function addHolds(
  tx: Tx,
  holds: readonly Omit<AllocationRow, "state">[],
  expiresAt: string,
): Promise<void> {
  await sql`
    insert into inventory.allocation as a (owner_id, variant_id, location_id, quantity, state, expires_at)
    select owner_id, variant_id, location_id, quantity, 'held', ${expiresAt}
    from jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
      as r (owner_id uuid, variant_id uuid, location_id uuid, quantity int4)
    on conflict (owner_id, variant_id, location_id) do update
      set quantity = a.quantity + excluded.quantity, expires_at = excluded.expires_at`.execute(tx);
}

export async function commitHolds(tx: Tx, ownerId: string): Promise<void> {
  await sql`
    update inventory.allocation set state = 'committed', expires_at = null
    where owner_id = ${ownerId} and state = 'held'`.execute(tx);
}

export async function dropAllocations(
  tx: Tx,
  ownerId: string,
  states: readonly AllocationRow["state"][],
): Promise<void> {
  await sql`
    delete from inventory.allocation where owner_id = ${ownerId} and state = any(${list("text", states)})`.execute(tx);
}
