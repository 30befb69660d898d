import { type Market, marketOfStore, readItems, readStores, variantIdsOf } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, onOneConnection } from "../platform/db.ts";
import { Gather } from "../platform/gather.ts";
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
import { loadLocations } from "./queries/locations.pg.ts";

/** What may be sold of each variant, now; every asked id is in the answer. */
export async function available(
  db: Db,
  clock: Clock,
  variantIds: readonly string[],
): Promise<Map<string, Availability>> {
  if (variantIds.length === 0) return new Map();
  const [parts, rows] = await onOneConnection(db, (one) =>
    Promise.all([loadKits(one, variantIds), loadStock(one, variantIds, clock.now().toString())]),
  );
  const kits = toKits(parts);
  const stock = Map.groupBy(rows, (row) => row.variant_id);
  return new Map(variantIds.map((id) => [id, availabilityOf(kits, stock, id)]));
}

function availabilityOf(kits: Kits, stock: ReadonlyMap<string, StockRow[]>, variantId: string): Availability {
  const parts = partsOf(kits, variantId);
  const shelves = new Map(
    parts.map((part) => [
      part.variantId,
      (stock.get(part.variantId) ?? []).map((row) => ({ ...row, available: availableAt(row) })),
    ]),
  );
  const rows = [...shelves.values()].flat();
  const over = (isOpen: (row: StockRow) => boolean) =>
    kitAvailability(parts, (id) => (shelves.get(id) ?? []).filter(isOpen));
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

/** The same for screens, never below 0; read together for all who wait, and never remembered. */
export function availabilityBoard(db: Db, clock: Clock): (which: WhichStock) => Promise<AvailabilityList> {
  const board = new Gather<WhichStock, AvailabilityList>((asked) => showTogether(db, clock, asked), {
    most: 100,
    atOnce: 2,
  });
  return (which) => board.ask(which);
}

function showTogether(db: Db, clock: Clock, asked: readonly WhichStock[]): Promise<AvailabilityList[]> {
  return onOneConnection(db, async (one) => {
    const products = [...new Set(asked.flatMap(({ product }) => product ?? []))];
    const ofProduct = products.length > 0 ? await variantIdsOf(one, products) : new Map<string, string[]>();
    const ids = asked.map(({ variant, product }) => variant ?? ofProduct.get(product ?? "") ?? []);
    const found = await available(one, clock, [...new Set(ids.flat())]);
    return ids.map((own) => ({ items: own.flatMap((id) => showOne(id, found.get(id))) }));
  });
}

function showOne(variantId: string, found: Availability | undefined): AvailabilityList["items"] {
  if (!found) return [];
  const { channels, stores } = found;
  const shown = Object.entries(channels).map(([channel, n]) => [channel, Math.max(0, n)]);
  return [
    {
      variant_id: variantId,
      web: Math.max(0, found.web),
      channels: Object.fromEntries(shown) as Availability["channels"],
      stores: stores.map((s) => ({ store_id: s.storeId, name: s.name, available: Math.max(0, s.available) })),
    },
  ];
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
  const market = await marketAt(db, location);
  const items = await readItems(
    db,
    page.items.map((row) => row.variant_id),
    market,
  );
  return {
    items: page.items.map((row) => {
      const item = items.get(row.variant_id);
      const { sku = "", gtin = null, title = "", size = null, color = null, price = null, imageUrl = "" } = item ?? {};
      const isPriced = item?.notSold !== "not_in_currency";
      const known = { product_id: row.product_id, sku, gtin, title, size, color, image_url: imageUrl };
      return { ...toStockItem(row), ...known, price: isPriced ? price : null };
    }),
    next: page.next,
  };
}

/** The store's prices hold for what lies in it. */
async function marketAt(db: Db, locationId: string): Promise<Market> {
  const place = (await loadLocations(db)).find(({ id }) => id === locationId);
  const store = place?.store_id && (await readStores(db)).find(({ id }) => id === place.store_id);
  return store ? marketOfStore(store) : {};
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
  return which.variant ?? (which.product ? [...(await variantIdsOf(db, [which.product])).values()].flat() : []);
}
