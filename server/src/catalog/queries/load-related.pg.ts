import { type Db, rows, sql } from "../../platform/db.ts";

/** Other products of the same category, those after it first, then from the start. Leans on product (category_id, id). */
export async function loadRelated(db: Db, productId: string, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select other.id from catalog.product self
      join catalog.product other on other.category_id = self.category_id
        and other.id <> self.id and other.archived_at is null
      where self.id = ${productId}
      order by other.id < self.id, other.id limit ${limit}`,
  );
  return found.map((row) => row.id);
}
