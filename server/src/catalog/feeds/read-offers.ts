import type { Db } from "../../platform/db.ts";
import { minorDigits } from "../../platform/money.ts";
import type { Dimensions } from "../contracts.ts";
import { imageUrl } from "../image-url.ts";
import { loadProducts, loadVariantsOf } from "../products/queries/load-products.pg.ts";
import { readCategories } from "../products/read-categories.ts";
import { type FeedRow, loadPhotoIds, nextProducts } from "./queries/feeds.pg.ts";

/** Of a variant, what may be delivered and what lies where. */
export interface Stock {
  readonly web: number;
  readonly stores: readonly { readonly storeId: string; readonly available: number }[];
}

export interface FeedDeps {
  readonly db: Db;
  readonly publicUrl: string;
  readonly stockOf: (variantIds: readonly string[]) => Promise<ReadonlyMap<string, Stock>>;
}

/** A variant as other systems are told of it. */
export interface Offer {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly description: string;
  readonly link: string;
  readonly image: string;
  readonly moreImages: readonly string[];
  readonly brand: string;
  readonly gtin: string | null;
  readonly color: string | null;
  readonly size: string | null;
  readonly material: string;
  readonly productType: string;
  readonly price: string;
  readonly salePrice: string | null;
  readonly dimensions: Dimensions | null;
  readonly stock: Stock;
}

const AT_ONCE = 200;
const LONGEST_ID = 50;
const MOST_IMAGES = 10;
const NONE: Stock = { web: 0, stores: [] };

/** Every variant that is sold with what there is of it in this moment, some products at once. */
export async function* readOffers({ db, publicUrl, stockOf }: FeedDeps, feed: FeedRow): AsyncGenerator<Offer[]> {
  const { language, ...market } = feed.options;
  const types = await categoryPaths(db, language);
  for (let after: string | null = null; ; ) {
    const ids: string[] = await nextProducts(db, after, AT_ONCE);
    const [products, variants, photos] = await Promise.all([
      loadProducts(db, ids),
      loadVariantsOf(db, ids, market),
      loadPhotoIds(db, ids),
    ]);
    const stock = await stockOf(variants.map((v) => v.id));
    const byId = new Map(products.map((p) => [p.id, p]));
    const photosOf = Map.groupBy(photos, (photo) => photo.product_id);
    yield variants.flatMap((v) => {
      const p = byId.get(v.product_id);
      if (!p) return [];
      const shown = (id: string, photo: string | null) =>
        `${publicUrl}${imageUrl(id, photo).replace(/\.svg$/, ".png")}`;
      const image = shown(v.id, v.photo_id ?? p.photo_id);
      const others = (photosOf.get(p.id) ?? []).filter(
        (photo) => photo.variant_id === null || photo.variant_id === v.id,
      );
      return [
        {
          id: v.sku.length <= LONGEST_ID ? v.sku : v.id,
          group: p.code !== null && p.code.length <= LONGEST_ID ? p.code : p.id,
          title: p.titles[language] ?? p.title,
          description: p.descriptions[language] ?? (p.description || p.title),
          link: p.url ?? `${publicUrl}/shop/p/${p.id}?variant=${v.id}`,
          image,
          moreImages: others
            .map(({ id }) => shown(v.id, id))
            .filter((url) => url !== image)
            .slice(0, MOST_IMAGES),
          brand: p.brand,
          gtin: v.gtin,
          color: v.color,
          size: v.size,
          material: p.materials.join("/"),
          productType: types.get(p.category_id) ?? "",
          price: priceText(v.was ?? v.price, v.currency),
          salePrice: v.was === null ? null : priceText(v.price, v.currency),
          dimensions: v.dimensions ?? p.dimensions,
          stock: stock.get(v.id) ?? NONE,
        },
      ];
    });
    after = ids.at(-1) ?? null;
    if (ids.length < AT_ONCE) return;
  }
}

/** `29.99 EUR`, with as many decimals as the currency has. */
export function priceText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, "0");
  return `${digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`} ${currency}`;
}

async function categoryPaths(db: Db, language: string): Promise<Map<string, string>> {
  const categories = new Map((await readCategories(db)).map((one) => [one.id, one]));
  const pathOf = (id: string): string => {
    const names: string[] = [];
    for (let at = categories.get(id); at && names.length < 10; at = categories.get(at.parent ?? ""))
      names.unshift(at.titles[language] ?? at.name);
    return names.join(" > ");
  };
  return new Map([...categories.keys()].map((id) => [id, pathOf(id)]));
}
