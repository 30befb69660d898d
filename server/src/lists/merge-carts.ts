import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { followMerges } from "../platform/follow-merges.ts";
import { type ItemRow, loadItems, pourItems } from "./queries/cart-items.pg.ts";
import { type CartRow, deleteCarts, lockCarts, setOwner } from "./queries/carts.pg.ts";
import { tellCart } from "./tell-cart.ts";

/**
 * Profiles turned out to be one person: devices' carts follow her, persons' carts become one, the newer quantity wins.
 * A device's cart is not laid into hers here: a merge may rest on a claim, only a sign-in on that device does it.
 */
export async function mergeCarts(
  tx: Tx,
  clock: Clock,
  merges: readonly { readonly from: string; readonly into: string }[],
): Promise<void> {
  const targetOf = followMerges(merges);
  const carts = await lockCarts(tx, [...new Set([...targetOf].flat())], null);
  if (!carts.some((cart) => targetOf.has(cart.profile_id))) return;
  const itemsOf = Map.groupBy(
    await loadItems(
      tx,
      carts.map((cart) => cart.id),
    ),
    (item) => item.cart_id,
  );
  for (const [target, moved] of Map.groupBy(carts, (cart) => targetOf.get(cart.profile_id))) {
    if (target === undefined) continue;
    const stayed = carts.filter((cart) => cart.profile_id === target);
    const came = moved.flatMap((cart) => itemsOf.get(cart.id) ?? []);
    const met = stayed.flatMap((cart) => itemsOf.get(cart.id) ?? []);
    for (const cart of moved) await moveCart(tx, clock, cart, target, stayed);
    if (came.length > 0 && met.length > 0) await tellMerged(tx, clock, target, stayed[0]?.id ?? "", came);
  }
}

async function moveCart(tx: Tx, clock: Clock, cart: CartRow, target: string, stayed: CartRow[]): Promise<void> {
  const own = cart.anonymous_id === null ? stayed.find((other) => other.anonymous_id === null) : undefined;
  if (own === undefined) {
    await setOwner(tx, cart.id, target);
    stayed.push({ ...cart, profile_id: target });
    return;
  }
  await pourItems(tx, cart.id, own.id, clock.now().toString(), own.updated_at > cart.updated_at);
  await deleteCarts(tx, [cart.id]);
}

function tellMerged(tx: Tx, clock: Clock, profileId: string, cartId: string, items: readonly ItemRow[]): Promise<void> {
  return tellCart(tx, clock, { cartId, profileId, anonymousId: null }, [{ name: "Cart Merged", items }]);
}
