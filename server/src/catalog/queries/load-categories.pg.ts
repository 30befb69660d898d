import { type Db, rows, sql } from "../../platform/db.ts";

export interface CategoryRow {
  readonly id: string;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly parent_id: string | null;
  readonly products: number;
  readonly first_product_id: string | null;
}

/** Every category with the number of products in it and below it, and one of them for its picture. */
export function loadCategories(db: Db): Promise<CategoryRow[]> {
  return rows(
    db,
    sql<CategoryRow>`
      select c.id, c.title, c.titles, c.parent_id, count(p.id)::int4 as products,
             (array_agg(p.id order by p.id))[1] as first_product_id
      from catalog.category c
      left join catalog.category below on below.id = c.id or below.parent_id = c.id
      left join catalog.product p on p.category_id = below.id and p.archived_at is null
      group by c.id order by c.position, c.id`,
  );
}
