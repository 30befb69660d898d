import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface ShelfPlaceRow {
  readonly store_id: string;
  readonly variant_id: string;
  readonly place: string;
}

/** Where some variants lie in some stores. Leans on the primary key. */
export function loadShelfPlaces(
  db: Db,
  storeIds: readonly string[],
  variantIds: readonly string[],
): Promise<ShelfPlaceRow[]> {
  return rows(
    db,
    sql<ShelfPlaceRow>`
      select store_id, variant_id, place from inventory.shelf_place
      where store_id = any(${list("uuid", storeIds)}) and variant_id = any(${list("uuid", variantIds)})`,
  );
}

export function pageShelfPlaces(
  db: Db,
  storeId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ShelfPlaceRow[]> {
  return rows(
    db,
    sql<ShelfPlaceRow>`
      select store_id, variant_id, place from inventory.shelf_place
      where store_id = ${storeId} and (${after}::uuid is null or variant_id > ${after}::uuid)
      order by variant_id limit ${limit}`,
  );
}

/** Sets places; a null takes one away. */
export async function saveShelfPlaces(
  tx: Tx,
  storeId: string,
  items: readonly { readonly variant_id: string; readonly place: string | null }[],
): Promise<void> {
  const gone = items.flatMap(({ variant_id, place }) => (place === null ? [variant_id] : []));
  const set = items.filter(({ place }) => place !== null);
  await sql`
    delete from inventory.shelf_place
    where store_id = ${storeId} and variant_id = any(${list("uuid", gone)})`.execute(tx);
  await sql`
    insert into inventory.shelf_place (store_id, variant_id, place)
    select distinct on (variant_id) ${storeId}, variant_id, place
    from jsonb_to_recordset(${JSON.stringify(set)}::jsonb) as given (variant_id uuid, place text)
    order by variant_id
    on conflict (store_id, variant_id) do update set place = excluded.place`.execute(tx);
}
