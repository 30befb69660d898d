import { readItems, variantIdsOf } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { cursorId, toPage } from "../platform/pages.ts";
import { availableAt } from "./arithmetic.ts";
import {
  type Availability,
  type AvailabilityList,
  SALES_CHANNELS,
  type SalesChannel,
  type ShelfQuery,
  type StockItem,
  type WhichStock,
} from "./contracts.ts";
import { type Kits, kitAvailability, partsOf, toKits } from "./kits.ts";
import { loadKits } from "./queries/kits.pg.ts";
import { loadShelf, loadStock, type StockRow } from "./queries/load-stock.pg.ts";

/** What may be sold of each variant, now; every asked id is in the answer. */
export async function available(
  db: Db,
  clock: Clock,
  variantIds: readonly string[],
): Promise<Map<string, Availability>> {
  if (variantIds.length === 0) return new Map();
  const kits = toKits(await loadKits(db, variantIds));
  const shelved = [...new Set(variantIds.flatMap((id) => partsOf(kits, id).map((part) => part.variantId)))];
  const stock = Map.groupBy(await loadStock(db, shelved, clock.now().toString()), (row) => row.variant_id);
  return new Map(variantIds.map((id) => [id, availabilityOf(kits, stock, id)]));
}

function availabilityOf(kits: Kits, stock: ReadonlyMap<string, StockRow[]>, variantId: string): Availability {
  const rows = partsOf(kits, variantId).flatMap((part) => stock.get(part.variantId) ?? []);
  const over = (isOpen: (row: StockRow) => boolean) =>
    kitAvailability(partsOf(kits, variantId), (id) =>
      (stock.get(id) ?? []).filter(isOpen).map((row) => ({ ...row, available: availableAt(row) })),
    );
  // Most channels sell from the same places: each set of places is added up once.
  const known = new Map<string, number>();
  const numberOf = (channel: SalesChannel): number => {
    const isOpen = (row: StockRow) => row.channels.includes(channel);
    const key = rows
      .filter(isOpen)
      .map((row) => row.location_id)
      .join();
    const number = known.get(key) ?? over(isOpen).total;
    known.set(key, number);
    return number;
  };
  const channels = Object.fromEntries(SALES_CHANNELS.map((channel) => [channel, numberOf(channel)])) as Record<
    SalesChannel,
    number
  >;
  const stores = over((row) => row.store_id !== null).places.map((place) => ({
    storeId: place.store_id ?? "",
    name: place.location_name,
    available: place.available,
  }));
  return { web: channels.web, channels, stores };
}

/** The same for screens: never below 0. */
export async function showAvailability(db: Db, clock: Clock, which: WhichStock): Promise<AvailabilityList> {
  const found = await available(db, clock, await variantsOf(db, which));
  const shown = (n: number) => Math.max(0, n);
  return {
    items: [...found].map(([variantId, { web, channels, stores }]) => ({
      variant_id: variantId,
      web: shown(web),
      channels: Object.fromEntries(
        Object.entries(channels).map(([channel, n]) => [channel, shown(n)]),
      ) as Availability["channels"],
      stores: stores.map((s) => ({ store_id: s.storeId, name: s.name, available: shown(s.available) })),
    })),
  };
}

export async function readStock(db: Db, clock: Clock, which: WhichStock): Promise<StockItem[]> {
  const stock = await loadStock(db, await variantsOf(db, which), clock.now().toString());
  return stock.map(toStockItem);
}

/** What lies at one place, with what a person calls it. */
export async function readShelf(db: Db, clock: Clock, query: ShelfQuery) {
  const { location, at_most: atMost = null, to_check: isToCheck = false, limit } = query;
  const filter = { location, atMost, isToCheck, after: cursorId(query.after), limit: limit + 1 };
  const page = toPage(await loadShelf(db, filter, clock.now().toString()), limit, (row) => [row.variant_id]);
  const items = await readItems(
    db,
    page.items.map((row) => row.variant_id),
  );
  return {
    items: page.items.map((row) => {
      const item = items.get(row.variant_id);
      const { sku = "", gtin = null, title = "", size = null, color = null, price = null, imageUrl = "" } = item ?? {};
      const known = { product_id: row.product_id, sku, gtin, title, size, color, price, image_url: imageUrl };
      return { ...toStockItem(row), ...known };
    }),
    next: page.next,
  };
}

function toStockItem({ store_id: _, ...row }: StockRow): StockItem {
  return {
    ...row,
    channels: row.channels as SalesChannel[],
    web_sellable: row.channels.includes("web"),
    available: availableAt(row),
  };
}

async function variantsOf(db: Db, which: WhichStock): Promise<readonly string[]> {
  return which.variant ?? (which.product ? variantIdsOf(db, [which.product]) : []);
}
