import { asEventProduct, readItems } from "../catalog/index.ts";
import { append, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { summariseCart } from "./read-cart.ts";

export interface CartChange {
  readonly cartId: string;
  readonly profileId: string;
  readonly anonymousId: string | null;
  /** One of the staff has done it for her, in a store. */
  readonly byStaff?: boolean;
}

export interface CartNews {
  readonly name: "Product Added" | "Product Removed" | "Cart Merged";
  readonly items: readonly { readonly variant_id: string; readonly quantity: number }[];
}

/**
 * Writes what happened to a cart as events of Segment's e-commerce standard, in the same transaction. Each carries the
 * person's whole cart as it stands now, so that readers need not add up changes. "Cart Merged" lists the products
 * under `products`; the others are about one product each.
 */
export async function tellCart(tx: Tx, clock: Clock, change: CartChange, news: readonly CartNews[]): Promise<void> {
  const cart = await summariseCart(tx, change.profileId, change.cartId);
  const known = await readItems(
    tx,
    news.flatMap((n) => n.items.map((item) => item.variant_id)),
  );
  const events = news.flatMap(({ name, items }) => {
    const products = items.flatMap((item) => {
      const of = known.get(item.variant_id);
      return of ? [asEventProduct(of, item.quantity)] : [];
    });
    const facts = name === "Cart Merged" ? [{ products }] : products;
    return facts.map((fact) =>
      newEvent(clock, {
        messageId: newId(clock),
        source: "lists",
        name,
        profileId: change.profileId,
        anonymousId: change.anonymousId,
        channel: change.byStaff ? "store" : "web",
        properties: { ...fact, cart_id: change.cartId, cart, author: change.byStaff ? "associate" : "shopper" },
      }),
    );
  });
  await append(tx, events);
}
