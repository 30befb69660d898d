import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { loadItems, pourItems } from "./queries/cart-items.pg.ts";
import { type CartRow, deleteCarts, loadDeviceCart, saveMarket, touchCarts } from "./queries/carts.pg.ts";
import { tellCart } from "./tell-cart.ts";

/**
 * Lays a device's cart into the person's: the guest's quantity replaces hers. The device's cart is gone afterwards, so
 * it can happen only once. Both carts must be locked. Answers whether there was anything.
 */
export async function pourCart(tx: Tx, clock: Clock, anonymousId: string, into: CartRow): Promise<boolean> {
  const from = await loadDeviceCart(tx, anonymousId);
  if (!from) return false;
  const items = await loadItems(tx, [from.id]);
  const at = clock.now().toString();
  // An empty cart is where the guest was shopping; else her own prices go on holding.
  if (items.length > 0 && (await loadItems(tx, [into.id])).length === 0) await saveMarket(tx, into.id, from);
  await pourItems(tx, from.id, into.id, at);
  await deleteCarts(tx, [from.id]);
  if (items.length === 0) return false;
  await touchCarts(tx, [into.id], at);
  const change = { cartId: into.id, profileId: into.profile_id, anonymousId };
  await tellCart(tx, clock, change, [{ name: "Cart Merged", items }]);
  return true;
}
