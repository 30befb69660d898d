import { type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";

/** Tells search that something below these products has changed. */
export async function touchProducts(tx: Tx, ids: readonly string[], now: string): Promise<void> {
  await sql`
    update catalog.product set updated_at = ${now}, changed_in = pg_current_xact_id()
    where id = any(${list("uuid", ids)})`.execute(tx);
}

/** Locks a product while what lies below it changes; whether there is one. */
export async function lockProduct(tx: Tx, id: string): Promise<boolean> {
  return (await one(tx, sql`select 1 from catalog.product where id = ${id} for update`)) !== undefined;
}

export async function setProductArchived(tx: Tx, id: string, at: string | null, now: string): Promise<boolean> {
  const found = await one(
    tx,
    sql`update catalog.product set archived_at = ${at}, updated_at = ${now}, changed_in = pg_current_xact_id()
        where id = ${id} returning 1`,
  );
  return found !== undefined;
}

/** The product of the variant; nothing when there is none. */
export async function setVariantArchived(tx: Tx, id: string, at: string | null): Promise<string | undefined> {
  const found = await one(
    tx,
    sql<{ product_id: string }>`
      update catalog.variant set archived_at = ${at} where id = ${id} returning product_id`,
  );
  return found?.product_id;
}

export async function isAnySold(tx: Tx, productId: string): Promise<boolean> {
  const found = await one(
    tx,
    sql`select 1 from catalog.variant where product_id = ${productId} and archived_at is null limit 1`,
  );
  return found !== undefined;
}

export interface FullVariantRow {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly color_hex: string | null;
  readonly price: number;
  readonly was: number | null;
  readonly currency: string;
  readonly dimensions: object | null;
  readonly position: number;
}

/** A variant under a lock, to be changed. */
export function lockVariant(tx: Tx, id: string): Promise<FullVariantRow | undefined> {
  return one(
    tx,
    sql<FullVariantRow>`
      select id, product_id, sku, gtin, size, color, color_hex, price, was, currency, dimensions, position
      from catalog.variant where id = ${id} for update`,
  );
}

/** Where the next variant of a product stands. */
export async function nextPosition(tx: Tx, productId: string): Promise<number> {
  const found = await one(
    tx,
    sql<{ next: number }>`
      select coalesce(max(position) + 1, 0) as next from catalog.variant where product_id = ${productId}`,
  );
  return found?.next ?? 0;
}

export interface PriceRow {
  readonly currency: string;
  readonly region: string;
  readonly amount: number;
  readonly was: number | null;
}

export function loadPrices(db: Db, variantId: string): Promise<PriceRow[]> {
  return rows(
    db,
    sql<PriceRow>`
      select currency, region, amount, was from catalog.price where variant_id = ${variantId}
      order by currency, region`,
  );
}

export async function replacePrices(tx: Tx, variantId: string, prices: readonly PriceRow[]): Promise<void> {
  await sql`delete from catalog.price where variant_id = ${variantId}`.execute(tx);
  await sql`
    insert into catalog.price (variant_id, currency, region, amount, was)
    select ${variantId}, currency, region, amount, was
    from jsonb_to_recordset(${JSON.stringify(prices)}::jsonb)
      as r (currency text, region text, amount int8, was int8)`.execute(tx);
}

export type RelationKind = "related" | "complementary";

/** Writes the others in their order; those that do not exist are left out. */
export async function replaceRelations(
  tx: Tx,
  productId: string,
  kind: RelationKind,
  others: readonly string[],
): Promise<void> {
  await sql`delete from catalog.relation where product_id = ${productId} and kind = ${kind}`.execute(tx);
  await sql`
    insert into catalog.relation (product_id, kind, other_id, position)
    select ${productId}, ${kind}, p.id, min(o.n)
    from unnest(${list("uuid", others)}) with ordinality as o (id, n) join catalog.product p on p.id = o.id
    where p.id <> ${productId} group by p.id`.execute(tx);
}
