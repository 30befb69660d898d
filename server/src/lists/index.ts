import type { Tx } from "../platform/db.ts";
import type { Room } from "../platform/room.ts";
import type { CartDeps } from "./change-cart.ts";
import { mergeCarts } from "./merge-carts.ts";
import { moveDeviceCarts } from "./queries/carts.pg.ts";
import { listRoutes } from "./routes.ts";

export { addToCart, announceCart } from "./change-cart.ts";
export { type CheckOut, openCheckOut, removeBought } from "./check-out-cart.ts";
export type { Cart, CartItem, Holder } from "./contracts.ts";
export { personalData as cartData } from "./personal-data.ts";
export { cartOf, readCart } from "./read-cart.ts";
export { readHolder } from "./read-holder.ts";
export { takeOverCart } from "./take-over-cart.ts";
export type { CartDeps };

export interface ListsRoom extends Room {
  /** Lets carts follow their people in the transaction that merges profiles. */
  onMerge(tx: Tx, merges: readonly { readonly from: string; readonly into: string }[]): Promise<void>;
  /** Gives a person the carts of her devices back; her own cart stays with the one who lived on. */
  onSeparate(
    tx: Tx,
    parted: { from: string; into: string; identifiers: ReadonlyMap<string, readonly string[]> },
  ): Promise<void>;
}

export function createLists(deps: CartDeps): ListsRoom {
  return {
    routes: (app) => listRoutes(app, deps),
    onMerge: (tx, merges) => mergeCarts(tx, deps.clock, merges),
    onSeparate: (tx, { from, into, identifiers }) =>
      moveDeviceCarts(tx, { from, into, devices: identifiers.get("anonymous_id") ?? [] }),
  };
}
