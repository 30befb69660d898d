import { type Db, list, rows, sql } from "../../../platform/db.ts";

export interface ProductFilter {
  /** Folded words; each must occur. */
  readonly words: readonly string[];
  /** All that a scanned code can mean. */
  readonly gtins: readonly string[];
  readonly sku: string | null;
  readonly category: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly isArchived: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** Ids of products in catalogue order. Words lean on the trigram index, codes on the unique keys of variant. */
export async function findProducts(db: Db, filter: ProductFilter): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select p.id from catalog.product p
      where p.archived_at is ${filter.isArchived ? sql`not null` : sql`null`}
        and (${filter.after}::uuid is null or p.id > ${filter.after}::uuid)
        and (${filter.category}::text is null or p.category_id in (
          with recursive below (id) as (
            select c.id from catalog.category c where c.id = ${filter.category}
            union select c.id from catalog.category c join below b on c.parent_id = b.id)
          select id from below))
        and (p.search like all (${list(
          "text",
          filter.words.map((word) => `%${word}%`),
        )})
          and ${filter.words.length > 0 || (filter.gtins.length === 0 && filter.sku === null)}
          or exists (select 1 from catalog.variant v
                     where v.product_id = p.id and (v.gtin = any(${list("text", filter.gtins)}) or v.sku = ${filter.sku})))
        and (${filter.size}::text is null and ${filter.color}::text is null or exists (
          select 1 from catalog.variant v where v.product_id = p.id and v.archived_at is null
            and (${filter.size}::text is null or v.size = ${filter.size})
            and (${filter.color}::text is null or v.color = ${filter.color})))
      order by p.id limit ${filter.limit}`,
  );
  return found.map((row) => row.id);
}
