import { type Db, rows, sql } from "../../../platform/db.ts";

export interface RelatedRow {
  readonly kind: "related" | "complementary" | "category";
  readonly id: string;
}

/**
 * What was chosen by hand to stand beside a product, then others of its category: those after it first, then from the
 * start, each read in the order of the index (category_id, id), however many the category holds. Leans on relation's key.
 */
export function loadRelated(db: Db, productId: string, limit: number): Promise<RelatedRow[]> {
  const inCategory = (side: typeof AFTER) => sql`
    (select 'category', other.id from catalog.product self
     cross join lateral (
       select id from catalog.product
       where category_id = self.category_id and archived_at is null and ${side}
       order by category_id, id limit ${limit}) other
     where self.id = ${productId})`;
  return rows(
    db,
    sql<RelatedRow>`
      (select r.kind, p.id from catalog.relation r join catalog.product p on p.id = r.other_id
       where r.product_id = ${productId} and p.archived_at is null order by r.kind, r.position)
      union all ${inCategory(AFTER)}
      union all ${inCategory(BEFORE)}`,
  );
}

const AFTER = sql`id > self.id`;
const BEFORE = sql`id < self.id`;
