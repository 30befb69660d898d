import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
import type { FirstRow } from "../repeated-sku.ts";

/** The first rows of these SKUs that this import took. Leans on the primary key. */
export function loadFirstRows(tx: Tx, importId: string, skus: readonly string[]): Promise<FirstRow[]> {
  return rows(
    tx,
    sql<FirstRow>`
      select sku, row, said::jsonb as said from catalog.import_sku where import_id = ${importId} and sku = any(${list("text", skus)})`,
  );
}

export async function keepFirstRows(tx: Tx, importId: string, firsts: readonly FirstRow[]): Promise<void> {
  if (firsts.length === 0) return;
  await sql`
    insert into catalog.import_sku (import_id, sku, row, said)
    select ${importId}, sku, row, said
    from jsonb_to_recordset(${JSON.stringify(firsts)}::jsonb) as r (sku text, row int8, said text)`.execute(tx);
}

/** Nobody asks once a file is read to its end; one that was given up may be resumed for as long as it lies there. */
export async function forgetFirstRows(db: Db, givenUpBefore: string): Promise<void> {
  await sql`
    delete from catalog.import_sku s using catalog.import i
    where i.id = s.import_id and (i.state = 'done' or i.ended_at < ${givenUpBefore})`.execute(db);
}
