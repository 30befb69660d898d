import { anyOf, type Db, rows, sql } from "../../../platform/db.ts";

export interface BesideRow {
  readonly product_id: string;
  /** Chosen by hand. */
  readonly related: readonly string[];
  readonly complementary: readonly string[];
  /** Chosen, but archived now. */
  readonly away: readonly string[];
  readonly category: readonly string[];
}

/**
 * What was chosen by hand to stand beside some products, and others of their categories: those after them first, then from
 * the start, each read in the order of the index (category_id, id), however many a category holds. Leans on relation's key.
 */
export function loadBeside(db: Db, productIds: readonly string[], limit: number): Promise<BesideRow[]> {
  const chosen = (kind: string) => sql`
    array(select p.id from catalog.relation r join catalog.product p on p.id = r.other_id
          where r.product_id = self.id and r.kind = ${kind} and p.archived_at is null order by r.position)`;
  const inCategory = (side: typeof AFTER) => sql`
    (select id from catalog.product
     where category_id = self.category_id and archived_at is null and ${side} order by category_id, id limit ${sql.lit(limit)})`;
  return rows(
    db,
    sql<BesideRow>`
      select self.id as product_id, ${chosen("related")} as related, ${chosen("complementary")} as complementary,
             array(select p.id from catalog.relation r join catalog.product p on p.id = r.other_id
                   where r.product_id = self.id and p.archived_at is not null) as away,
             array(${inCategory(AFTER)} union all ${inCategory(BEFORE)}) as category
      from catalog.product self where self.id ${anyOf("uuid", productIds)}`,
  );
}

const AFTER = sql`id > self.id`;
const BEFORE = sql`id < self.id`;
