import { anyOf, type Db, rows, sql } from "../../../platform/db.ts";
import type { Dimensions, Market } from "../../contracts.ts";

export interface ProductRow {
  readonly id: string;
  readonly code: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly description: string;
  readonly descriptions: Record<string, string>;
  readonly brand: string;
  readonly category_id: string;
  readonly category_title: string;
  readonly materials: string[];
  readonly dimensions: Dimensions | null;
  readonly drawing: object;
  readonly photo_id: string | null;
  readonly reviews: number;
  readonly stars: number;
  readonly archived_at: string | null;
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
  readonly was: number | null;
  readonly currency: string;
  readonly dimensions: Dimensions | null;
  readonly photo_id: string | null;
}

/** Products by id, in no order; the archived too, because orders and carts still name them. */
export function loadProducts(db: Db, ids: readonly string[]): Promise<ProductRow[]> {
  return rows(
    db,
    sql<ProductRow>`
      select p.id, p.code, p.url, p.title, p.titles, p.description, p.descriptions, p.brand, p.category_id,
             c.title as category_title, p.materials, p.dimensions, p.drawing, p.photo_id, p.reviews, p.stars,
             p.archived_at
      from catalog.product p join catalog.category c on c.id = p.category_id
      where p.id ${anyOf("uuid", ids)}`,
  );
}

/**
 * The variants of some products that are sold, in their order, each at the price of the market: of its region, else of
 * its currency, else its own. Leans on variant (product_id, position) and the key of price.
 */
export function loadVariantsOf(db: Db, productIds: readonly string[], market: Market = {}): Promise<VariantRow[]> {
  if (market.currency === undefined) {
    return rows(
      db,
      sql<VariantRow>`
        select id, product_id, sku, gtin, size, color, color_hex, price, was, currency, dimensions, photo_id
        from catalog.variant where product_id ${anyOf("uuid", productIds)} and archived_at is null
        order by product_id, position`,
    );
  }
  return rows(
    db,
    sql<VariantRow>`
      select v.id, v.product_id, v.sku, v.gtin, v.size, v.color, v.color_hex, v.dimensions, v.photo_id,
             coalesce(m.amount, v.price) as price, coalesce(m.currency, v.currency) as currency,
             case when m.amount is null then v.was else m.was end as was
      from catalog.variant v
      left join lateral (
        select amount, was, currency from catalog.price
        where variant_id = v.id and currency = ${market.currency} and region in ('', ${market.region ?? ""})
        order by region desc limit 1
      ) m on true
      where v.product_id ${anyOf("uuid", productIds)} and v.archived_at is null
      order by v.product_id, v.position`,
  );
}
