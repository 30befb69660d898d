import type { Db } from "../platform/db.ts";
import { cursorId, type Page, toPage } from "../platform/pages.ts";
import type { Product, ProductQuery, ProductSummary } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { foldSearchText } from "./fold-search-text.ts";
import { toGtin14 } from "./gtin.ts";
import { imageUrl } from "./image-url.ts";
import { findProducts } from "./queries/find-products.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";
import { loadRelated } from "./queries/load-related.pg.ts";

const RELATED = 8;

/** One page of the assortment; a whole SKU or GTIN as `q` finds its product, as a scanner needs it. */
export async function listProducts(db: Db, query: ProductQuery): Promise<Page<ProductSummary>> {
  const q = query.q?.trim() ?? "";
  const ids = await findProducts(db, {
    words: foldSearchText(q).split(" ").filter(Boolean),
    gtin: toGtin14(q),
    sku: q === "" ? null : q,
    category: query.category ?? null,
    size: query.size ?? null,
    color: query.color ?? null,
    after: cursorId(query.after),
    limit: query.limit + 1,
  });
  const page = toPage(ids, query.limit, (id) => [id]);
  return { items: await readSummaries(db, page.items), next: page.next };
}

/** Products as lists show them, in the order of `ids`; what does not exist is left out. */
export async function readSummaries(db: Db, ids: readonly string[]): Promise<ProductSummary[]> {
  if (ids.length === 0) return [];
  const [products, variants] = await Promise.all([loadProducts(db, ids), loadVariantsOf(db, ids)]);
  const byId = new Map(products.map((row) => [row.id, row]));
  const byProduct = Map.groupBy(variants, (row) => row.product_id);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const of = byProduct.get(id);
    return row && of ? [summarise(row, of)] : [];
  });
}

/** One product with its variants and others of its category. */
export async function readProduct(db: Db, id: string): Promise<Product> {
  const [[row], variants, relatedIds] = await Promise.all([
    loadProducts(db, [id]),
    loadVariantsOf(db, [id]),
    loadRelated(db, id, RELATED),
  ]);
  if (!row || variants.length === 0) throw refuse("product_not_found");
  return {
    ...summarise(row, variants),
    category_title: row.category_title,
    description: row.description,
    descriptions: row.descriptions,
    variants: variants.map(({ product_id: _, price, currency, ...v }) => ({
      ...v,
      price: { amount: price, currency },
      image_url: imageUrl(v.id),
    })),
    related: await readSummaries(db, relatedIds),
  };
}

function summarise(row: ProductRow, variants: readonly VariantRow[]): ProductSummary {
  const cheapest = variants.reduce((low, v) => (v.price < low.price ? v : low));
  const colors = new Map<string, VariantRow>();
  for (const v of variants) if (v.color !== null && !colors.has(v.color)) colors.set(v.color, v);
  return {
    id: row.id,
    title: row.title,
    titles: row.titles,
    brand: row.brand,
    category: row.category_id,
    price: { amount: cheapest.price, currency: cheapest.currency },
    image_url: imageUrl(row.id),
    colors: [...colors.keys()],
    swatches: [...colors].map(([name, v]) => ({ name, hex: v.color_hex, image_url: imageUrl(v.id) })),
    sizes: [...new Set(variants.flatMap((v) => (v.size === null ? [] : [v.size])))],
  };
}
