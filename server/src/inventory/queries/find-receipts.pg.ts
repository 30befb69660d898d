import { type Db, rows, sql } from "../../platform/db.ts";
import type { Cause } from "../contracts.ts";

/** What of a delivery was received before, as `variant location`. Leans on movement (source_type, source_id). */
export async function findReceipts(db: Db, { type, id }: Cause): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ variant_id: string; location_id: string }>`
      select variant_id, location_id from inventory.movement
      where source_type = ${type} and source_id = ${id} and kind = 'receive'`,
  );
  return new Set(found.map((row) => `${row.variant_id} ${row.location_id}`));
}
