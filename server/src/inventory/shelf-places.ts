import { readItems, readStores } from "../catalog/index.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { cursorId, type Page, toPage } from "../platform/pages.ts";
import type { ShelfPlace, ShelfPlaceQuery, ShelfPlacesBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { loadShelfPlaces, pageShelfPlaces, saveShelfPlaces } from "./queries/shelf-places.pg.ts";

/** Where variants lie in stores, by `<store id> <variant id>`; what nobody has noted is absent. */
export async function shelfPlaces(
  db: Db,
  storeIds: readonly string[],
  variantIds: readonly string[],
): Promise<Map<string, string>> {
  if (storeIds.length === 0 || variantIds.length === 0) return new Map();
  const found = await loadShelfPlaces(db, storeIds, variantIds);
  return new Map(found.map((row) => [`${row.store_id} ${row.variant_id}`, row.place]));
}

/** Notes where goods lie in a store; a null takes the note away. */
export async function setShelfPlaces(db: Db, body: ShelfPlacesBody): Promise<{ readonly set: number }> {
  const { store_id, items } = body;
  await inTransaction(db, async (tx) => {
    if (!(await readStores(tx)).some((store) => store.id === store_id)) throw refuse("unknown_location");
    const known = await readItems(
      tx,
      items.map((item) => item.variant_id),
    );
    const i = items.findIndex((item) => !known.has(item.variant_id));
    if (i !== -1)
      throw refuse("unknown_variant", undefined, [{ path: `items.${i}.variant_id`, message: "is not known" }]);
    await saveShelfPlaces(tx, store_id, items);
  });
  return { set: items.length };
}

export async function readShelfPlaces(db: Db, query: ShelfPlaceQuery): Promise<Page<ShelfPlace>> {
  const { store, after, limit } = query;
  const rows = await pageShelfPlaces(db, store, { after: cursorId(after), limit: limit + 1 });
  const page = toPage(rows, limit, (row) => [row.variant_id]);
  const items = await readItems(
    db,
    page.items.map((row) => row.variant_id),
  );
  return {
    items: page.items.map(({ variant_id, place }) => {
      const { sku = "", title = "", size = null, color = null } = items.get(variant_id) ?? {};
      return { variant_id, place, sku, title, size, color };
    }),
    next: page.next,
  };
}
