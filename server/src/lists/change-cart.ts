import { readItems } from "../catalog/index.ts";
import type { Bus } from "../platform/bus.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import { type Cart, type Holder, MOST_PER_ITEM } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type OpenDeps, openCart } from "./open-cart.ts";
import { loadItems, removeItems, saveItem } from "./queries/cart-items.pg.ts";
import { touchCarts } from "./queries/carts.pg.ts";
import { readCart } from "./read-cart.ts";
import { tellCart } from "./tell-cart.ts";

export interface CartDeps extends OpenDeps {
  readonly db: Db;
  readonly bus: Bus;
}

const MOST_ITEMS = 200;

/** Puts more of a variant into the cart. */
export function addToCart(deps: CartDeps, holder: Holder, variantId: string, quantity: number): Promise<Cart> {
  return change(deps, holder, variantId, (there) => there + quantity);
}

/** Sets how many of a variant lie in the cart; 0 takes it out. */
export function setInCart(deps: CartDeps, holder: Holder, variantId: string, quantity: number): Promise<Cart> {
  return change(deps, holder, variantId, () => quantity);
}

async function change(
  deps: CartDeps,
  holder: Holder,
  variantId: string,
  decide: (there: number) => number,
): Promise<Cart> {
  const { db, clock, bus } = deps;
  const { profileId, told } = await inTransaction(db, async (tx) => {
    const { cart, profileId, poured } = await openCart(tx, deps, holder);
    const items = await loadItems(tx, [cart.id]);
    const there = items.find((item) => item.variant_id === variantId);
    const before = there?.quantity ?? 0;
    const after = decide(before);
    if (after === before) return { profileId, told: poured };
    const at = clock.now().toString();
    if (after === 0) await removeItems(tx, [cart.id], [variantId]);
    else {
      if (after > MOST_PER_ITEM || (!there && items.length >= MOST_ITEMS)) {
        throw refuse("too_many", undefined, [{ path: "quantity", message: `is ${before} already` }]);
      }
      await checkVariant(tx, variantId, items[0]?.variant_id);
      await saveItem(tx, {
        cart_id: cart.id,
        variant_id: variantId,
        quantity: after,
        added_at: at,
        updated_at: at,
        added_by: holder.anonymousId,
      });
    }
    await touchCarts(tx, [cart.id], at);
    const name = after > before ? ("Product Added" as const) : ("Product Removed" as const);
    const news = [{ name, items: [{ variant_id: variantId, quantity: Math.abs(after - before) }] }];
    await tellCart(tx, clock, { cartId: cart.id, profileId, anonymousId: holder.anonymousId }, news);
    return { profileId, told: true };
  });
  if (told) announceCart(bus, profileId);
  return readCart(db, clock, holder);
}

/** Live notice of a changed cart and a call to work its events in. After the commit only. */
export function announceCart(bus: Bus, profileId: string): void {
  bus.changed("profile", profileId, ["cart"]);
  bus.wake("inbox");
}

/** A cart is paid in one currency. */
async function checkVariant(tx: Tx, variantId: string, otherId: string | undefined): Promise<void> {
  const known = await readItems(tx, otherId ? [variantId, otherId] : [variantId]);
  const item = known.get(variantId);
  if (!item) throw refuse("variant_not_found", undefined, [{ path: "variant_id", message: "is not known" }]);
  const other = otherId ? known.get(otherId) : undefined;
  if (other && other.price.currency !== item.price.currency) throw refuse("other_currency");
}
