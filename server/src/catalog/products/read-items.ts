import type { Db } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import { type Money, toMajor } from "../../platform/money.ts";
import type { Market } from "../contracts.ts";
import { imageUrl } from "../image-url.ts";
import { type ItemRow, loadItems } from "./queries/load-items.pg.ts";

/** A variant with what its product says about it: all that a cart, an order or a mail needs to name it. */
export interface Item {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly brand: string;
  readonly category: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: Money;
  readonly imageUrl: string;
  /** Why it cannot be bought there; null: it can. */
  readonly notSold: NotSold | null;
}

/** It was taken off sale, or has no price in the currency of the market. */
export type NotSold = "archived" | "not_in_currency";

/** Variants by id, at the price of the market if one is told; an unknown id is absent from the answer. */
export async function readItems(
  db: Db,
  variantIds: readonly string[],
  market: Market = {},
): Promise<Map<string, Item>> {
  if (variantIds.length === 0) return new Map();
  const found = await loadItems(db, variantIds, market);
  return new Map(
    found.map((row) => [
      row.variant_id,
      {
        variantId: row.variant_id,
        productId: row.product_id,
        sku: row.sku,
        gtin: row.gtin,
        title: row.title,
        titles: row.titles,
        brand: row.brand,
        category: row.category_id,
        size: row.size,
        color: row.color,
        price: { amount: row.price, currency: row.currency },
        imageUrl: imageUrl(row.variant_id, row.photo_id),
        notSold: notSold(row, market),
      },
    ]),
  );
}

function notSold({ is_archived, currency }: ItemRow, market: Market): NotSold | null {
  if (is_archived) return "archived";
  return market.currency === undefined || market.currency === currency ? null : "not_in_currency";
}

/** The product object of Segment's e-commerce events (v2), price in major units, plus our variant id, size and colour. */
export function asEventProduct(item: Item, quantity: number): JsonObject {
  return {
    product_id: item.productId,
    variant_id: item.variantId,
    sku: item.sku,
    name: item.title,
    brand: item.brand,
    category: item.category,
    variant: [item.color, item.size].filter((part) => part !== null).join(" / "),
    size: item.size,
    color: item.color,
    price: toMajor(item.price.amount, item.price.currency),
    currency: item.price.currency,
    quantity,
    image_url: item.imageUrl,
    url: `/shop/p/${item.productId}`,
  };
}
