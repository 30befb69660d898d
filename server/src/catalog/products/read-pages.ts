import { type Db, onOneConnection } from "../../platform/db.ts";
import type { Market, Product, ProductSummary } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { imageUrl } from "../image-url.ts";
import { loadPhotos, type PhotoRow } from "../photos/queries/photos.pg.ts";
import { asPhoto } from "../photos/show-photo.ts";
import { type BesideRow, loadBeside } from "./queries/load-beside.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";
import { summarise } from "./read-products.ts";

const RELATED = 8;

/** A page whose neighbours are shown as `S`. */
export interface ReadPage<S> {
  readonly product: Omit<Product, "related" | "complementary">;
  readonly related: readonly S[];
  readonly complementary: readonly S[];
  /** Every product whose change may change this page; beside these, any that joins its category. */
  readonly leansOn: readonly string[];
}

/** One product with its variants, its photos, and what stands beside it. */
export async function readProduct(db: Db, id: string, market: Market = {}): Promise<Product> {
  const own = await readOwn(db, [id], market);
  const { pages } = await makePages(db, own, new Map<string, ProductSummary>(), (summary) => summary);
  const [page] = pages;
  if (!page) throw refuse("product_not_found");
  return { ...page.product, related: [...page.related], complementary: [...page.complementary] };
}

/** What products say of themselves, and which others stand beside them. */
export interface OwnRows {
  readonly ids: readonly string[];
  readonly market: Market;
  readonly products: readonly ProductRow[];
  readonly variants: readonly VariantRow[];
  readonly photos: readonly PhotoRow[];
  readonly beside: readonly BesideRow[];
}

/** In one exchange with the database; what does not exist is left out. */
export async function readOwn(db: Db, ids: readonly string[], market: Market): Promise<OwnRows> {
  const [products, variants, photos, beside] = await onOneConnection(db, (one) =>
    Promise.all([
      loadProducts(one, ids),
      loadVariantsOf(one, ids, market),
      loadPhotos(one, ids),
      loadBeside(one, ids, RELATED),
    ]),
  );
  return { ids, market, products, variants, photos, beside };
}

/** Pages, and what they show of every product on them, by id. */
export interface MadePages<S> {
  readonly pages: readonly ReadPage<S>[];
  readonly summaries: ReadonlyMap<string, S>;
}

/** Products as their pages show them. `neighbours`: what is known already, because one product stands beside many. */
export async function makePages<S>(
  db: Db,
  { ids, market, products, variants, photos, beside }: OwnRows,
  neighbours: ReadonlyMap<string, S>,
  show: (summary: ProductSummary) => S,
): Promise<MadePages<S>> {
  const own = Map.groupBy(variants, (row) => row.product_id);
  const photosOf = Map.groupBy(photos, (row) => row.product_id);
  const ownSummaries = summariseAll(products, own, market);
  const summaries = new Map(ownSummaries.entries().map(([id, summary]) => [id, show(summary)]));
  const chosen = new Map(beside.map((row) => [row.product_id, choose(row)]));
  const others = [...chosen.values()].flatMap(({ related, complementary }) => [...related, ...complementary]);
  const unknown = new Set<string>();
  for (const id of others) {
    if (summaries.has(id)) continue;
    const known = neighbours.get(id);
    if (known === undefined) unknown.add(id);
    else summaries.set(id, known);
  }
  if (unknown.size > 0) {
    const ids = [...unknown];
    const [rows, of] = await onOneConnection(db, (one) =>
      Promise.all([loadProducts(one, ids), loadVariantsOf(one, ids, market)]),
    );
    const byProduct = Map.groupBy(of, (row) => row.product_id);
    for (const [id, summary] of summariseAll(rows, byProduct, market)) summaries.set(id, show(summary));
  }
  const known = new Map(products.map((row) => [row.id, row]));
  const shown = (those: readonly string[]) => those.flatMap((id) => summaries.get(id) ?? []);
  const pages = ids.flatMap((id) => {
    const [row, summary] = [known.get(id), ownSummaries.get(id)];
    if (!row || !summary) return [];
    const { related, complementary, away } = chosen.get(id) ?? { related: [], complementary: [], away: [] };
    const product = {
      ...summary,
      code: row.code,
      url: row.url,
      category_title: row.category_title,
      description: row.description,
      descriptions: row.descriptions,
      materials: row.materials,
      dimensions: row.dimensions,
      photos: (photosOf.get(id) ?? []).map(asPhoto),
      variants: (own.get(id) ?? []).map((v) => showVariant(v, row)),
      archived_at: row.archived_at,
    };
    const leansOn = [id, ...related, ...complementary, ...away];
    return [{ product, related: shown(related), complementary: shown(complementary), leansOn }];
  });
  return { pages, summaries };
}

function summariseAll(
  products: readonly ProductRow[],
  variants: ReadonlyMap<string, VariantRow[]>,
  market: Market,
): Map<string, ProductSummary> {
  return new Map(
    products.flatMap((row) => {
      const own = variants.get(row.id);
      return own ? [[row.id, summarise(row, own, market)]] : [];
    }),
  );
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
function choose({ related, complementary, away, category }: BesideRow) {
  const others = category.filter((id) => !complementary.includes(id));
  return { related: (related.length > 0 ? related : others).slice(0, RELATED), complementary, away };
}
