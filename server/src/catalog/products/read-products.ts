import type { Db } from "../../platform/db.ts";
import { cursorId, type Page, toPage } from "../../platform/pages.ts";
import type { Market, Product, ProductQuery, ProductSummary } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { toGtin14 } from "../gtin.ts";
import { imageUrl } from "../image-url.ts";
import { loadPhotos } from "../photos/queries/photos.pg.ts";
import { asPhoto } from "../photos/show-photo.ts";
import { findProducts } from "./queries/find-products.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";
import { loadRelated, type RelatedRow } from "./queries/load-related.pg.ts";

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
  const [products, variants] = await Promise.all([loadProducts(db, ids), loadVariantsOf(db, ids, market)]);
  const byId = new Map(products.map((row) => [row.id, row]));
  const byProduct = Map.groupBy(variants, (row) => row.product_id);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const of = byProduct.get(id);
    return row && of ? [summarise(row, of)] : [];
  });
}

/** One product with its variants, its photos, and what stands beside it. */
export async function readProduct(db: Db, id: string, market: Market = {}): Promise<Product> {
  const beside = loadRelated(db, id, RELATED).then((found) => sortOut(found));
  const [[row], variants, photos, others, besides] = await Promise.all([
    loadProducts(db, [id]),
    loadVariantsOf(db, [id], market),
    loadPhotos(db, id),
    beside,
    beside.then(({ all }) => readSummaries(db, all, market)),
  ]);
  if (!row || variants.length === 0) throw refuse("product_not_found");
  const summaries = new Map(besides.map((one) => [one.id, one]));
  const shown = (ids: readonly string[]) => ids.flatMap((other) => summaries.get(other) ?? []);
  return {
    ...summarise(row, variants),
    code: row.code,
    url: row.url,
    category_title: row.category_title,
    description: row.description,
    descriptions: row.descriptions,
    materials: row.materials,
    dimensions: row.dimensions,
    photos: photos.map(asPhoto),
    variants: variants.map(({ product_id: _, price, was, currency, photo_id, ...v }) => ({
      ...v,
      price: { amount: price, currency },
      was: was === null ? null : { amount: was, currency },
      image_url: imageUrl(v.id, photo_id ?? row.photo_id),
    })),
    related: shown(others.related),
    complementary: shown(others.complementary),
    archived_at: row.archived_at,
  };
}

function sortOut(found: readonly RelatedRow[]) {
  const of = (kind: RelatedRow["kind"]) => found.flatMap((row) => (row.kind === kind ? [row.id] : []));
  const complementary = of("complementary");
  const chosen = of("related");
  const related = (chosen.length > 0 ? chosen : of("category").filter((id) => !complementary.includes(id))).slice(
    0,
    RELATED,
  );
  return { related, complementary, all: [...new Set([...related, ...complementary])] };
}

function summarise(row: ProductRow, variants: readonly VariantRow[]): ProductSummary {
  const cheapest = variants.reduce((low, v) => (v.price < low.price ? v : low));
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
