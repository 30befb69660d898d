import { anyOf, type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface LevelRow {
  readonly variant_id: string;
  readonly location_id: string;
  readonly product_id: string;
  readonly store_id: string | null;
  readonly channels: readonly string[];
  readonly priority: number;
  readonly on_hand: number;
  readonly committed: number;
  readonly reserved: number;
  readonly safety: number;
  readonly damaged: number;
  readonly quality_control: number;
  readonly incoming: number;
}

/**
 * Every level of some variants, locked in (variant, location) order, which is the same for all who move stock, so
 * that no two of them wait for each other. All places of a variant: a channel's number is decided over them together.
 */
export function lockLevels(tx: Tx, variantIds: readonly string[]): Promise<LevelRow[]> {
  return rows(
    tx,
    sql<LevelRow>`
      select l.variant_id, l.location_id, l.product_id, p.store_id, p.channels, p.priority, l.on_hand, l.committed,
             l.reserved, l.safety, l.damaged, l.quality_control, l.incoming
      from inventory.level l join inventory.location p on p.id = l.location_id
      where l.variant_id ${anyOf("uuid", variantIds)}
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
  const of = (key: keyof NewLevel) =>
    list(
      "uuid",
      levels.map((level) => level[key]),
    );
  await sql`
    insert into inventory.level (variant_id, location_id, product_id)
    select * from unnest(${of("variantId")}, ${of("locationId")}, ${of("productId")})
      as t (variant_id, location_id, product_id)
    order by 1, 2
    on conflict do nothing`.execute(db);
}
