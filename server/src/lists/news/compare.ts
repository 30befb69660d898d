import type { JsonObject } from "../../platform/json.ts";
import type { StockState, WatchedRow } from "./queries/watched.pg.ts";

/** So few are left that whoever wants one should not wait. */
export const LOW_FROM = 5;

export function stockState(available: number): StockState {
  return available <= 0 ? "out" : available < LOW_FROM ? "low" : "in";
}

/** What the shop knows of a variant now. */
export interface Now {
  readonly price: number;
  readonly currency: string;
  readonly available: number;
}

export interface Finding {
  readonly watched: WatchedRow;
  readonly news: readonly { readonly kind: "low" | "back" | "price"; readonly facts: JsonObject }[];
}

/**
 * Compares what was known of a variant with what is true. The first look only takes note of the stock. Running low is
 * told when it was more before, not when something comes back in small numbers: that is "back".
 */
export function compare(before: WatchedRow, now: Now): Finding {
  const stock = stockState(now.available);
  const news: { kind: "low" | "back" | "price"; facts: JsonObject }[] = [];
  if (before.stock === "in" && stock === "low") news.push({ kind: "low", facts: { available: now.available } });
  if (before.stock === "out" && stock !== "out") news.push({ kind: "back", facts: { available: now.available } });
  if (before.currency === now.currency && now.price < before.price)
    news.push({ kind: "price", facts: { price: now.price, former: before.price, currency: now.currency } });
  return { watched: { variant_id: before.variant_id, price: now.price, currency: now.currency, stock }, news };
}
