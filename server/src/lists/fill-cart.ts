import { type Item, type Market, readItems } from "../catalog/index.ts";
import { inTransaction } from "../platform/db.ts";
import { announceCart, type CartDeps, MOST_ITEMS } from "./change-cart.ts";
import { type FilledCart, type Holder, type LeftOut, MOST_PER_ITEM } from "./contracts.ts";
import { openCart } from "./open-cart.ts";
import { type ItemRow, loadItems, saveItems } from "./queries/cart-items.pg.ts";
import { touchCarts } from "./queries/carts.pg.ts";
import { marketOf, readCart } from "./read-cart.ts";
import { lookAtList } from "./shopping/open-list.ts";
import { type ItemRow as Listed, loadLiveItems } from "./shopping/queries/items.pg.ts";
import type { Viewer } from "./shopping/viewer.ts";
import { tellCart } from "./tell-cart.ts";

/**
 * Lays a whole list into the caller's cart, each thing under the name of who listed it. Asked twice, nothing doubles: there are
 * at least as many of each as on the list. What cannot be bought there is left out, and said.
 */
export async function fillCart(
  deps: CartDeps,
  viewer: Extract<Viewer, { kind: "holder" }>,
  listId: string,
): Promise<FilledCart> {
  const { db, clock, bus } = deps;
  const { holder } = viewer;
  const { list } = await lookAtList(db, deps, viewer, listId);
  const listed = await loadLiveItems(db, [list.id]);
  const { profileId, leftOut } = await inTransaction(db, async (tx) => {
    const { cart, profileId } = await openCart(tx, deps, holder);
    const there = new Map((await loadItems(tx, [cart.id])).map((item) => [item.variant_id, item]));
    const market = marketOf(cart);
    const wanted = Map.groupBy(listed, (item) => item.variant_id);
    const known = await readItems(tx, [...there.keys(), ...wanted.keys()], market);
    const currency = currencyOf(market, [...there.keys(), ...wanted.keys()], known);
    const at = clock.now().toString();
    const leftOut: LeftOut[] = [];
    const laid: ItemRow[] = [];
    const added: { variant_id: string; quantity: number }[] = [];
    for (const [variantId, lines] of wanted) {
      const before = there.get(variantId);
      const quantity = Math.min(MOST_PER_ITEM, sum(lines));
      const reason = whyNot(known.get(variantId), currency) ?? (before || there.size < MOST_ITEMS ? null : "cart_full");
      if (reason !== null) leftOut.push({ variant_id: variantId, reason });
      else if (!before || before.quantity < quantity) {
        const row = {
          ...(before ?? { ...asCartItem(lines, holder), added_at: at }),
          cart_id: cart.id,
          quantity,
          updated_at: at,
        };
        laid.push(row);
        there.set(variantId, row);
        added.push({ variant_id: variantId, quantity: quantity - (before?.quantity ?? 0) });
      }
    }
    if (laid.length > 0) {
      await saveItems(tx, laid);
      await touchCarts(tx, [cart.id], at);
      const change = { cartId: cart.id, profileId, anonymousId: holder.anonymousId };
      await tellCart(tx, clock, change, [{ name: "Product Added", items: added }]);
    }
    return { profileId, leftOut };
  });
  announceCart(bus, profileId);
  return { ...(await readCart(db, clock, holder)), left_out: leftOut };
}

const sum = (lines: readonly Listed[]) => lines.reduce((all, { quantity }) => all + quantity, 0);

/** A cart is paid in one currency: its market's, or that of what lies or comes first. */
function currencyOf(market: Market, variantIds: readonly string[], known: ReadonlyMap<string, Item>) {
  if (market.currency !== undefined) return market.currency;
  return variantIds.flatMap((id) => known.get(id)?.price.currency ?? [])[0];
}

function whyNot(item: Item | undefined, currency: string | undefined): LeftOut["reason"] | null {
  if (!item) return "archived";
  if (item.notSold) return item.notSold;
  return item.price.currency === currency ? null : "not_in_currency";
}

/** What was said beside it comes along, but for photos: those stay with their list. */
function asCartItem(lines: readonly Listed[], holder: Holder) {
  const [first] = lines as [Listed, ...Listed[]];
  const { variant_id, author_kind, author_name, note, dimensions, store_id, chat_url } = first;
  const said = { note, dimensions, store_id, chat_url, photo_id: null };
  return { variant_id, author_kind, author_name, added_by: holder.anonymousId, ...said };
}
