import { readItems } from "../catalog/index.ts";
import { findProfile } from "../identity/index.ts";
import { available } from "../inventory/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";
import type { Cart, Holder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type ItemRow, loadItems } from "./queries/cart-items.pg.ts";
import { type CartRow, loadCartsOf, loadDeviceCart } from "./queries/carts.pg.ts";

/** What an empty cart is counted in. */
const NO_CURRENCY = "EUR";

/** The holder's cart as it may be shown to it. */
export async function readCart(db: Db, clock: Clock, holder: Holder): Promise<Cart> {
  if (holder.kind === "device") {
    const cart = await loadDeviceCart(db, holder.anonymousId);
    return show(db, clock, cart ? [cart] : []);
  }
  const profileId = (await findProfile(db, holder.profileId)) ?? holder.profileId;
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
  const lines = newestPerVariant(
    await loadItems(
      db,
      (await loadCartsOf(db, profileId)).map((cart) => cart.id),
    ),
  );
  const known = await readItems(
    db,
    lines.map((line) => line.variant_id),
  );
  let items = 0;
  let value = 0;
  let currency = NO_CURRENCY;
  for (const { variant_id, quantity } of lines) {
    const item = known.get(variant_id);
    if (!item) continue;
    items += quantity;
    value += quantity * item.price.amount;
    currency = item.price.currency;
  }
  return { cart_id: cartId, items, value: toMajor(value, currency), currency };
}

async function show(db: Db, clock: Clock, carts: readonly CartRow[]): Promise<Cart> {
  const lines = newestPerVariant(
    await loadItems(
      db,
      carts.map((cart) => cart.id),
    ),
  );
  const ids = lines.map((line) => line.variant_id);
  const [known, stock] = await Promise.all([readItems(db, ids), available(db, clock, ids)]);
  const items = lines.flatMap((line) => {
    const item = known.get(line.variant_id);
    if (!item) return [];
    return [
      {
        variant_id: item.variantId,
        product_id: item.productId,
        sku: item.sku,
        title: item.title,
        titles: item.titles,
        size: item.size,
        color: item.color,
        image_url: item.imageUrl,
        price: item.price,
        quantity: line.quantity,
        available: Math.max(0, stock.get(item.variantId)?.web ?? 0),
        added_at: line.added_at,
      },
    ];
  });
  const own = carts.find((cart) => cart.anonymous_id === null) ?? carts[0];
  return {
    id: own?.id ?? null,
    items,
    total: items.reduce((sum, item) => sum + item.quantity * item.price.amount, 0),
    currency: items[0]?.price.currency ?? NO_CURRENCY,
    updated_at:
      carts
        .map((cart) => cart.updated_at)
        .sort()
        .at(-1) ?? null,
  };
}

/** A variant in several carts of one person counts as it was last set, not as a sum: she wants it once. */
function newestPerVariant(lines: readonly ItemRow[]): ItemRow[] {
  const newest = new Map<string, ItemRow>();
  for (const line of lines) {
    const other = newest.get(line.variant_id);
    if (!other || line.updated_at >= other.updated_at) newest.set(line.variant_id, line);
  }
  return [...newest.values()];
}
