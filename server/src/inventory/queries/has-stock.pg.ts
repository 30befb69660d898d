import { type Db, one, sql } from "../../platform/db.ts";

/** Whether anything of a variant lies, is promised or is awaited anywhere. */
export async function hasStock(db: Db, variantId: string): Promise<boolean> {
  const found = await one(
    db,
    sql<{ has: boolean }>`
      select exists (
        select 1 from inventory.level where variant_id = ${variantId}
          and (on_hand, committed, reserved, incoming) <> (0, 0, 0, 0)) as has`,
  );
  return found?.has ?? false;
}
