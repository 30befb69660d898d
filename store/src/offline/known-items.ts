import { ask } from "../api/ask.ts";
import { gtinReadings } from "../products/gtin-readings.ts";
import { type KnownItem, tillDb } from "./till-db.ts";

interface ShelfPage {
  readonly items: readonly (Omit<KnownItem, "price"> & { readonly price: KnownItem["price"] | null })[];
  readonly next: string | null;
}
interface Locations {
  readonly items: readonly { readonly id: string; readonly store_id: string | null }[];
}

const PAGE = "500";
/** Prices are at most so old when the network goes. */
const FRESH_MS = 30 * 60_000;
const FETCHED = "items-fetched-at";
const OF_STORE = "items-of-store";

export const locationsOf = () => ask<Locations>("GET", "/v1/stock/locations");

/** Keeps what lies in this store, with prices and codes, for when the network is away. */
export async function keepItems(storeId: string): Promise<void> {
  const db = await tillDb();
  const isOurs = (await db.get("facts", OF_STORE)) === storeId;
  if (isOurs && Date.now() - Number((await db.get("facts", FETCHED)) ?? 0) < FRESH_MS) return;
  const location = (await locationsOf()).items.find((one) => one.store_id === storeId);
  if (!location) return;
  const kept: KnownItem[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const query = new URLSearchParams({ location: location.id, limit: PAGE, ...(after ? { after } : {}) });
    const page: ShelfPage = await ask<ShelfPage>("GET", `/v1/stock/levels?${query}`);
    for (const item of page.items) if (item.price !== null) kept.push(toKnown(item, item.price));
    after = page.next;
  }
  // All of it at once: a page that is killed in the middle keeps the list of before.
  const tx = db.transaction(["items", "facts"], "readwrite");
  await tx.objectStore("items").clear();
  for (const item of kept) void tx.objectStore("items").put(item);
  void tx.objectStore("facts").put(Date.now(), FETCHED);
  void tx.objectStore("facts").put(storeId, OF_STORE);
  await tx.done;
}

function toKnown(item: Omit<KnownItem, "price">, price: KnownItem["price"]): KnownItem {
  const { variant_id, product_id, sku, gtin, title, size, color, image_url } = item;
  return { variant_id, product_id, sku, gtin, title, size, color, price, image_url };
}

/** By a whole code, as a scanner types it. */
export async function knownByCode(code: string): Promise<KnownItem | undefined> {
  const db = await tillDb();
  const typed = code.trim();
  for (const gtin of gtinReadings(typed)) {
    const found = await db.getFromIndex("items", "gtin", gtin);
    if (found) return found;
  }
  return (await db.getFromIndex("items", "sku", typed)) ?? db.getFromIndex("items", "sku", typed.toUpperCase());
}

const MOST = 12;

/** By words of the title, the size or the colour. */
export async function knownByWords(text: string): Promise<KnownItem[]> {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found: KnownItem[] = [];
  const db = await tillDb();
  for (let cursor = await db.transaction("items").store.openCursor(); cursor; cursor = await cursor.continue()) {
    const { title, size, color } = cursor.value;
    const whole = [title, size, color].join(" ").toLocaleLowerCase();
    if (words.every((word) => whole.includes(word))) found.push(cursor.value);
    if (found.length === MOST) break;
  }
  return found;
}
