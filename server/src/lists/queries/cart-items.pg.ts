import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface ItemRow {
  readonly cart_id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly added_at: string;
  readonly updated_at: string;
  readonly added_by: string | null;
}

/** What lies in some carts, in the order in which it was put in. */
export function loadItems(db: Db, cartIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select cart_id, variant_id, quantity, added_at, updated_at, added_by from lists.cart_item
      where cart_id = any(${list("uuid", cartIds)}) order by added_at, variant_id`,
  );
}

export async function saveItem(tx: Tx, item: ItemRow): Promise<void> {
  await sql`
    insert into lists.cart_item (cart_id, variant_id, quantity, added_at, updated_at, added_by)
    values (${item.cart_id}, ${item.variant_id}, ${item.quantity}, ${item.added_at}, ${item.updated_at}, ${item.added_by})
    on conflict (cart_id, variant_id) do update
      set quantity = excluded.quantity, updated_at = excluded.updated_at`.execute(tx);
}

/** Takes variants out of some carts; answers with what was there. */
export function removeItems(tx: Tx, cartIds: readonly string[], variantIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    tx,
    sql<ItemRow>`
      delete from lists.cart_item
      where cart_id = any(${list("uuid", cartIds)}) and variant_id = any(${list("uuid", variantIds)})
      returning cart_id, variant_id, quantity, added_at, updated_at, added_by`,
  );
}

/**
 * Lays what is in one cart into another. Where both have a variant, the quantity of the first replaces that of the
 * other, or (`keep`) gives way to it.
 */
export async function pourItems(tx: Tx, from: string, into: string, at: string, keep = false): Promise<void> {
  await sql`
    insert into lists.cart_item as mine (cart_id, variant_id, quantity, added_at, updated_at, added_by)
    select ${into}, variant_id, quantity, added_at, ${at}, added_by from lists.cart_item where cart_id = ${from}
    on conflict (cart_id, variant_id) do update
      set quantity = case when ${keep} then mine.quantity else excluded.quantity end,
          updated_at = case when ${keep} then mine.updated_at else excluded.updated_at end`.execute(tx);
}
