import { type Market, marketOfStore, readItems, readStores, variantIdsOf } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, onOneConnection } from "../platform/db.ts";
import { Gather } from "../platform/gather.ts";
import { cursorId, toPage } from "../platform/pages.ts";
import { availableAt } from "./arithmetic.ts";
import {
  type Availability,
  type AvailabilityList,
  type Line,
  SALES_CHANNELS,
  type SalesChannel,
  type ShelfQuery,
  type StockItem,
  type WhichStock,
} from "./contracts.ts";
import { type Kits, kitAvailability, partsOf, toKits } from "./kits.ts";
import { loadKits } from "./queries/kits.pg.ts";
import {
  loadAvailable,
  loadAvailableOf,
  loadShelf,
  loadStock,
  type ShelfNumber,
  type StockRow,
} from "./queries/load-stock.pg.ts";
import { type LocationRow, loadLocations, loadPlaces } from "./queries/locations.pg.ts";

/** What may be sold of each variant, now; every asked id is in the answer. */
export async function available(
  db: Db,
  clock: Clock,
  variantIds: readonly string[],
): Promise<Map<string, Availability>> {
  if (variantIds.length === 0) return new Map();
  const [parts, places, numbers] = await onOneConnection(db, (one) =>
    Promise.all([
      loadKits(one, variantIds),
      loadLocations(one),
      loadAvailable(one, variantIds, clock.now().toString()),
    ]),
  );
  return addUp(variantIds, toKits(parts), places, numbers);
}

function addUp(
  variantIds: readonly string[],
  kits: Kits,
  places: readonly LocationRow[],
  numbers: readonly ShelfNumber[],
): Map<string, Availability> {
  const shop = { outlets: outletsOf(places), shelves: shelvesOf(places, numbers) };
  return new Map(variantIds.map((id) => [id, availabilityOf(shop, partsOf(kits, id))]));
}

interface Shelf {
  readonly location_id: string;
  readonly available: number;
  readonly place: LocationRow;
}

/** Places that the same channels sell from. Most channels share them: each set of places is added up once. */
interface Outlet {
  readonly channels: readonly SalesChannel[];
  readonly places: ReadonlySet<string>;
}

interface Shop {
  readonly outlets: readonly Outlet[];
  /** By variant, in the order in which orders take from them. */
  readonly shelves: ReadonlyMap<string, readonly Shelf[]>;
}

function outletsOf(places: readonly LocationRow[]): Outlet[] {
  const from = (channel: SalesChannel) =>
    places.flatMap(({ id, channels }) => (channels.includes(channel) ? [id] : []));
  const alike = Map.groupBy(SALES_CHANNELS, (channel) => from(channel).join());
  return [...alike.values()].map((channels) => ({ channels, places: new Set(channels.slice(0, 1).flatMap(from)) }));
}

function shelvesOf(places: readonly LocationRow[], numbers: readonly ShelfNumber[]): Map<string, Shelf[]> {
  const ranks = new Map(places.map((place, rank) => [place.id, { place, rank }]));
  const shelves = numbers.flatMap(({ variant_id, location_id, available: number }) => {
    const at = ranks.get(location_id);
    return at ? [{ variant_id, location_id, available: number, ...at }] : [];
  });
  return Map.groupBy(
    shelves.sort((a, b) => a.rank - b.rank),
    ({ variant_id }) => variant_id,
  );
}

function availabilityOf({ outlets, shelves }: Shop, parts: readonly Line[]): Availability {
  const over = (isOpen: (shelf: Shelf) => boolean) =>
    kitAvailability(parts, (id) => (shelves.get(id) ?? []).filter(isOpen));
  const channels = {} as Record<SalesChannel, number>;
  for (const outlet of outlets) {
    const { total } = over(({ location_id }) => outlet.places.has(location_id));
    for (const channel of outlet.channels) channels[channel] = total;
  }
  const stores = over(({ place }) => place.store_id !== null).places.map(({ place, available: number }) => ({
    storeId: place.store_id ?? "",
    name: place.name,
    available: number,
  }));
  return { web: channels.web, channels, stores };
}

/** The same for screens, as JSON and never below 0; read together for all who wait, and never remembered. */
export function availabilityBoard(db: Db, clock: Clock): (which: WhichStock) => Promise<Buffer> {
  const board = new Gather<WhichStock, Buffer>((asked) => showTogether(db, clock, asked), {
    most: 100,
    atOnce: 2,
    apartMs: 4,
  });
  return (which) => board.ask(which);
}

function showTogether(db: Db, clock: Clock, asked: readonly WhichStock[]): Promise<Buffer[]> {
  return onOneConnection(db, async (one) => {
    const products = [...new Set(asked.flatMap(({ product }) => product ?? []))];
    const byProduct = products.length > 0 ? await readProducts(one, clock, products) : null;
    const ids = asked.map(({ variant, product }) => variant ?? byProduct?.variants.get(product ?? "") ?? []);
    const all = [...new Set(ids.flat())];
    const isKnown = byProduct !== null && !byProduct.hasKits && asked.every(({ variant }) => variant === undefined);
    const found = isKnown ? addUp(all, NO_KITS, byProduct.places, byProduct.numbers) : await available(one, clock, all);
    return ids.map((own) => {
      const list: AvailabilityList = { items: own.flatMap((id) => showOne(id, found.get(id))) };
      return Buffer.from(JSON.stringify(list));
    });
  });
}

const NO_KITS: Kits = new Map();

/** All there is to know of some products in one exchange with the database, unless something is a kit. */
async function readProducts(db: Db, clock: Clock, products: readonly string[]) {
  const [variants, places, numbers] = await Promise.all([
    variantIdsOf(db, products),
    loadPlaces(db),
    loadAvailableOf(db, products, clock.now().toString()),
  ]);
  return { variants, hasKits: places.some(({ has_kits }) => has_kits), places, numbers };
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
      const {
        sku = "",
        gtin = null,
        title = "",
        titles = {},
        size = null,
        color = null,
        price = null,
        imageUrl = "",
      } = item ?? {};
      const isPriced = item?.notSold !== "not_in_currency";
      const known = { product_id: row.product_id, sku, gtin, title, titles, size, color, image_url: imageUrl };
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
