import { anyOf, type Db, rows, sql, type Tx } from "../../platform/db.ts";

export interface KitPart {
  readonly kit_id: string;
  readonly variant_id: string;
  readonly quantity: number;
}

/** What these variants are made of; nothing for those that lie on a shelf themselves. */
export async function loadKits(db: Db, variantIds: readonly string[]): Promise<KitPart[]> {
  if (variantIds.length === 0) return [];
  return rows(
    db,
    sql<KitPart>`
      select kit_id, variant_id, quantity from inventory.kit_part
      where kit_id ${anyOf("uuid", variantIds)} order by kit_id, variant_id`,
  );
}

/** Kits that any of these variants is part of. */
export function loadKitsWith(db: Db, variantIds: readonly string[]): Promise<KitPart[]> {
  return rows(
    db,
    sql<KitPart>`
      select kit_id, variant_id, quantity from inventory.kit_part
      where variant_id ${anyOf("uuid", variantIds)} order by kit_id, variant_id`,
  );
}

export async function replaceKit(tx: Tx, kitId: string, parts: readonly KitPart[]): Promise<void> {
  // One who changes kits at a time: what is a kit here must not become part of one there in the same moment.
  await sql`lock table inventory.kit_part in share row exclusive mode`.execute(tx);
  await sql`delete from inventory.kit_part where kit_id = ${kitId}`.execute(tx);
  await sql`
    insert into inventory.kit_part (kit_id, variant_id, quantity)
    select kit_id, variant_id, quantity from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      as r (kit_id uuid, variant_id uuid, quantity int4)`.execute(tx);
}
