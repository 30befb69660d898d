import type { Market } from "../contracts.ts";
import type { EntryVariant } from "./queries/load-entries.pg.ts";
import type { Titled } from "./title-order.ts";

export interface Entry extends Titled {
  readonly changedIn: string;
  readonly category: string;
  /** The category and all above it. */
  readonly under: readonly string[];
  readonly brand: string;
  readonly rating: number;
  readonly variants: readonly EntryVariant[];
  /** Of each variant, the places it can be had from now. */
  readonly places: (readonly string[])[];
}

/** What somebody has chosen; null: anything. */
export interface Choices {
  readonly category: string | null;
  readonly size: ReadonlySet<string> | null;
  readonly color: ReadonlySet<string> | null;
  readonly brand: ReadonlySet<string> | null;
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  /** `web` or a store. */
  readonly stock: string | null;
  /** Of a category, the shopper's own size; empty when lifted. */
  readonly ownSizes: Readonly<Record<string, string>>;
}

const SIZE = 1;
const COLOR = 2;
const PRICE = 4;
const STOCK = 8;
const BRAND = 16;
const CATEGORY = 32;

export interface Hit {
  readonly entry: Entry;
  /** The lowest of the variants that fit. */
  readonly price: number;
}

export interface Counted {
  readonly hits: Hit[];
  readonly size: Map<string, number>;
  readonly color: Map<string, number>;
  readonly brand: Map<string, number>;
  readonly category: Map<string, number>;
  readonly stock: Map<string, number>;
  readonly price: { min: number; max: number; currency: string } | null;
  /** Of the shopper's own sizes, those that some of these products have. */
  readonly ownSizes: Set<string>;
}

const NOWHERE: readonly string[] = [];

/** How many products have each value; a product counts once. */
class Tally {
  readonly #counts = new Map<string, { products: number; last: Entry }>();

  add(value: string, entry: Entry): void {
    const count = this.#counts.get(value);
    if (!count) this.#counts.set(value, { products: 1, last: entry });
    else if (count.last !== entry) {
      count.products += 1;
      count.last = entry;
    }
  }

  counts(): Map<string, number> {
    return new Map([...this.#counts].map(([value, { products }]) => [value, products]));
  }
}

/**
 * Which entries fit, and for each choice how many would with everything else as it is chosen: a size is counted as if no
 * size were chosen. A product counts once, when one of its variants has all of it at once.
 */
export function countFacets(entries: Iterable<Entry>, choices: Choices, market: Market): Counted {
  const hits: Hit[] = [];
  const [size, color, brand, category, stock] = [new Tally(), new Tally(), new Tally(), new Tally(), new Tally()];
  const ownSizes = new Set<string>();
  const hasOwnSizes = choices.size === null && Object.keys(choices.ownSizes).length > 0;
  let price: Counted["price"] = null;
  for (const entry of entries) {
    const own = hasOwnSizes ? ownSizeOf(entry, choices.ownSizes) : null;
    const above =
      (choices.brand === null || choices.brand.has(entry.brand) ? 0 : BRAND) |
      (choices.category === null || entry.under.includes(choices.category) ? 0 : CATEGORY);
    let lowest = Number.POSITIVE_INFINITY;
    let isOfBrand = false;
    let isInCategory = false;
    for (const [i, variant] of entry.variants.entries()) {
      const amount = priceIn(variant, market);
      // What has no price there is not sold there.
      if (amount === undefined) continue;
      const places = entry.places[i] ?? NOWHERE;
      const misses =
        above |
        (fits(choices.size, own, variant.size) ? 0 : SIZE) |
        (choices.color === null || (variant.color !== null && choices.color.has(variant.color)) ? 0 : COLOR) |
        ((choices.priceMin === null || amount >= choices.priceMin) &&
        (choices.priceMax === null || amount <= choices.priceMax)
          ? 0
          : PRICE) |
        (choices.stock === null || places.includes(choices.stock) ? 0 : STOCK);
      if ((misses & ~SIZE) === 0 && variant.size !== null) size.add(variant.size, entry);
      if ((misses & ~COLOR) === 0 && variant.color !== null) color.add(variant.color, entry);
      if ((misses & ~STOCK) === 0) for (const place of places) stock.add(place, entry);
      if ((misses & ~BRAND) === 0) isOfBrand = true;
      if ((misses & ~CATEGORY) === 0) isInCategory = true;
      if ((misses & ~PRICE) === 0) {
        price ??= { min: amount, max: amount, currency: market.currency ?? variant.currency };
        price.min = Math.min(price.min, amount);
        price.max = Math.max(price.max, amount);
      }
      if (misses === 0 && amount < lowest) lowest = amount;
    }
    if (isOfBrand && entry.brand !== "") brand.add(entry.brand, entry);
    if (isInCategory) for (const id of entry.under) category.add(id, entry);
    if (lowest === Number.POSITIVE_INFINITY) continue;
    if (own !== null) ownSizes.add(own);
    hits.push({ entry, price: lowest });
  }
  return {
    hits,
    size: size.counts(),
    color: color.counts(),
    brand: brand.counts(),
    category: category.counts(),
    stock: stock.counts(),
    price,
    ownSizes,
  };
}

/** Her size in the nearest category above that she has one of; only where the product comes in sizes. */
function ownSizeOf(entry: Entry, ownSizes: Readonly<Record<string, string>>): string | null {
  const category = entry.under.find((id) => ownSizes[id] !== undefined);
  if (category === undefined || entry.variants.every(({ size }) => size === null)) return null;
  return ownSizes[category] ?? null;
}

function fits(chosen: ReadonlySet<string> | null, own: string | null, size: string | null): boolean {
  if (chosen !== null) return size !== null && chosen.has(size);
  return own === null || size === own;
}

function priceIn({ price, prices, currency: own }: EntryVariant, { currency, region }: Market): number | undefined {
  if (currency === undefined) return price;
  return prices?.[`${currency} ${region ?? ""}`] ?? prices?.[currency] ?? (own === currency ? price : undefined);
}
