import { type Db, rows, sql, type Tx } from "../../platform/db.ts";
import type { Discrepancy } from "../contracts.ts";

export async function addDiscrepancies(
  tx: Tx,
  found: readonly Omit<Discrepancy, "opened_at">[],
  at: string,
): Promise<void> {
  if (found.length === 0) return;
  await sql`
    insert into inventory.discrepancy (id, variant_id, location_id, kind, quantity, source_type, source_id, opened_at)
    select id, variant_id, location_id, kind, quantity, source_type, source_id, ${at}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
      as r (id uuid, variant_id uuid, location_id uuid, kind text, quantity int4, source_type text, source_id text)`.execute(
    tx,
  );
}

/** What nobody has looked into yet, newest first. */
export function loadDiscrepancies(db: Db, after: string | null, limit: number): Promise<Discrepancy[]> {
  return rows(
    db,
    sql<Discrepancy>`
      select id, variant_id, location_id, kind, quantity, source_type, source_id, opened_at
      from inventory.discrepancy
      where resolved_at is null and (${after}::uuid is null or id < ${after}::uuid)
      order by id desc limit ${limit}`,
  );
}
