import { z } from "zod";

import { currencyCode, money } from "../platform/money.ts";

/** More of one variant is a wholesaler's order, or a slip of the finger. */
export const MOST_PER_ITEM = 99;

const quantity = z.int().min(1).max(MOST_PER_ITEM);
export const addBody = z.object({ variant_id: z.uuid(), quantity: quantity.default(1) });
export const setBody = z.object({ quantity: z.int().min(0).max(MOST_PER_ITEM) });
export const variantParam = z.object({ variantId: z.uuid() });

export const cartItem = z.object({
  variant_id: z.uuid(),
  product_id: z.uuid(),
  sku: z.string(),
  title: z.string(),
  titles: z.record(z.string(), z.string()),
  size: z.string().nullable(),
  color: z.string().nullable(),
  image_url: z.string(),
  price: money,
  quantity: z.int(),
  /** How many the web may still sell, never below 0. */
  available: z.int(),
  added_at: z.string(),
});
export type CartItem = z.infer<typeof cartItem>;

export const cart = z.object({
  /** Null while nothing was ever put in. */
  id: z.uuid().nullable(),
  items: z.array(cartItem),
  /** Minor units of `currency`. */
  total: z.int(),
  currency: currencyCode,
  updated_at: z.string().nullable(),
});
export type Cart = z.infer<typeof cart>;

/**
 * Whose cart a request is about. A device alone sees and changes only what it put in itself; a person, proven by her
 * shopper token, has one cart on all her devices.
 */
export type Holder =
  | { readonly kind: "device"; readonly anonymousId: string }
  | { readonly kind: "person"; readonly profileId: string; readonly anonymousId: string };
