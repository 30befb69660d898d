import { ask } from "../api/ask.ts";
import { LANGUAGES } from "../i18n.ts";
import { foldSearchText } from "../products/fold-search-text.ts";
import { gtinReadings } from "../products/gtin-readings.ts";
import { type KnownItem, tillDb } from "./till-db.ts";

interface ShelfItem extends Omit<KnownItem, "price" | "titles" | "search"> {
  readonly titles: Readonly<Record<string, string>>;
  readonly price: KnownItem["price"] | null;
}
interface ShelfPage {
  readonly items: readonly ShelfItem[];
  readonly next: string | null;
}
interface Locations {
  readonly items: readonly { readonly id: string; readonly store_id: string | null }[];
}

const PAGE = "500";
/** Prices are at most so old when the network goes. */
const FRESH_MS = 30 * 60_000;
/** Says what was fetched, too: a copy without titles in other languages is fetched anew. */
const FETCHED = "items-with-titles-fetched-at";
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

/** As long as a title may be in the catalogue's first language. */
const LONGEST = 500;

function toKnown(item: ShelfItem, price: KnownItem["price"]): KnownItem {
  const { variant_id, product_id, sku, gtin, title, size, color, image_url } = item;
  const titles = Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const own = item.titles[language]?.slice(0, LONGEST);
      return own === undefined || own === title ? [] : [[language, own]];
    }),
  );
  const known = { variant_id, product_id, sku, gtin, title, titles, size, color, price, image_url };
  return { ...known, search: searchText(known) };
}

/** Each word once. */
function searchText({ title, titles = {}, size, color }: Omit<KnownItem, "search">): string {
  const whole = foldSearchText([title, ...Object.values(titles), size, color].join(" "));
  return [...new Set(whole.split(" "))].join(" ");
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

/** By a whole code, or by words of the title in any language, the size or the colour. */
export async function knownByWords(text: string): Promise<KnownItem[]> {
  const exact = await knownByCode(text);
  if (exact) return [exact];
  const words = foldSearchText(text).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const found: KnownItem[] = [];
  for (const item of await (await tillDb()).getAll("items")) {
    const { search = searchText(item) } = item;
    if (words.every((word) => search.includes(word))) found.push(item);
    if (found.length === MOST) break;
  }
  return found;
}
