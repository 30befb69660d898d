import { type Db, list, rows, sql } from "../../../platform/db.ts";

export interface EntryVariant {
  readonly id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: number;
  readonly currency: string;
  /** In other markets: `TRY` or `TRY TR` → amount. */
  readonly prices: Readonly<Record<string, number>> | null;
}

export interface EntryRow {
  readonly id: string;
  readonly changed_in: string;
  readonly is_archived: boolean;
  readonly code: string | null;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly brand: string;
  readonly category_id: string;
  readonly materials: string[];
  readonly rating: number;
  readonly variants: EntryVariant[];
}

/** What search keeps of some products. Archived ones come too, so that they can be let go. */
export function loadEntries(db: Db, ids: readonly string[]): Promise<EntryRow[]> {
  return rows(
    db,
    sql<EntryRow>`
      select p.id, p.changed_in::text, p.archived_at is not null as is_archived, p.code, p.title, p.titles, p.brand,
             p.category_id, p.materials, case when p.reviews = 0 then 0 else p.stars::float8 / p.reviews end as rating,
             coalesce(v.variants, '[]') as variants
      from catalog.product p
      left join lateral (
        select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin, 'size', v.size, 'color', v.color,
                 'price', v.price, 'currency', v.currency, 'prices', (
                   select json_object_agg(trim(m.currency || ' ' || m.region), m.amount) from catalog.price m
                   where m.variant_id = v.id)) order by v.position) as variants
        from catalog.variant v where v.product_id = p.id and v.archived_at is null
      ) v on true
      where p.id = any(${list("uuid", ids)})`,
  );
}

export interface Change {
  readonly id: string;
  readonly changed_in: string;
}

/**
 * Products changed by transactions that a snapshot did not have yet, and where the next look begins: what is changed by
 * one still under way will be seen by it. Leans on product_changed.
 */
export async function findChanges(db: Db, since: string): Promise<{ changes: Change[]; upto: string }> {
  const found = await rows(
    db,
    sql<{ upto: string; id: string | null; changed_in: string | null }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as upto, p.id, p.changed_in::text as changed_in
      from (values (1)) as one left join catalog.product p on p.changed_in >= ${since}::xid8`,
  );
  return {
    upto: found[0]?.upto ?? since,
    changes: found.flatMap(({ id, changed_in }) => (id === null || changed_in === null ? [] : [{ id, changed_in }])),
  };
}

export interface CategoryEntry {
  readonly id: string;
  readonly parent_id: string | null;
  readonly title: string;
  readonly titles: Record<string, string>;
}

export function loadCategoryTree(db: Db): Promise<CategoryEntry[]> {
  return rows(db, sql<CategoryEntry>`select id, parent_id, title, titles from catalog.category order by position, id`);
}

export interface StemRow {
  readonly word: string;
  readonly stems: string[];
}

/** The stems of words in the languages of the shop, by PostgreSQL's own stemmers. Turkish has its own small letters. */
export function loadStems(db: Db, words: readonly string[]): Promise<StemRow[]> {
  return rows(
    db,
    sql<StemRow>`
      select w as word, ts_lexize('english_stem', w) || ts_lexize('turkish_stem', w) || ts_lexize('indonesian_stem', w) as stems
      from unnest(${list("text", words)}) as w`,
  );
}
