import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import type { Holder } from "./contracts.ts";
import { openCart } from "./open-cart.ts";
import { loadItems, removeItems } from "./queries/cart-items.pg.ts";
import { lockCarts, touchCarts } from "./queries/carts.pg.ts";
import { summariseCart } from "./read-cart.ts";

export interface CheckOut {
  readonly cartId: string;
  readonly profileId: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/** Locks the holder's cart for an order and says what is in it. Nothing leaves it before it is paid. */
export async function openCheckOut(tx: Tx, clock: Clock, holder: Holder): Promise<CheckOut> {
  const { cart, profileId } = await openCart(tx, clock, holder);
  const items = await loadItems(tx, [cart.id]);
  const lines = items.map((item) => ({ variantId: item.variant_id, quantity: item.quantity }));
  return { cartId: cart.id, profileId, lines };
}

/**
 * What a person bought, on whatever channel, leaves all her carts. Answers with what is left, as the order's event
 * carries it. Call it before stock is locked: carts come first.
 */
export async function removeBought(
  tx: Tx,
  clock: Clock,
  profileId: string,
  variantIds: readonly string[],
): Promise<JsonObject> {
  const carts = await lockCarts(tx, [profileId], null);
  const ids = carts.map((cart) => cart.id);
  const removed = await removeItems(tx, ids, variantIds);
  if (removed.length > 0) await touchCarts(tx, [...new Set(removed.map((r) => r.cart_id))], clock.now().toString());
  return summariseCart(tx, profileId, ids[0] ?? null);
}
