import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface CountRow {
  readonly id: string;
  readonly document: string;
  readonly location_id: string;
  readonly variant_id: string;
  readonly counted: number;
  readonly counted_at: string;
  /** What the books said for that instant. */
  readonly booked: number;
  readonly at: string;
  readonly actor: string | null;
}

/** Lines of a counting sheet that were taken before. */
export async function findCounted(
  db: Db,
  locationId: string,
  document: string,
  variantIds: readonly string[],
): Promise<Map<string, CountRow>> {
  const found = await rows(
    db,
    sql<CountRow>`
      select id, document, location_id, variant_id, counted, counted_at, booked, at, actor from inventory.count
      where location_id = ${locationId} and document = ${document}
        and variant_id = any(${list("uuid", variantIds)})`,
  );
  return new Map(found.map((row) => [row.variant_id, row]));
}

export async function addCounts(tx: Tx, counts: readonly CountRow[]): Promise<void> {
  await sql`
    insert into inventory.count select * from jsonb_populate_recordset(null::inventory.count, ${JSON.stringify(
      counts,
    )}::jsonb)`.execute(tx);
}
