import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { MarketPrice, Product, VariantBody, VariantChange } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { checkedGtin } from "./checked-gtin.ts";
import {
  isAnySold,
  lockProduct,
  lockVariant,
  nextPosition,
  replacePrices,
  setVariantArchived,
  touchProducts,
} from "./queries/change-products.pg.ts";
import { insertVariants } from "./queries/insert-catalogue.pg.ts";
import { readProduct } from "./read-pages.ts";
import { refuseTaken } from "./refuse-taken.ts";

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

export async function addVariant({ db, clock }: Deps, productId: string, body: VariantBody): Promise<Product> {
  await refuseTaken(
    inTransaction(db, async (tx) => {
      if (!(await lockProduct(tx, productId))) throw refuse("product_not_found");
      const position = await nextPosition(tx, productId);
      await insertVariants(tx, [variantRow(body, { id: newId(clock), productId, position })]);
      await touchProducts(tx, [productId], clock.now().toString());
    }),
  );
  return readProduct(db, productId);
}

/** Changes what is given; one that was archived is sold again. */
export async function changeVariant({ db, clock }: Deps, id: string, change: VariantChange): Promise<Product> {
  const productId = await refuseTaken(
    inTransaction(db, async (tx) => {
      const now = await lockVariant(tx, id);
      if (!now) throw refuse("variant_not_found");
      const body = { ...now, price: { amount: now.price, currency: now.currency }, ...change } as VariantBody;
      await insertVariants(tx, [variantRow(body, { id, productId: now.product_id, position: now.position })]);
      await touchProducts(tx, [now.product_id], clock.now().toString());
      return now.product_id;
    }),
  );
  return readProduct(db, productId);
}

/** Takes it off sale, or puts it back. A product of which nothing would be sold is archived as a whole instead. */
export async function archiveVariant({ db, clock }: Deps, id: string, isArchived: boolean): Promise<void> {
  const now = clock.now().toString();
  await inTransaction(db, async (tx) => {
    const productId = await setVariantArchived(tx, id, isArchived ? now : null);
    if (productId === undefined) throw refuse("variant_not_found");
    await touchProducts(tx, [productId], now);
    // Asked under the product's lock: of two that archive its last two variants one is refused.
    if (isArchived && !(await isAnySold(tx, productId))) throw refuse("last_variant");
  });
}

/** All its prices beside its own, in other currencies and regions. */
export async function setPrices({ db, clock }: Deps, id: string, prices: readonly MarketPrice[]): Promise<void> {
  for (const [i, { amount, was }] of prices.entries()) checkWas(amount, was, `prices.${i}.was`);
  await refuseTaken(
    inTransaction(db, async (tx) => {
      const variant = await lockVariant(tx, id);
      if (!variant) throw refuse("variant_not_found");
      await replacePrices(tx, id, prices);
      await touchProducts(tx, [variant.product_id], clock.now().toString());
    }),
  );
}

/** Its row; refuses a wrong GTIN and a `was` below the price. */
export function variantRow(
  { sku, gtin, size, color, color_hex, price, was, dimensions }: VariantBody,
  { id, productId, position }: { id: string; productId: string; position: number },
  path = "",
): object {
  const at = (field: string) => [path, field].filter(Boolean).join(".");
  checkWas(price.amount, was, at("was"));
  return {
    id,
    product_id: productId,
    sku,
    gtin: gtin === null ? null : checkedGtin(gtin, at("gtin")),
    size,
    color,
    color_hex,
    price: price.amount,
    was,
    currency: price.currency,
    dimensions,
    position,
  };
}

function checkWas(amount: number, was: number | null, path: string): void {
  if (was !== null && was <= amount) throw refuse("bad_was", undefined, [{ path, message: "is not above the price" }]);
}
