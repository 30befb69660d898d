import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { ProductImportOptions } from "../contracts.ts";
import { foldSearchText } from "../fold-search-text.ts";
import type { FullVariantRow } from "../products/queries/change-products.pg.ts";
import { insertProducts, insertVariants } from "../products/queries/insert-catalogue.pg.ts";
import { loadCategoryTitles } from "../products/queries/load-categories.pg.ts";
import { loadProducts } from "../products/queries/load-products.pg.ts";
import { CategoryPaths } from "./category-paths.ts";
import type { ProductRow, RowProblem } from "./convert-row.ts";
import type { ProblemCode } from "./problems.ts";
import { keepFirstRows, loadFirstRows } from "./queries/import-skus.pg.ts";
import { askPictures, loadKnownVariants, lockByCodes, type PictureRow } from "./queries/known.pg.ts";
import { type FirstRow, firstRowOf, repeatOf } from "./repeated-sku.ts";

/** What is written of a product. */
interface Draft {
  readonly id: string;
  readonly code: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly brand: string;
  readonly category_id: string;
  readonly materials: readonly string[];
  readonly dimensions: object | null;
  readonly drawing: object;
  readonly archived_at: string | null;
}

export interface Taken {
  readonly created: number;
  readonly updated: number;
  readonly problems: readonly RowProblem[];
}

interface State {
  readonly products: Map<string, Draft>;
  readonly byCode: Map<string, string>;
  readonly bySku: Map<string, FullVariantRow>;
  readonly byGtin: Map<string, FullVariantRow>;
  readonly lastPosition: Map<string, number>;
  readonly changedProducts: Set<string>;
  readonly changedVariants: Set<string>;
  readonly pictures: PictureRow[];
  /** By SKU: what this import has taken so far, of those that come in these rows. */
  readonly firsts: Map<string, FirstRow>;
}

/**
 * Brings the catalogue to what these rows say, in one transaction: a product is known by its code, a variant by its SKU.
 * What a row leaves out stays as it is; a row that says nothing new changes nothing. Of two rows of one SKU in a file that
 * contradict each other the first stands.
 */
export async function takeRows(
  tx: Tx,
  { clock, importId, options }: { clock: Clock; importId: string; options: ProductImportOptions },
  rows: readonly ProductRow[],
): Promise<Taken> {
  const state = await readState(tx, importId, rows);
  const paths = await CategoryPaths.read(tx);
  const problems: RowProblem[] = [];
  let created = 0;
  let updated = 0;
  const begun: FirstRow[] = [];
  for (const row of rows) {
    const own = firstRowOf(row);
    const repeat = repeatOf(state.firsts, row.number, own);
    if (repeat) {
      problems.push(repeat);
      continue;
    }
    const outcome = takeRow(state, paths, clock, options, row);
    if (outcome === "created") created += 1;
    else if (outcome === "updated") updated += 1;
    else if (outcome !== "same") {
      problems.push({ row: row.number, column: null, code: outcome, value: row.sku ?? row.group ?? "" });
      continue;
    }
    // A row that names a SKU for its pictures, and makes no variant, is not its first.
    if (own === null || state.firsts.has(own.sku) || !state.bySku.has(own.sku)) continue;
    state.firsts.set(own.sku, own);
    begun.push(own);
  }
  await paths.save(tx);
  await write(tx, clock, state);
  await keepFirstRows(tx, importId, begun);
  if (options.images) await askPictures(tx, importId, state.pictures, clock.now().toString());
  return { created, updated, problems };
}

async function readState(tx: Tx, importId: string, rows: readonly ProductRow[]): Promise<State> {
  const some = (values: readonly (string | null)[]) => [
    ...new Set(values.flatMap((value) => (value === null ? [] : [value]))),
  ];
  const skus = some(rows.map((row) => row.sku));
  const codes = some(rows.map((row) => row.group ?? row.sku));
  const locked = await lockByCodes(tx, codes);
  const ids = locked.map(({ id }) => id);
  const variants = await loadKnownVariants(tx, { skus, gtins: some(rows.map((row) => row.gtin)), products: ids });
  const known = await loadProducts(tx, [...new Set([...ids, ...variants.map((v) => v.product_id)])]);
  const firsts = await loadFirstRows(tx, importId, skus);
  const lastPosition = new Map<string, number>();
  for (const v of variants) lastPosition.set(v.product_id, Math.max(v.position, lastPosition.get(v.product_id) ?? -1));
  return {
    products: new Map(
      known.map(({ category_title: _, photo_id: __, reviews: ___, stars: ____, ...draft }) => [draft.id, draft]),
    ),
    byCode: new Map(locked.map(({ id, code }) => [code, id])),
    bySku: new Map(variants.map((v) => [v.sku, v])),
    byGtin: new Map(variants.flatMap((v) => (v.gtin === null ? [] : [[v.gtin, v] as const]))),
    lastPosition,
    changedProducts: new Set(),
    changedVariants: new Set(),
    pictures: [],
    firsts: new Map(firsts.map((first) => [first.sku, first])),
  };
}

