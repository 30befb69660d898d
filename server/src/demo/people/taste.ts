import type { Random } from "../random.ts";
import type { Choice, ShopProduct, ShopWindow } from "../shop-window.ts";

/** What somebody likes and which sizes fit them: why people look at the same few categories again and again. */
export interface Taste {
  /** By category, the chance of being looked at. */
  readonly weights: ReadonlyMap<string, number>;
  /** Sizes that fit, one per range of sizes ("36…46", "S…XL"). */
  readonly sizes: ReadonlySet<string>;
}

export function makeTaste(random: Random, shop: ShopWindow): Taste {
  const categories = [...new Set(shop.products.map((product) => product.category))];
  const weights = new Map(
    categories.map((category) => [category, 0.15 + (random.chance(0.35) ? random.next() * 3 : 0)]),
  );
  const ranges = new Set(shop.products.map((product) => sizesOf(product).join("|")));
  const sizes = new Set<string>();
  const build = random.normal();
  for (const range of ranges) {
    const all = range.split("|");
    const middle = (all.length - 1) / 2;
    const index = Math.round(middle + build * (all.length / 6));
    const fitting = all[Math.max(0, Math.min(all.length - 1, index))];
    if (fitting) sizes.add(fitting);
  }
  return { weights, sizes };
}

/** A product of a liked category (or of `category`), the popular ones first, in a size that fits if there is one. */
export function choose(random: Random, shop: ShopWindow, taste: Taste, category?: string): Choice {
  const wanted = category ?? chooseCategory(random, taste);
  const among = shop.products.filter((product) => product.category === wanted);
  const product = among[Math.floor(random.next() ** 1.6 * among.length)] ?? random.pick(shop.products);
  const fitting = product.variants.filter((variant) => variant.size === null || taste.sizes.has(variant.size));
  return { product, variant: random.pick(fitting.length > 0 ? fitting : product.variants) };
}

export function chooseCategory(random: Random, taste: Taste): string {
  const categories = [...taste.weights];
  return categories[random.weighted(categories.map(([, weight]) => weight))]?.[0] ?? "";
}

function sizesOf(product: ShopProduct): string[] {
  return [...new Set(product.variants.flatMap((variant) => variant.size ?? []))];
}
