import { type Market, readItems } from "../catalog/index.ts";
import { findProfile } from "../identity/index.ts";
import { available } from "../inventory/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";
import type { Cart, CartHand } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type ItemRow, loadItems } from "./queries/cart-items.pg.ts";
import { type CartRow, loadCartsOf, loadDeviceCart } from "./queries/carts.pg.ts";
import { showItem } from "./show-item.ts";

/** What an empty cart is counted in. */
const NO_CURRENCY = "EUR";

/** The cart as it may be shown to whoever asks. */
export async function readCart(db: Db, clock: Clock, hand: CartHand): Promise<Cart> {
  if (hand.kind === "staff") return readCartByRef(db, clock, hand.ref);
  if (hand.kind === "device") {
    const cart = await loadDeviceCart(db, hand.anonymousId);
    return show(db, clock, cart ? [cart] : []);
  }
  const profileId = (await findProfile(db, hand.profileId)) ?? hand.profileId;
  const own = (await loadCartsOf(db, profileId)).filter((cart) => cart.anonymous_id === null);
  return show(db, clock, own);
}

/**
 * All that lies in a person's carts, also what her devices put in before she signed in: for staff, mails and
 * decisions about her, never for a device.
 */
export async function cartOf(db: Db, clock: Clock, profileId: string): Promise<Cart> {
  return show(db, clock, await loadCartsOf(db, profileId));
}

export async function readCartByRef(db: Db, clock: Clock, ref: string): Promise<Cart> {
  const profileId = await findProfile(db, ref);
  if (profileId === null) throw refuse("profile_not_found");
  return cartOf(db, clock, profileId);
}

/** The cart in a few numbers, as events carry it: `{ cart_id, items, value, currency }`, value in major units. */
export async function summariseCart(db: Db, profileId: string, cartId: string | null): Promise<JsonObject> {
  const { lines, known, market } = await layOut(db, await loadCartsOf(db, profileId));
  let items = 0;
  let value = 0;
  let currency = market.currency ?? NO_CURRENCY;
  for (const { variant_id, quantity } of lines) {
    const item = known.get(variant_id);
    if (!item || item.notSold) continue;
    items += quantity;
    value += quantity * item.price.amount;
    currency = item.price.currency;
  }
  return { cart_id: cartId, items, value: toMajor(value, currency), currency };
}

/** Carts of one person as one: her own, else the first, says whose prices hold. */
async function layOut(db: Db, carts: readonly CartRow[]) {
  const ids = carts.map((cart) => cart.id);
  const lines = newestPerVariant(ids.length > 0 ? await loadItems(db, ids) : []);
  const own = carts.find((cart) => cart.anonymous_id === null) ?? carts[0];
  const market = own ? marketOf(own) : {};
  const variants = lines.map((line) => line.variant_id);
  return { own, lines, market, variants, known: await readItems(db, variants, market) };
}

/** Where the person or device that a list belongs to buys, as it was chosen for the cart. */
export async function marketOfOwner(
  db: Db,
  owner: { readonly profile_id: string; readonly anonymous_id: string | null },
): Promise<Market> {
  const cart =
    owner.anonymous_id === null
      ? (await loadCartsOf(db, owner.profile_id)).find(({ anonymous_id }) => anonymous_id === null)
      : await loadDeviceCart(db, owner.anonymous_id);
  return cart ? marketOf(cart) : {};
}

export function marketOf({ currency, region }: Pick<CartRow, "currency" | "region">): Market {
  return currency === null ? {} : { currency, region: region ?? undefined };
}

async function show(db: Db, clock: Clock, carts: readonly CartRow[]): Promise<Cart> {
  const { own, lines, market, variants, known } = await layOut(db, carts);
  const stock = await available(db, clock, variants);
  const items = lines.flatMap((line) => {
    const item = known.get(line.variant_id);
    return item ? [showItem(line, item, Math.max(0, stock.get(item.variantId)?.web ?? 0))] : [];
  });
  const sold = items.filter((item) => item.not_sold === null);
  return {
    id: own?.id ?? null,
    items,
    total: sold.reduce((sum, item) => sum + item.quantity * item.price.amount, 0),
    currency: market.currency ?? sold[0]?.price.currency ?? items[0]?.price.currency ?? NO_CURRENCY,
    region: market.region ?? null,
    market: market.currency === undefined ? null : { currency: market.currency, region: market.region ?? null },
    updated_at:
      carts
        .map((cart) => cart.updated_at)
        .sort()
        .at(-1) ?? null,
  };
}

/** A variant in several carts of one person counts as it was last set, not as a sum: she wants it once. */
export function newestPerVariant(lines: readonly ItemRow[]): ItemRow[] {
  const newest = new Map<string, ItemRow>();
  for (const line of lines) {
    const other = newest.get(line.variant_id);
    if (!other || line.updated_at >= other.updated_at) newest.set(line.variant_id, line);
  }
  return [...newest.values()];
}
