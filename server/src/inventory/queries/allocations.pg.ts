import { anyOf, type Db, one, rows, send, sql, type Tx } from "../../platform/db.ts";

/** Who holds: an order, or a system that asked for a hold of its own. */
export type OwnerType = "order" | "hold";

export interface AllocationRow {
  readonly owner_id: string;
  readonly owner_type: OwnerType;
  readonly variant_id: string;
  readonly location_id: string;
  readonly quantity: number;
  readonly state: "held" | "committed";
  readonly expires_at: string | null;
}

export type NewHold = Omit<AllocationRow, "state">;

const COLUMNS = sql.raw("owner_id, owner_type, variant_id, location_id, quantity, state, expires_at");

export function loadAllocations(db: Db, ownerIds: readonly string[]): Promise<AllocationRow[]> {
  return rows(
    db,
    sql<AllocationRow>`
      select ${COLUMNS} from inventory.allocation
      where owner_id ${anyOf("uuid", ownerIds)} order by variant_id, location_id, owner_id`,
  );
}

/** Ends the dead holds on some variants. Their levels must be locked. Leans on the index of held rows by expiry. */
export function takeExpired(tx: Tx, variantIds: readonly string[], now: string): Promise<AllocationRow[]> {
  return rows(
    tx,
    sql<AllocationRow>`
      delete from inventory.allocation
      where variant_id ${anyOf("uuid", variantIds)} and state = 'held' and expires_at <= ${now}
      returning ${COLUMNS}`,
  );
}

/** When the next hold of another system dies. */
export async function nextToDie(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string }>`
      select expires_at as at from inventory.allocation
      where state = 'held' and owner_type = 'hold' order by expires_at limit 1`,
  );
  return found?.at ?? null;
}

/** The variants of the holds that have died longest ago and that nobody has ended. */
export async function findDead(db: Db, now: string, most: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ variant_id: string }>`
      select distinct variant_id from (
        select variant_id from inventory.allocation
        where state = 'held' and owner_type = 'hold' and expires_at <= ${now} order by expires_at limit ${most}) dead`,
  );
  return found.map((row) => row.variant_id);
}

export function addHolds(tx: Tx, holds: readonly NewHold[]): void {
  if (holds.length === 0) return;
  send(
    tx,
    sql`
      insert into inventory.allocation as a (${COLUMNS})
      select owner_id, owner_type, variant_id, location_id, quantity, 'held', expires_at
      from jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
        as r (owner_id uuid, owner_type text, variant_id uuid, location_id uuid, quantity int4, expires_at timestamptz)
      on conflict (owner_id, variant_id, location_id) do update
        set quantity = a.quantity + excluded.quantity, expires_at = excluded.expires_at`,
  );
}

/** Lets a hold live longer, unless any part of it has died: somebody else may have the goods. */
export async function extendHolds(tx: Tx, ownerId: string, now: string, until: string): Promise<boolean> {
  const held = await rows(
    tx,
    sql<{ is_alive: boolean }>`
      select expires_at > ${now} as is_alive from inventory.allocation
      where owner_id = ${ownerId} and owner_type = 'hold' and state = 'held'
      order by variant_id, location_id for update`,
  );
  if (held.length === 0 || held.some((row) => !row.is_alive)) return false;
  await sql`
    update inventory.allocation set expires_at = ${until} where owner_id = ${ownerId} and state = 'held'`.execute(tx);
  return true;
}

export function commitHolds(tx: Tx, ownerIds: readonly string[]): void {
  if (ownerIds.length === 0) return;
  send(
    tx,
    sql`
      update inventory.allocation set state = 'committed', expires_at = null
      where owner_id ${anyOf("uuid", ownerIds)} and state = 'held'`,
  );
}

export interface Part {
  readonly owner_id: string;
  readonly variant_id: string;
  readonly location_id: string;
  readonly quantity: number;
}

/** Takes so many out of promises; what is used up is gone. Their levels must be locked. */
export async function takeFromAllocations(tx: Tx, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return;
  const text = JSON.stringify(parts);
  const given = sql`jsonb_to_recordset(${text}::jsonb) as r (owner_id uuid, variant_id uuid, location_id uuid, quantity int4)`;
  // A row may not stand at 0, also not for a moment.
  await sql`
    delete from inventory.allocation a using ${given}
    where (a.owner_id, a.variant_id, a.location_id) = (r.owner_id, r.variant_id, r.location_id)
      and a.quantity <= r.quantity`.execute(tx);
  await sql`
    update inventory.allocation a set quantity = a.quantity - r.quantity from ${given}
    where (a.owner_id, a.variant_id, a.location_id) = (r.owner_id, r.variant_id, r.location_id)
      and a.quantity > r.quantity`.execute(tx);
}
