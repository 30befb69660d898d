import { createHash } from "node:crypto";

import { type Item, type Market, readItems } from "../catalog/index.ts";
import type { Line } from "../inventory/index.ts";
import type { Tx } from "../platform/db.ts";
import type { OrderBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import type { LineRow, OrderRow } from "./queries/orders.pg.ts";

export interface Priced {
  readonly lines: readonly LineRow[];
  readonly items: ReadonlyMap<string, Item>;
  readonly currency: string;
  readonly total: number;
}

export interface Terms {
  /** Where in the request the lines stand. */
  readonly path: string;
  /** Whose prices hold; without a currency each variant's own. */
  readonly market: Market;
  /** Goods in the customer's hand are sold though they were taken off sale. */
  readonly isInHand?: boolean;
}

/** Lines as they are written into the book: named and priced as the catalogue says now. */
export async function priceLines(
  tx: Tx,
  orderId: string,
  lines: readonly Line[],
  { path, market, isInHand = false }: Terms,
): Promise<Priced> {
  const items = await readItems(
    tx,
    lines.map((line) => line.variantId),
    market,
  );
  const rows = lines.map(({ variantId, quantity }, position) => {
    const item = items.get(variantId);
    if (!item) {
      throw refuse("variant_not_found", undefined, [
        { path: `${path}.${position}.variant_id`, message: "is not known" },
      ]);
    }
    return toLine(orderId, position, item, quantity);
  });
  refuseUnsold(lines, items, { path, market, isInHand });
  const [currency = "EUR", ...others] = new Set([...items.values()].map((item) => item.price.currency));
  if (others.length > 0) throw refuse("mixed_currencies");
  return { lines: rows, items, currency, total: rows.reduce((sum, row) => sum + row.unit_price * row.quantity, 0) };
}

/** Names every line that cannot be bought, and why. */
function refuseUnsold(lines: readonly Line[], items: Priced["items"], { path, market, isInHand }: Terms): void {
  const failed = lines.flatMap(({ variantId }, position) => {
    const item = items.get(variantId);
    if (!item?.notSold || (isInHand && item.notSold === "archived")) return [];
    const why = item.notSold === "archived" ? "was taken off sale" : `has no price in ${market.currency}`;
    return [
      { reason: item.notSold, error: { path: `${path}.${position}.variant_id`, message: `${item.title} ${why}` } },
    ];
  });
  const [first] = failed;
  if (!first) return;
  const errors = failed.map(({ error }) => error);
  throw refuse(first.reason === "archived" ? "not_sold" : "not_in_currency", undefined, errors);
}

function toLine(orderId: string, position: number, item: Item, quantity: number): LineRow {
  return {
    order_id: orderId,
    position,
    variant_id: item.variantId,
    product_id: item.productId,
    sku: item.sku,
    title: item.title,
    titles: item.titles,
    category: item.category,
    size: item.size,
    color: item.color,
    image_url: item.imageUrl,
    unit_price: item.price.amount,
    quantity,
    discount: 0,
    tax: 0,
    cancelled: 0,
    returned: 0,
  };
}

/** What tells two requests under one Idempotency-Key apart. */
export function hashBody(body: OrderBody): string {
  return createHash("sha256").update(JSON.stringify(body)).digest("hex");
}

/** A request told again has its first answer; the same key with another order is refused. */
export function sameRequest(known: OrderRow, requestHash: string): OrderRow {
  if (known.request_hash !== null && known.request_hash !== requestHash) throw refuse("key_reused");
  return known;
}
