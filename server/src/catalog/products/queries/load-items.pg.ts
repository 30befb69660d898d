import { type Db, list, rows, sql } from "../../../platform/db.ts";

export interface ItemRow {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: number;
  readonly currency: string;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly brand: string;
  readonly category_id: string;
  readonly photo_id: string | null;
}

/** What carts, orders and messages say about a variant. */
export function loadItems(db: Db, variantIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select v.id as variant_id, v.product_id, v.sku, v.gtin, v.size, v.color, v.price, v.currency,
             p.title, p.titles, p.brand, p.category_id, coalesce(v.photo_id, p.photo_id) as photo_id
      from catalog.variant v join catalog.product p on p.id = v.product_id
      where v.id = any(${list("uuid", variantIds)})`,
  );
}

/** The ids of all variants of some products. */
export async function loadVariantIds(db: Db, productIds: readonly string[]): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select id from catalog.variant where product_id = any(${list("uuid", productIds)}) order by product_id, position`,
  );
  return found.map((row) => row.id);
}
