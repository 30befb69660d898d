import { z } from "zod";

import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { money } from "../../platform/money.ts";
import { dimensions, marketPrice, store, translations } from "../contracts.ts";
import { DRAWING_KINDS } from "../drawing/draw-product.ts";
import { PATTERNS } from "../drawing/patterns.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { checkZone } from "../stores/check-zone.ts";
import { saveStores } from "../stores/queries/save-stores.pg.ts";
import { checkedGtin } from "./checked-gtin.ts";
import { insertCategories, insertPrices, insertProducts, insertVariants } from "./queries/insert-catalogue.pg.ts";

const categoryInput = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  title: z.string().min(1).max(200),
  titles: translations.default({}),
  parent: z.string().nullable().default(null),
});

const variantInput = z.object({
  id: z.uuid(),
  sku: z.string().min(1).max(100),
  gtin: z.string().nullable().default(null),
  size: z.string().max(60).nullable().default(null),
  color: z.string().max(60).nullable().default(null),
  colorHex: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable()
    .default(null),
  price: money.refine((price) => price.amount >= 0, "a price is not negative"),
  /** What it costs in other markets. */
  prices: z.array(marketPrice).default([]),
});

const productInput = z.object({
  id: z.uuid(),
  title: z.string().min(1).max(500),
  titles: translations.default({}),
  description: z.string().max(20_000).default(""),
  descriptions: translations.default({}),
  brand: z.string().max(200).default(""),
  category: z.string(),
  materials: z.array(z.string()).default([]),
  dimensions: dimensions.nullable().default(null),
  drawing: z.object({ kind: z.enum(DRAWING_KINDS), pattern: z.enum(PATTERNS) }).optional(),
  variants: z.array(variantInput).min(1).max(2000),
});

const catalogueInput = z.object({
  categories: z.array(categoryInput),
  products: z.array(productInput),
  stores: z.array(store),
});
/** A whole assortment as it is given to `load`; ids are the caller's, so loading twice changes nothing. */
export type CatalogueInput = z.input<typeof catalogueInput>;

/** Writes categories, products and stores; what exists under the same id is brought up to date. */
export async function loadCatalogue(tx: Tx, clock: Clock, input: CatalogueInput): Promise<void> {
  const { categories, products, stores } = catalogueInput.parse(input);
  const title = new Map(categories.map((c) => [c.id, [c.title, ...Object.values(c.titles)].join(" ")]));
  for (const [i, place] of stores.entries()) checkZone(place.timezone, `stores.${i}.timezone`);
  await insertCategories(
    tx,
    // Parents before children: a child's row refers to its parent's.
    categories
      .map(({ parent, ...c }, position) => ({ ...c, parent_id: parent, position }))
      .sort((a, b) => Number(a.parent_id !== null) - Number(b.parent_id !== null)),
  );
  await insertProducts(
    tx,
    products.map(({ variants, category, drawing, ...p }) => ({
      ...p,
      category_id: category,
      drawing: drawing ?? {},
      search: foldSearchText([p.title, ...Object.values(p.titles), p.brand, title.get(category) ?? ""].join(" ")),
    })),
    clock.now().toString(),
  );
  await insertVariants(
    tx,
    products.flatMap((p, i) =>
      p.variants.map(({ price, prices: _, gtin, colorHex, ...v }, position) => ({
        ...v,
        product_id: p.id,
        gtin: gtin === null ? null : checkedGtin(gtin, `products.${i}.variants.${position}.gtin`),
        color_hex: colorHex,
        price: price.amount,
        currency: price.currency,
        position,
      })),
    ),
  );
  await insertPrices(
    tx,
    products.flatMap(({ variants }) =>
      variants.flatMap(({ id, prices }) => prices.map((price) => ({ ...price, variant_id: id }))),
    ),
  );
  await saveStores(
    tx,
    stores.map((s, position) => ({ ...s, position })),
  );
}
