import { type Db, rows, sql } from "../../../platform/db.ts";

export interface RelatedRow {
  readonly kind: "related" | "complementary" | "category";
  readonly id: string;
}

/**
 * What was chosen by hand to stand beside a product, then others of its category: those after it first, then from the
 * start. Leans on relation's key and product (category_id, id).
 */
export function loadRelated(db: Db, productId: string, limit: number): Promise<RelatedRow[]> {
  return rows(
    db,
    sql<RelatedRow>`
      (select r.kind, p.id from catalog.relation r join catalog.product p on p.id = r.other_id
       where r.product_id = ${productId} and p.archived_at is null order by r.kind, r.position)
      union all
      (select 'category', other.id from catalog.product self
       join catalog.product other on other.category_id = self.category_id
         and other.id <> self.id and other.archived_at is null
       where self.id = ${productId}
       order by other.id < self.id, other.id limit ${limit})`,
  );
}
