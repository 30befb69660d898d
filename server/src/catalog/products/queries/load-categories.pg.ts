import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface CategoryRow {
  readonly id: string;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly parent_id: string | null;
  readonly products: number;
  readonly first_product_id: string | null;
  readonly first_photo_id: string | null;
}

/** Every category with the number of products in it and below it, and one of them for its picture. */
export function loadCategories(db: Db): Promise<CategoryRow[]> {
  return rows(
    db,
    sql<CategoryRow>`
      with recursive under (top, id) as (
        select id, id from catalog.category
        union select u.top, c.id from under u join catalog.category c on c.parent_id = u.id)
      select c.id, c.title, c.titles, c.parent_id, coalesce(n.products, 0)::int4 as products,
             n.first_product_id, f.photo_id as first_photo_id
      from catalog.category c
      left join (
        select u.top, count(*) as products, (array_agg(p.id order by p.id))[1] as first_product_id
        from under u join catalog.product p on p.category_id = u.id and p.archived_at is null group by u.top
      ) n on n.top = c.id
      left join catalog.product f on f.id = n.first_product_id
      order by c.position, c.id`,
  );
}

/** The titles of some categories in every language, for what search folds. */
export async function loadCategoryTitles(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ id: string; text: string }>`
      select id, concat_ws(' ', title, (select string_agg(value, ' ') from jsonb_each_text(titles))) as text
      from catalog.category where id = any(${ids as string[]}::text[])`,
  );
  return new Map(found.map(({ id, text }) => [id, text]));
}

/** Whether `id` is `below` itself or lies above it. */
export async function isAbove(tx: Tx, id: string, below: string): Promise<boolean> {
  const found = await one(
    tx,
    sql`
      with recursive up (id, parent_id) as (
        select id, parent_id from catalog.category where id = ${below}
        union select c.id, c.parent_id from catalog.category c join up u on c.id = u.parent_id)
      select 1 from up where id = ${id}`,
  );
  return found !== undefined;
}

export async function saveCategory(
  tx: Tx,
  category: { id: string; title: string; titles: object; parent: string | null },
): Promise<void> {
  await sql`
    insert into catalog.category (id, title, titles, parent_id, position)
    values (${category.id}, ${category.title}, ${JSON.stringify(category.titles)}::jsonb, ${category.parent},
      (select coalesce(max(position) + 1, 0) from catalog.category))
    on conflict (id) do update set title = excluded.title, titles = excluded.titles,
      parent_id = excluded.parent_id`.execute(tx);
}

/** Its products are found by its title, too: search reads them anew. */
export async function productsOfCategory(
  tx: Tx,
  id: string,
): Promise<{ id: string; title: string; titles: Record<string, string>; brand: string }[]> {
  return rows(tx, sql`select id, title, titles, brand from catalog.product where category_id = ${id}`);
}

export async function saveSearchTexts(tx: Tx, texts: readonly { id: string; search: string }[]): Promise<void> {
  await sql`
    update catalog.product p set search = r.search, changed_in = pg_current_xact_id()
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r (id uuid, search text)
    where p.id = r.id`.execute(tx);
}
