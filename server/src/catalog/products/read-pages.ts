import { type Db, onOneConnection } from "../../platform/db.ts";
import type { Market, Product, ProductSummary } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { imageUrl } from "../image-url.ts";
import { loadPhotos } from "../photos/queries/photos.pg.ts";
import { asPhoto } from "../photos/show-photo.ts";
import { type BesideRow, loadBeside } from "./queries/load-beside.pg.ts";
import { loadProducts, loadVariantsOf, type ProductRow, type VariantRow } from "./queries/load-products.pg.ts";
import { summarise } from "./read-products.ts";

const RELATED = 8;

export interface ReadPage {
  readonly product: Product;
  /** Every product whose change may change this page; beside these, any that joins its category. */
  readonly leansOn: readonly string[];
}

/** One product with its variants, its photos, and what stands beside it. */
export async function readProduct(db: Db, id: string, market: Market = {}): Promise<Product> {
  const [page] = await readPages(db, [id], market);
  if (!page) throw refuse("product_not_found");
  return page.product;
}

/**
 * Products as their pages show them; what does not exist is left out. `summaries`: what is known of the market's products
 * already, which stand beside many others; it is added to.
 */
export function readPages(
  db: Db,
  ids: readonly string[],
  market: Market = {},
  summaries = new Map<string, ProductSummary>(),
): Promise<ReadPage[]> {
  return onOneConnection(db, async (one) => {
    const [photos, besides] = await Promise.all([loadPhotos(one, ids), loadBeside(one, ids, RELATED)]);
    const beside = new Map(besides.map((row) => [row.product_id, choose(row)]));
    const others = [...beside.values()].flatMap(({ related, complementary }) => [...related, ...complementary]);
    const unknown = [...new Set([...ids, ...others.filter((id) => !summaries.has(id))])];
    const [rows, variants] = await Promise.all([loadProducts(one, unknown), loadVariantsOf(one, unknown, market)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    const of = {
      variants: Map.groupBy(variants, (row) => row.product_id),
      photos: Map.groupBy(photos, (row) => row.product_id),
    };
    for (const row of rows) {
      const own = of.variants.get(row.id);
      if (own) summaries.set(row.id, summarise(row, own, market));
    }
    const shown = (chosen: readonly string[]) => chosen.flatMap((id) => summaries.get(id) ?? []);
    return ids.flatMap((id) => {
      const [row, summary] = [known.get(id), summaries.get(id)];
      if (!row || !summary) return [];
      const { related, complementary, away } = beside.get(id) ?? { related: [], complementary: [], away: [] };
      const product: Product = {
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
      return [{ product, leansOn: [id, ...related, ...complementary, ...away] }];
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
function choose({ related, complementary, away, category }: BesideRow) {
  const others = category.filter((id) => !complementary.includes(id));
  return { related: (related.length > 0 ? related : others).slice(0, RELATED), complementary, away };
}
