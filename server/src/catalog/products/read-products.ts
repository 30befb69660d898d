import { type Db, onOneConnection } from "../../platform/db.ts";
import { cursorId, type Page, toPage } from "../../platform/pages.ts";
import type { Market, ProductQuery, ProductSummary } from "../contracts.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { gtinReadings } from "../gtin.ts";
import { imageUrl } from "../image-url.ts";
import { findProducts } from "./queries/find-products.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";

/** One page of the assortment; a whole SKU or GTIN as `q` finds its product, as a scanner needs it. */
export async function listProducts(db: Db, query: ProductQuery): Promise<Page<ProductSummary>> {
  const q = query.q?.trim() ?? "";
  const ids = await findProducts(db, {
    words: foldSearchText(q).split(" ").filter(Boolean),
    gtins: gtinReadings(q),
    sku: q === "" ? null : q,
    category: query.category ?? null,
    size: query.size ?? null,
    color: query.color ?? null,
    isArchived: query.archived === "true",
    after: cursorId(query.after),
    limit: query.limit + 1,
  });
  const page = toPage(ids, query.limit, (id) => [id]);
  return { items: await readSummaries(db, page.items, query), next: page.next };
}

/** Products as lists show them, in the order of `ids`; what does not exist is left out. */
export async function readSummaries(db: Db, ids: readonly string[], market: Market = {}): Promise<ProductSummary[]> {
  if (ids.length === 0) return [];
  const [products, variants] = await onOneConnection(db, (one) =>
    Promise.all([loadProducts(one, ids), loadVariantsOf(one, ids, market)]),
  );
  const byId = new Map(products.map((row) => [row.id, row]));
  const byProduct = Map.groupBy(variants, (row) => row.product_id);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const of = byProduct.get(id);
    return row && of ? [summarise(row, of, market)] : [];
  });
}

/** A product as lists show it, in a market. It has at least one variant. */
export function summarise(row: ProductRow, variants: readonly VariantRow[], market: Market): ProductSummary {
  // Of another currency only where nothing is sold in the one that was asked for.
  const sold = variants.filter((v) => v.currency === market.currency);
  const cheapest = (sold.length > 0 ? sold : variants).reduce((low, v) => (v.price < low.price ? v : low));
  const { currency } = cheapest;
  const picture = (v: VariantRow) => imageUrl(v.id, v.photo_id ?? row.photo_id);
  const colors = new Map<string, VariantRow>();
  for (const v of variants) if (v.color !== null && !colors.has(v.color)) colors.set(v.color, v);
  return {
    id: row.id,
    title: row.title,
    titles: row.titles,
    brand: row.brand,
    category: row.category_id,
    price: { amount: cheapest.price, currency },
    was: cheapest.was === null ? null : { amount: cheapest.was, currency },
    rating: row.reviews === 0 ? null : { average: Math.round((row.stars / row.reviews) * 10) / 10, count: row.reviews },
    image_url: imageUrl(row.id, row.photo_id),
    colors: [...colors.keys()],
    swatches: [...colors].map(([name, v]) => ({ name, hex: v.color_hex, image_url: picture(v) })),
    sizes: [...new Set(variants.flatMap((v) => (v.size === null ? [] : [v.size])))],
  };
}
