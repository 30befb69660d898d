import { readItems } from "../catalog/index.ts";
import { inTransaction } from "../platform/db.ts";
import { announceCart, type CartDeps } from "./change-cart.ts";
import type { Cart, CartHand, MarketBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { openCart } from "./open-cart.ts";
import { loadItems } from "./queries/cart-items.pg.ts";
import { saveMarket } from "./queries/carts.pg.ts";
import { readCart } from "./read-cart.ts";

/** Chooses whose prices hold for a cart. What has none there is named, and nothing is changed. */
export async function chooseMarket(deps: CartDeps, hand: CartHand, market: MarketBody): Promise<Cart> {
  const { db, clock, bus } = deps;
  const profileId = await inTransaction(db, async (tx) => {
    const { cart, profileId } = await openCart(tx, deps, hand);
    const ids = (await loadItems(tx, [cart.id])).map((item) => item.variant_id);
    const known = await readItems(tx, ids, market);
    const errors = ids.flatMap((id, i) => {
      const item = known.get(id);
      if (item?.notSold !== "not_in_currency") return [];
      return [{ path: `items.${i}`, message: `${item.title} has no price in ${market.currency}` }];
    });
    if (errors.length > 0) throw refuse("not_in_currency", undefined, errors);
    await saveMarket(tx, cart.id, { currency: market.currency, region: market.region ?? null });
    return profileId;
  });
  announceCart(bus, profileId);
  return readCart(db, clock, hand);
}
