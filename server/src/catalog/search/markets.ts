import type { MarketShown } from "../contracts.ts";
import type { Entry } from "./facets.ts";

/** The markets that anything on sale has a price in: first those of the variants' own prices, then by number of products. */
export function marketsOf(entries: Iterable<Entry>): MarketShown[] {
  const products = new Map<string, number>();
  const own = new Set<string>();
  for (const { variants } of entries) {
    const names = variants.flatMap(({ currency, prices }) => [currency, ...Object.keys(prices ?? {})]);
    for (const { currency } of variants) own.add(currency);
    for (const name of new Set(names)) products.set(name, (products.get(name) ?? 0) + 1);
  }
  return [...products]
    .sort(([a, some], [b, others]) => Number(own.has(b)) - Number(own.has(a)) || others - some || (a < b ? -1 : 1))
    .map(([name, count]) => {
      const [currency = "", region = null] = name.split(" ");
      return { currency, region, products: count };
    });
}
