import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface ProductRow {
  readonly id: string;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly description: string;
  readonly descriptions: Record<string, string>;
  readonly brand: string;
  readonly category_id: string;
  readonly category_title: string;
}

export interface VariantRow {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly color_hex: string | null;
  readonly price: number;
  readonly currency: string;
}

/** Products by id, in no order; the archived too, because orders and carts still name them. */
export function loadProducts(db: Db, ids: readonly string[]): Promise<ProductRow[]> {
  return rows(
    db,
    sql<ProductRow>`
      select p.id, p.title, p.titles, p.description, p.descriptions, p.brand, p.category_id, c.title as category_title
      from catalog.product p join catalog.category c on c.id = p.category_id
      where p.id = any(${list("uuid", ids)})`,
  );
}

/** All variants of some products, in their order. Leans on variant (product_id, position). */
export function loadVariantsOf(db: Db, productIds: readonly string[]): Promise<VariantRow[]> {
  return rows(
    db,
    sql<VariantRow>`
      select id, product_id, sku, gtin, size, color, color_hex, price, currency
      from catalog.variant where product_id = any(${list("uuid", productIds)}) order by product_id, position`,
  );
}
