import type { Market } from "../catalog/index.ts";
import { findProfile } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import type { Holder } from "./contracts.ts";
import { type OpenDeps, openCart } from "./open-cart.ts";
import { loadItems, removeItems } from "./queries/cart-items.pg.ts";
import { lockCarts, touchCarts } from "./queries/carts.pg.ts";
import { marketOf, summariseCart } from "./read-cart.ts";
import { markBought } from "./shopping/queries/items.pg.ts";

export interface CheckOut {
  readonly cartId: string;
  readonly profileId: string;
  /** Whose prices hold. */
  readonly market: Market;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/** Locks the holder's cart for an order and says what is in it. Nothing leaves it before it is paid. */
export async function openCheckOut(tx: Tx, deps: OpenDeps, holder: Holder): Promise<CheckOut> {
  const { cart, profileId } = await openCart(tx, deps, holder);
  const items = await loadItems(tx, [cart.id]);
  const lines = items.map((item) => ({ variantId: item.variant_id, quantity: item.quantity }));
  return { cartId: cart.id, profileId, market: marketOf(cart), lines };
}

export interface Bought {
  /** The profile the carts belong to now: `given`, or the one it was merged into. */
  readonly profileId: string;
  /** What is left, as the order's event carries it. */
  readonly cart: JsonObject;
}

/**
 * What a person bought, on whatever channel, leaves all her carts and lists. Call it before stock is locked: they come
 * first.
 * If her profile is being merged away at this moment, the lock waits for it and the carts are looked for again.
 */
export async function removeBought(
  tx: Tx,
  clock: Clock,
  given: string,
  variantIds: readonly string[],
): Promise<Bought> {
  const find = async () => (await findProfile(tx, given)) ?? given;
  let profileId = await find();
  let carts = await lockCarts(tx, [profileId], null);
  for (let now = await find(); now !== profileId; now = await find()) {
    profileId = now;
    carts = await lockCarts(tx, [profileId], null);
  }
  const ids = carts.map((cart) => cart.id);
  await markBought(tx, profileId, variantIds, clock.now().toString({ fractionalSecondDigits: 3 }));
  const removed = await removeItems(tx, ids, variantIds);
  if (removed.length > 0) await touchCarts(tx, [...new Set(removed.map((r) => r.cart_id))], clock.now().toString());
  const own = carts.find((cart) => cart.anonymous_id === null) ?? carts[0];
  return { profileId, cart: await summariseCart(tx, profileId, own?.id ?? null) };
}
