import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
import type { FullVariantRow } from "../../products/queries/change-products.pg.ts";

/** Products by their codes, locked: two imports of one product take turns. */
export function lockByCodes(tx: Tx, codes: readonly string[]): Promise<{ id: string; code: string }[]> {
  return rows(
    tx,
    sql<{ id: string; code: string }>`
      select id, code from catalog.product where code = any(${list("text", codes)}) order by id for update`,
  );
}

/** Variants that have one of these SKUs or GTINs, or belong to one of these products. */
export function loadKnownVariants(
  tx: Tx,
  { skus, gtins, products }: { skus: readonly string[]; gtins: readonly string[]; products: readonly string[] },
): Promise<FullVariantRow[]> {
  return rows(
    tx,
    sql<FullVariantRow>`
      select id, product_id, sku, gtin, size, color, color_hex, price, was, currency, dimensions, position
      from catalog.variant
      where sku = any(${list("text", skus)}) or gtin = any(${list("text", gtins)})
        or product_id = any(${list("uuid", products)})`,
  );
}

export interface CategoryRow {
  readonly id: string;
  readonly parent_id: string | null;
  readonly title: string;
  readonly titles: Record<string, string>;
}

export function loadTree(db: Db): Promise<CategoryRow[]> {
  return rows(db, sql<CategoryRow>`select id, parent_id, title, titles from catalog.category`);
}

export interface PictureRow {
  readonly product_id: string;
  readonly variant_id: string | null;
  readonly url: string;
  readonly position: number;
}

/** Pictures to be fetched; one that was fetched for its product before is not again, one that failed is. */
export async function askPictures(
  tx: Tx,
  importId: string,
  pictures: readonly PictureRow[],
  now: string,
): Promise<void> {
  await sql`
    insert into catalog.picture_job (product_id, url, variant_id, import_id, position, state, due_at)
    select distinct on (product_id, url) product_id, url, variant_id, ${importId}::uuid, position, 'waiting', ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(pictures)}::jsonb)
      as r (product_id uuid, url text, variant_id uuid, position int4)
    order by product_id, url, position
    on conflict (product_id, url) do update set state = 'waiting', tries = 0, problem = null,
      import_id = excluded.import_id, due_at = excluded.due_at
    where picture_job.state = 'failed'`.execute(tx);
}
