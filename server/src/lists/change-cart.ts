import { type Item, type Market, readItems } from "../catalog/index.ts";
import type { Bus } from "../platform/bus.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import { annotationsOf, type GivenAnnotations, NO_ANNOTATIONS } from "./annotations.ts";
import { type AddBody, type Cart, type CartHand, MOST_PER_ITEM, type SetBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type OpenCart, type OpenDeps, openCart } from "./open-cart.ts";
import { loadPhotoIds } from "./photos/queries/photos.pg.ts";
import { type ItemRow, loadItems, removeItems, saveItems } from "./queries/cart-items.pg.ts";
import { loadCartsOf, touchCarts } from "./queries/carts.pg.ts";
import { marketOf, newestPerVariant, readCart } from "./read-cart.ts";
import { tellCart } from "./tell-cart.ts";

export interface CartDeps extends OpenDeps {
  readonly db: Db;
  readonly bus: Bus;
}

export const MOST_ITEMS = 200;

/** Puts more of a variant into the cart, with what is said beside it. */
export function addToCart(deps: CartDeps, hand: CartHand, item: AddBody): Promise<Cart> {
  const { variant_id: variantId, quantity, ...words } = item;
  return change(deps, hand, { variantId, words, decide: (there = 0) => there + quantity });
}

/** Sets how many of a variant lie in the cart, or what is said beside it; 0 takes it out. */
export function setInCart(
  deps: CartDeps,
  hand: CartHand,
  variantId: string,
  { quantity, ...words }: SetBody,
): Promise<Cart> {
  const decide = (there: number | undefined) => {
    if (quantity === undefined && there === undefined) throw refuse("not_in_cart");
    return quantity ?? there ?? 0;
  };
  return change(deps, hand, { variantId, words, decide });
}

interface Wanted {
  readonly variantId: string;
  readonly words: GivenAnnotations;
  readonly decide: (there: number | undefined) => number;
}

async function change(deps: CartDeps, hand: CartHand, { variantId, words, decide }: Wanted): Promise<Cart> {
  const { db, clock, bus } = deps;
  const { profileId, told } = await inTransaction(db, async (tx) => {
    const open = await openCart(tx, deps, hand);
    const { cart, profileId, poured } = open;
    const { cartIds, items } = await inSight(tx, hand, open);
    const there = items.find((item) => item.variant_id === variantId);
    const before = there?.quantity ?? 0;
    const after = decide(there?.quantity);
    const said = annotationsOf(words);
    if (after === before && Object.keys(said).length === 0) return { profileId, told: poured };
    const at = clock.now().toString();
    if (after === 0) await removeItems(tx, cartIds, [variantId]);
    else {
      if (after > MOST_PER_ITEM || (!there && items.length >= MOST_ITEMS)) {
        throw refuse("too_many", undefined, [{ path: "quantity", message: `is ${before} already` }]);
      }
      if (after > before) await checkVariant(tx, variantId, { market: marketOf(cart), beside: items[0]?.variant_id });
      if (said.photo_id && !(await loadPhotoIds(tx, { cartId: cart.id })).has(said.photo_id)) {
        throw refuse("photo_not_found");
      }
      const first = there ?? { ...NO_ANNOTATIONS, ...authorOf(hand), added_at: at };
      const row = { ...first, ...said, cart_id: cart.id, variant_id: variantId, quantity: after, updated_at: at };
      await saveItems(tx, [row]);
    }
    await touchCarts(tx, [cart.id], at);
    if (after !== before) {
      const name = after > before ? ("Product Added" as const) : ("Product Removed" as const);
      const news = [{ name, items: [{ variant_id: variantId, quantity: Math.abs(after - before) }] }];
      const byStaff = hand.kind === "staff";
      const anonymousId = byStaff ? null : hand.anonymousId;
      await tellCart(tx, clock, { cartId: cart.id, profileId, anonymousId, byStaff }, news);
    }
    return { profileId, told: true };
  });
  if (told) announceCart(bus, profileId);
  return readCart(db, clock, hand);
}

/** The staff sees all carts of a person as one; everybody else the one that is open. */
async function inSight(tx: Tx, hand: CartHand, { cart, profileId }: OpenCart) {
  const carts = hand.kind === "staff" ? await loadCartsOf(tx, profileId) : [cart];
  const cartIds = carts.map(({ id }) => id);
  return { cartIds, items: newestPerVariant(await loadItems(tx, cartIds)) };
}

function authorOf(hand: CartHand): Pick<ItemRow, "added_by" | "author_kind" | "author_name"> {
  if (hand.kind === "staff") return { added_by: null, author_kind: "associate", author_name: hand.name };
  return { added_by: hand.anonymousId, author_kind: "shopper", author_name: null };
}

/** Live notice of a changed cart and a call to work its events in. After the commit only. */
export function announceCart(bus: Bus, profileId: string): void {
  bus.changed("profile", profileId, ["cart"]);
  bus.wake("inbox");
}

/** A cart is paid in one currency: its market's, or that of what lies in it. */
async function checkVariant(
  tx: Tx,
  variantId: string,
  { market, beside }: { readonly market: Market; readonly beside: string | undefined },
): Promise<void> {
  const known = await readItems(tx, beside ? [variantId, beside] : [variantId], market);
  const item = known.get(variantId);
  if (!item) throw refuse("variant_not_found", undefined, [{ path: "variant_id", message: "is not known" }]);
  if (item.notSold) throw notSold(item, market, "variant_id");
  const other = beside && known.get(beside);
  if (other && market.currency === undefined && other.price.currency !== item.price.currency) {
    throw refuse("other_currency", undefined, [{ path: "variant_id", message: `costs ${item.price.currency}` }]);
  }
}

function notSold(item: Item, { currency }: Market, path: string) {
  return item.notSold === "archived"
    ? refuse("not_sold", undefined, [{ path, message: `${item.title} was taken off sale` }])
    : refuse("not_in_currency", undefined, [{ path, message: `${item.title} has no price in ${currency}` }]);
}
