import type { Market } from "../catalog/index.ts";
import { findProfile } from "../identity/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import { announceCart } from "./change-cart.ts";
import type { Holder } from "./contracts.ts";
import { announceErrand } from "./errands/move-errand.ts";
import { type EndedErrand, endErrands } from "./errands/queries/errands.pg.ts";
import { type OpenDeps, openCart } from "./open-cart.ts";
import { type Goods, loadItems, takeItems } from "./queries/cart-items.pg.ts";
import { lockCarts, touchCarts } from "./queries/carts.pg.ts";
import { marketOf, summariseCart } from "./read-cart.ts";
import { announceList } from "./shopping/announce-list.ts";
import { markBought } from "./shopping/queries/items.pg.ts";
import type { ListRow } from "./shopping/queries/lists.pg.ts";
import { summariseLists } from "./summarise-lists.ts";

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

/** Who has bought, and where. */
export interface Buyer {
  readonly profileId: string | null;
  /** The list that was brought to the till, whoever it belongs to. */
  readonly listId?: string | null;
  /** The store it was sold in, over the counter. */
  readonly storeId?: string | null;
}

export interface Bought {
  /** The profile the carts belong to now: the buyer's, or the one it was merged into. */
  readonly profileId: string | null;
  /** What is left, as the order's event carries it. */
  readonly cart: JsonObject | null;
  readonly lists: readonly Pick<ListRow, "id" | "profile_id">[];
  /** What is left on them all, as the order's event carries it; null when nothing of them was bought. */
  readonly listed: JsonObject | null;
  /** What the staff need not bring any more. */
  readonly ended: readonly EndedErrand[];
}

/**
 * What a person bought, on whatever channel, leaves all her carts and lists, so many as she bought, and what was brought for
 * it is done. Call it once per order, in the transaction that makes it a paid one, and before stock is locked: they come
 * first.
 * If her profile is being merged away at this moment, the lock waits for it and the carts are looked for again.
 */
export async function removeBought(
  tx: Tx,
  clock: Clock,
  { profileId: given, listId = null, storeId = null }: Buyer,
  goods: readonly Goods[],
): Promise<Bought> {
  const { profileId, carts } = given === null ? { profileId: null, carts: [] } : await lockCartsOf(tx, given);
  const at = clock.now().toString({ fractionalSecondDigits: 3 });
  const lists = profileId || listId ? await markBought(tx, { profileId, listId }, goods, at) : [];
  const listIds = lists.map(({ id }) => id);
  const ended = listIds.length > 0 ? await endErrands(tx, { listIds, storeId, at }) : [];
  const ids = carts.map((cart) => cart.id);
  const left = await takeItems(tx, ids, goods, at);
  if (left.length > 0) await touchCarts(tx, left, at);
  const own = carts.find((cart) => cart.anonymous_id === null) ?? carts[0];
  const cart = profileId === null ? null : await summariseCart(tx, profileId, own?.id ?? null);
  const isHers = profileId !== null && lists.some((list) => list.profile_id === profileId);
  return { profileId, cart, lists, listed: isHers ? await summariseLists(tx, profileId) : null, ended };
}

async function lockCartsOf(tx: Tx, given: string) {
  const find = async () => (await findProfile(tx, given)) ?? given;
  let profileId = await find();
  let carts = await lockCarts(tx, [profileId], null);
  for (let now = await find(); now !== profileId; now = await find()) {
    profileId = now;
    carts = await lockCarts(tx, [profileId], null);
  }
  return { profileId, carts };
}

/** Tells every open screen what has left with a purchase. After the commit only. */
export function announceBought(bus: Bus, { profileId, lists, ended }: Bought): void {
  for (const list of lists) announceList(bus, list.id, list.profile_id);
  for (const errand of ended) announceErrand(bus, errand);
  if (profileId !== null) announceCart(bus, profileId);
}
