import { readItems } from "../../catalog/index.ts";
import { available, shelfPlaces } from "../../inventory/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { decodeCursor, type Page, toPage } from "../../platform/pages.ts";
import type { Errand, ErrandQuery } from "../contracts.ts";
import { loadLiveItems } from "../shopping/queries/items.pg.ts";
import { type ErrandRow, loadFound, loadQueue } from "./queries/errands.pg.ts";

const UNDER_WAY = ["open", "taken", "ready"];

/** What a store's staff is asked to bring, oldest first, each item with the shelf it lies on. */
export async function readErrands(db: Db, clock: Clock, query: ErrandQuery): Promise<Page<Errand>> {
  const cursor = decodeCursor(query.after, 2);
  const filter = {
    storeId: query.store,
    states: query.state ? [query.state] : UNDER_WAY,
    after: cursor ? ([String(cursor[0]), String(cursor[1])] as const) : null,
    limit: query.limit + 1,
  };
  const page = toPage(await loadQueue(db, filter), query.limit, (row) => [row.created_at, row.id]);
  return { items: await showErrands(db, clock, page.items), next: page.next };
}

export async function showErrands(db: Db, clock: Clock, errands: readonly ErrandRow[]): Promise<Errand[]> {
  const items = await loadLiveItems(db, [...new Set(errands.map((errand) => errand.list_id))]);
  const ids = [...new Set(items.map((item) => item.variant_id))];
  const storeIds = [...new Set(errands.map((errand) => errand.store_id))];
  const [known, stock, places, found] = await Promise.all([
    readItems(db, ids),
    available(db, clock, ids),
    shelfPlaces(db, storeIds, ids),
    loadFound(
      db,
      errands.map((errand) => errand.id),
    ),
  ]);
  const isFound = new Map(found.map((row) => [`${row.errand_id} ${row.item_id}`, row.is_found]));
  return errands.map((errand) => ({
    ...errand,
    items: items
      .filter((item) => item.list_id === errand.list_id)
      .flatMap((row) => {
        const item = known.get(row.variant_id);
        if (!item) return [];
        const here = stock.get(row.variant_id)?.stores.find(({ storeId }) => storeId === errand.store_id);
        return [
          {
            item_id: row.id,
            variant_id: row.variant_id,
            title: item.title,
            titles: item.titles,
            sku: item.sku,
            size: item.size,
            color: item.color,
            image_url: item.imageUrl,
            quantity: row.quantity,
            note: row.note,
            shelf_place: places.get(`${errand.store_id} ${row.variant_id}`) ?? null,
            available: Math.max(0, here?.available ?? 0),
            is_found: isFound.get(`${errand.id} ${row.id}`) ?? null,
          },
        ];
      })
      .sort((a, b) => byPlace(a.shelf_place, b.shelf_place)),
  }));
}

/** B-2 before B-14; what nobody has noted a place of comes last. */
function byPlace(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.localeCompare(other, "en", { numeric: true });
}
