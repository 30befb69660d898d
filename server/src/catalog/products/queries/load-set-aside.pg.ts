import { type Db, rows, sql } from "../../../platform/db.ts";

interface ArchivedVariantRow {
  readonly id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: number;
  readonly currency: string;
  readonly archived_at: string;
}

/** Leans on variant (product_id, position). */
export function loadArchivedVariants(db: Db, productId: string): Promise<ArchivedVariantRow[]> {
  return rows(
    db,
    sql<ArchivedVariantRow>`
      select id, sku, gtin, size, color, price, currency, archived_at from catalog.variant
      where product_id = ${productId} and archived_at is not null order by archived_at desc, id`,
  );
}

interface RelationRow {
  readonly kind: "related" | "complementary";
  readonly other_id: string;
}

/** In their order. Leans on relation's key. */
export function loadRelations(db: Db, productId: string): Promise<RelationRow[]> {
  return rows(
    db,
    sql<RelationRow>`
      select kind, other_id from catalog.relation where product_id = ${productId} order by kind, position`,
  );
}