function takeRow(
  state: State,
  paths: CategoryPaths,
  clock: Clock,
  options: ProductImportOptions,
  row: ProductRow,
): "created" | "updated" | "same" | ProblemCode {
  const code = row.group ?? row.sku;
  if (code === null) return "no_code";
  const known = row.sku === null ? undefined : state.bySku.get(row.sku);
  const byCode = state.byCode.get(code);
  if (known && row.group !== null && byCode !== undefined && byCode !== known.product_id) return "sku_elsewhere";
  const productId = byCode ?? known?.product_id;
  const before = productId === undefined ? undefined : state.products.get(productId);
  if (!before && row.title === null) return "no_title";
  if (!before && row.price === null) return "no_price";
  if (row.sku !== null && !known && row.price === null && row.images.length === 0) return "no_price";
  const holder = row.gtin === null ? undefined : state.byGtin.get(row.gtin);
  if (holder && holder.sku !== row.sku) return "gtin_taken";

  const product = draftOf(before ?? emptyDraft(newId(clock), code), row, () =>
    paths.find(row.category.length > 0 || before ? row.category : [options.category]),
  );
  state.products.set(product.id, product);
  if (product.code !== null) state.byCode.set(product.code, product.id);
  const isChanged = !before || JSON.stringify(before) !== JSON.stringify(product);
  if (isChanged) state.changedProducts.add(product.id);
  const variant = takeVariant(state, clock, product.id, known, row);
  takePictures(state, product.id, variant?.row.id ?? null, row);
  if (!before || variant?.isNew) return "created";
  return isChanged || variant?.isChanged ? "updated" : "same";
}

function takeVariant(
  state: State,
  clock: Clock,
  productId: string,
  known: FullVariantRow | undefined,
  row: ProductRow,
) {
  if (row.sku === null || (!known && row.price === null)) return null;
  const position = known?.position ?? (state.lastPosition.get(productId) ?? -1) + 1;
  const variant: FullVariantRow = {
    id: known?.id ?? newId(clock),
    product_id: known?.product_id ?? productId,
    sku: row.sku,
    gtin: row.gtin ?? known?.gtin ?? null,
    size: row.size ?? known?.size ?? null,
    color: row.color ?? known?.color ?? null,
    color_hex: row.colorHex ?? known?.color_hex ?? null,
    price: row.price?.amount ?? known?.price ?? 0,
    was: row.price ? row.price.was : (known?.was ?? null),
    currency: row.price?.currency ?? known?.currency ?? "",
    dimensions: known?.dimensions ?? null,
    position,
  };
  const isChanged = !known || JSON.stringify(known) !== JSON.stringify(variant);
  state.bySku.set(variant.sku, variant);
  if (variant.gtin !== null) state.byGtin.set(variant.gtin, variant);
  state.lastPosition.set(productId, Math.max(position, state.lastPosition.get(productId) ?? -1));
  if (isChanged) state.changedVariants.add(variant.sku);
  return { row: variant, isNew: !known, isChanged };
}

function takePictures(state: State, product_id: string, variant_id: string | null, row: ProductRow): void {
  for (const [i, url] of row.images.entries())
    state.pictures.push({ product_id, url, variant_id: null, position: row.number * 100 + i });
  if (row.variantImage !== null && variant_id !== null)
    state.pictures.push({ product_id, url: row.variantImage, variant_id, position: row.number * 100 + 99 });
}

function emptyDraft(id: string, code: string): Draft {
  return {
    id,
    code,
    url: null,
    title: "",
    titles: {},
    description: "",
    descriptions: {},
    brand: "",
    category_id: "",
    materials: [],
    dimensions: null,
    drawing: {},
    archived_at: null,
  };
}

/** What the row says, over what was. */
function draftOf(before: Draft, row: ProductRow, category: () => string | null): Draft {
  return {
    ...before,
    url: row.url ?? before.url,
    title: row.title ?? before.title,
    titles: { ...before.titles, ...row.titles },
    description: row.description ?? before.description,
    descriptions: { ...before.descriptions, ...row.descriptions },
    brand: row.brand ?? before.brand,
    category_id: category() ?? before.category_id,
    materials: row.materials.length > 0 ? row.materials : before.materials,
    dimensions: row.dimensions ? { ...before.dimensions, ...row.dimensions } : before.dimensions,
  };
}

async function write(tx: Tx, clock: Clock, state: State): Promise<void> {
  const products = [...state.changedProducts].flatMap((id) => state.products.get(id) ?? []);
  const variants = [...state.changedVariants].flatMap((sku) => state.bySku.get(sku) ?? []);
  const touched = new Set(products.map(({ id }) => id));
  for (const { product_id } of variants) {
    const product = touched.has(product_id) ? undefined : state.products.get(product_id);
    touched.add(product_id);
    // Search reads what has changed by the product's row.
    if (product) products.push(product);
  }
  const titles = await loadCategoryTitles(tx, [...new Set(products.map((p) => p.category_id))]);
  const rows = products.map((p) => ({
    ...p,
    search: foldSearchText([p.title, ...Object.values(p.titles), p.brand, titles.get(p.category_id) ?? ""].join(" ")),
  }));
  await insertProducts(tx, rows, clock.now().toString());
  await insertVariants(tx, variants);
}
