import { inTransaction } from "../platform/db.ts";
import { announceCart, type CartDeps } from "./change-cart.ts";
import type { Cart, Holder } from "./contracts.ts";
import { openCart } from "./open-cart.ts";
import { loadItems } from "./queries/cart-items.pg.ts";
import { loadDeviceCart } from "./queries/carts.pg.ts";
import { readCart } from "./read-cart.ts";

/** The cart as the holder sees it; on the first look after a sign-in, with what this device had put in before. */
export async function lookAtCart(deps: CartDeps, holder: Holder): Promise<Cart> {
  if (holder.kind === "person") await takeOverCart(deps, holder);
  return readCart(deps.db, deps.clock, holder);
}

/** Lays the device's cart into that of the person who has just proven to be using it. Twice is once. */
export async function takeOverCart(deps: CartDeps, holder: Extract<Holder, { kind: "person" }>): Promise<void> {
  const { db, bus } = deps;
  const guest = await loadDeviceCart(db, holder.anonymousId);
  if (!guest || (await loadItems(db, [guest.id])).length === 0) return;
  const { profileId, poured } = await inTransaction(db, (tx) => openCart(tx, deps, holder));
  if (poured) announceCart(bus, profileId);
}
