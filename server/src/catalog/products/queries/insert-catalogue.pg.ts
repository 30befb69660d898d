import { type Db, sql } from "../../../platform/db.ts";

/**
 * Rows as JSON text, one statement per table; what is there already under its id is brought up to date. A category's title
 * is on the pages of its products: with it they have changed.
 */
export async function insertCategories(db: Db, rows: readonly object[]): Promise<void> {
  await sql`
    with given as (
      select id, title, titles, parent_id, position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (id text, title text, titles jsonb, parent_id text, position int4)
    ), renamed as (
      update catalog.product p set changed_in = pg_current_xact_id()
      from catalog.category c join given g on g.id = c.id
      where p.category_id = c.id and (c.title, c.titles) is distinct from (g.title, g.titles)
    )
    insert into catalog.category (id, title, titles, parent_id, position)
    select id, title, titles, parent_id, position from given
    on conflict (id) do update set title = excluded.title, titles = excluded.titles,
      parent_id = excluded.parent_id, position = excluded.position`.execute(db);
}

export async function insertProducts(db: Db, rows: readonly object[], now: string): Promise<void> {
  await sql`
    insert into catalog.product
      (id, code, url, title, titles, description, descriptions, brand, category_id, materials, dimensions, drawing,
       search, archived_at, created_at, updated_at)
    select id, code, url, title, titles, description, descriptions, brand, category_id,
           array(select jsonb_array_elements_text(materials)), nullif(dimensions, 'null'), drawing, search,
           archived_at, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, code text, url text, title text, titles jsonb, description text, descriptions jsonb, brand text,
            category_id text, materials jsonb, dimensions jsonb, drawing jsonb, search text,
            archived_at timestamptz)
    on conflict (id) do update set code = excluded.code, url = excluded.url, title = excluded.title,
      titles = excluded.titles, description = excluded.description, descriptions = excluded.descriptions,
      brand = excluded.brand, category_id = excluded.category_id, materials = excluded.materials,
      dimensions = excluded.dimensions, drawing = excluded.drawing, search = excluded.search,
      updated_at = excluded.updated_at, archived_at = excluded.archived_at, changed_in = pg_current_xact_id()`.execute(
    db,
  );
}

export async function insertVariants(db: Db, rows: readonly object[]): Promise<void> {
  await sql`
    insert into catalog.variant
      (id, product_id, sku, gtin, size, color, color_hex, price, was, currency, dimensions, position)
    select id, product_id, sku, gtin, size, color, color_hex, price, was, currency, nullif(dimensions, 'null'), position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, product_id uuid, sku text, gtin text, size text, color text, color_hex text,
            price int8, was int8, currency text, dimensions jsonb, position int4)
    on conflict (id) do update set sku = excluded.sku, gtin = excluded.gtin, size = excluded.size,
      color = excluded.color, color_hex = excluded.color_hex, price = excluded.price, was = excluded.was,
      currency = excluded.currency, dimensions = excluded.dimensions, position = excluded.position,
      archived_at = null`.execute(db);
}

export async function insertPrices(db: Db, rows: readonly object[]): Promise<void> {
  await sql`
    insert into catalog.price (variant_id, currency, region, amount, was)
    select variant_id, currency, region, amount, was
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (variant_id uuid, currency text, region text, amount int8, was int8)
    on conflict (variant_id, currency, region) do update set amount = excluded.amount, was = excluded.was`.execute(db);
}
