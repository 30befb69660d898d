import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface LevelRow {
  readonly variant_id: string;
  readonly location_id: string;
  readonly product_id: string;
  readonly store_id: string | null;
  readonly web_sellable: boolean;
  readonly priority: number;
  readonly on_hand: number;
  readonly committed: number;
  readonly reserved: number;
  readonly safety: number;
}

/**
 * Every level of some variants, locked in (variant, location) order, which is the same for all who move stock, so
 * that no two of them wait for each other. All places of a variant: its web number is decided over them together.
 */
export function lockLevels(tx: Tx, variantIds: readonly string[]): Promise<LevelRow[]> {
  return rows(
    tx,
    sql<LevelRow>`
      select l.variant_id, l.location_id, l.product_id, p.store_id, p.web_sellable, p.priority,
             l.on_hand, l.committed, l.reserved, l.safety
      from inventory.level l join inventory.location p on p.id = l.location_id
      where l.variant_id = any(${list("uuid", variantIds)})
      order by l.variant_id, l.location_id for update of l`,
  );
}

export interface NewLevel {
  readonly variantId: string;
  readonly locationId: string;
  readonly productId: string;
}

/** Rows of counters at zero, where there were none. */
export async function openLevels(db: Db, levels: readonly NewLevel[]): Promise<void> {
  if (levels.length === 0) return;
  await sql`
    insert into inventory.level (variant_id, location_id, product_id)
    select * from unnest(
      ${list(
        "uuid",
        levels.map((l) => l.variantId),
      )}, ${list(
        "uuid",
        levels.map((l) => l.locationId),
      )}, ${list(
        "uuid",
        levels.map((l) => l.productId),
      )}) as t (variant_id, location_id, product_id)
    order by 1, 2
    on conflict do nothing`.execute(db);
}
