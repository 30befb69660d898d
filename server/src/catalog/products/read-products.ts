import { type Db, onOneConnection } from "../../platform/db.ts";
import { Gather } from "../../platform/gather.ts";
import { cursorId, type Page, toPage } from "../../platform/pages.ts";
import type { Market, Product, ProductQuery, ProductSummary } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { toGtin14 } from "../gtin.ts";
import { imageUrl } from "../image-url.ts";
import { loadPhotos } from "../photos/queries/photos.pg.ts";
import { asPhoto } from "../photos/show-photo.ts";
import { findProducts } from "./queries/find-products.pg.ts";
import { type BesideRow, loadBeside } from "./queries/load-beside.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";

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
  const [products, variants] = await onOneConnection(db, (one) =>
    Promise.all([loadProducts(one, ids), loadVariantsOf(one, ids, market)]),
  );
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
  const [product] = await readPages(db, [id], market);
  if (!product) throw refuse("product_not_found");
  return product;
}

interface PageAsked {
  readonly id: string;
  readonly market: Market;
}

/** Reads the pages of all who wait together, in a few statements. Nothing is remembered: each is as it is now. */
export function productPages(db: Db): (id: string, market: Market) => Promise<Product> {
  const pages = new Gather<PageAsked, Product | undefined>((asked) => readMarkets(db, asked), { most: 50, atOnce: 2 });
  return async (id, market) => {
    const product = await pages.ask({ id, market });
    if (!product) throw refuse("product_not_found");
    return product;
  };
}

async function readMarkets(db: Db, asked: readonly PageAsked[]): Promise<(Product | undefined)[]> {
  const marketOf = ({ market }: PageAsked) => `${market.currency} ${market.region}`;
  const found = new Map<string, Product>();
  for (const [name, alike] of Map.groupBy(asked, marketOf)) {
    const ids = [...new Set(alike.map(({ id }) => id))];
    for (const page of await readPages(db, ids, alike[0]?.market)) found.set(`${name} ${page.id}`, page);
  }
  return asked.map((one) => found.get(`${marketOf(one)} ${one.id}`));
}

/** Products as their pages show them; what does not exist is left out. */
function readPages(db: Db, ids: readonly string[], market: Market = {}): Promise<Product[]> {
  return onOneConnection(db, async (one) => {
    const [photos, besides] = await Promise.all([loadPhotos(one, ids), loadBeside(one, ids, RELATED)]);
    const beside = new Map(besides.map((row) => [row.product_id, choose(row)]));
    const others = [...beside.values()].flatMap(({ related, complementary }) => [...related, ...complementary]);
    const all = [...new Set([...ids, ...others])];
    const [rows, variants] = await Promise.all([loadProducts(one, all), loadVariantsOf(one, all, market)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    const of = {
      variants: Map.groupBy(variants, (row) => row.product_id),
      photos: Map.groupBy(photos, (row) => row.product_id),
    };
    const summaries = new Map<string, ProductSummary>();
    for (const row of rows) {
      const own = of.variants.get(row.id);
      if (own) summaries.set(row.id, summarise(row, own));
    }
    const shown = (chosen: readonly string[] = []) => chosen.flatMap((id) => summaries.get(id) ?? []);
    return ids.flatMap((id) => {
      const [row, summary] = [known.get(id), summaries.get(id)];
      if (!row || !summary) return [];
      const { related, complementary } = beside.get(id) ?? {};
      return {
        ...summary,
        code: row.code,
        url: row.url,
        category_title: row.category_title,
        description: row.description,
        descriptions: row.descriptions,
        materials: row.materials,
        dimensions: row.dimensions,
        photos: (of.photos.get(id) ?? []).map(asPhoto),
        variants: (of.variants.get(id) ?? []).map((v) => showVariant(v, row)),
        related: shown(related),
        complementary: shown(complementary),
        archived_at: row.archived_at,
      };
    });
  });
}

function showVariant(
  { product_id: _, price, was, currency, photo_id, ...v }: VariantRow,
  product: ProductRow,
): Product["variants"][number] {
  return {
    ...v,
    price: { amount: price, currency },
    was: was === null ? null : { amount: was, currency },
    image_url: imageUrl(v.id, photo_id ?? product.photo_id),
  };
}

/** Related is what was chosen by hand, else others of the category. */
function choose({ related, complementary, category }: BesideRow) {
  const others = category.filter((id) => !complementary.includes(id));
  return { related: (related.length > 0 ? related : others).slice(0, RELATED), complementary };
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
