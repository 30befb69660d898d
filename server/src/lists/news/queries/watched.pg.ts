import { anyOf, type Db, rows, sql, type Tx } from "../../../platform/db.ts";

export type StockState = "out" | "low" | "in";
export interface WatchedRow {
  readonly variant_id: string;
  readonly price: number;
  readonly currency: string;
  /** Null until it was looked at. */
  readonly stock: StockState | null;
}

/** From now on changes of these variants are told; what is watched already stays as it is. */
export async function watchVariants(
  tx: Tx,
  variants: readonly { readonly variant_id: string; readonly price: number; readonly currency: string }[],
): Promise<void> {
  if (variants.length === 0) return;
  // In the order of their ids: two lists that begin to watch the same at once must not wait for each other.
  await sql`
    insert into lists.watched_variant (variant_id, price, currency)
    select distinct on (variant_id) variant_id, price, currency
    from jsonb_to_recordset(${JSON.stringify(variants)}::jsonb) as given (variant_id uuid, price int8, currency text)
    order by variant_id
    on conflict do nothing`.execute(tx);
}

/** Locks watched variants, some of them or a page of all, in the order of their ids. */
export function lockWatched(
  tx: Tx,
  which: { readonly ids: readonly string[] } | { readonly after: string | null; readonly limit: number },
): Promise<WatchedRow[]> {
  const filter =
    "ids" in which
      ? sql`where variant_id ${anyOf("uuid", which.ids)}`
      : sql`where ${which.after}::uuid is null or variant_id > ${which.after}::uuid`;
  return rows(
    tx,
    sql<WatchedRow>`
      select variant_id, price, currency, stock from lists.watched_variant ${filter}
      order by variant_id limit ${"limit" in which ? which.limit : null} for update`,
  );
}

export async function saveWatched(tx: Tx, watched: readonly WatchedRow[], at: string): Promise<void> {
  await sql`
    update lists.watched_variant w set price = g.price, currency = g.currency, stock = g.stock, checked_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(watched)}::jsonb) as g (variant_id uuid, price int8, currency text, stock text)
    where w.variant_id = g.variant_id`.execute(tx);
}

/** Those of these that are on no list any more. Leans on list_item (variant_id) where on a list. */
export async function dropUnlisted(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    delete from lists.watched_variant w
    where w.variant_id ${anyOf("uuid", ids)} and w.stock is not null and not exists (
      select from lists.list_item i where i.variant_id = w.variant_id and i.removed_at is null)`.execute(tx);
}

export async function watchedOf(db: Db, ids: readonly string[]): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ variant_id: string }>`
      select variant_id from lists.watched_variant where variant_id ${anyOf("uuid", ids)}`,
  );
  return found.map(({ variant_id }) => variant_id);
}
