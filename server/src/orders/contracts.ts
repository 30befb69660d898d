import { z } from "zod";

import { discrepancy } from "../inventory/contracts.ts";
import { money } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

const webOrder = z.object({
  /** What lies in the caller's cart is ordered. */
  channel: z.literal("web"),
  email: z.email().max(320).optional(),
  payment: z.literal("test"),
});
export type WebOrder = z.infer<typeof webOrder>;

const tillSale = z.object({
  channel: z.literal("store"),
  store_id: z.uuid(),
  /** Whom the associate has found; null or absent for somebody unknown. */
  profile_id: z.uuid().nullish(),
  /** Told at the till, for the receipt: finds the customer, proves nothing. */
  email: z.email().max(320).optional(),
  lines: z
    .array(z.object({ variant_id: z.uuid(), quantity: z.int().min(1).max(999) }))
    .min(1)
    .max(100),
  payment: z.enum(["cash", "card"]),
  /** The till's own number of the sale; the same number is the same sale for ever. */
  order_id: z.string().min(1).max(100).optional(),
});
export type TillSale = z.infer<typeof tillSale>;

export const orderBody = z.discriminatedUnion("channel", [webOrder, tillSale]);
export type OrderBody = z.infer<typeof orderBody>;

export const orderLine = z.object({
  variant_id: z.uuid(),
  product_id: z.uuid(),
  sku: z.string(),
  title: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  image_url: z.string(),
  price: money,
  quantity: z.int(),
});

export const STATUSES = ["awaiting_payment", "paid", "completed", "cancelled"] as const;

export const order = z.object({
  id: z.uuid(),
  number: z.string(),
  channel: z.string(),
  store_id: z.uuid().nullable(),
  store_name: z.string().nullable(),
  profile_id: z.uuid().nullable(),
  profile_name: z.string().nullable(),
  email: z.string().nullable(),
  /** The three axes below in one word. */
  status: z.enum(STATUSES),
  state: z.enum(["placed", "completed", "cancelled"]),
  payment: z.object({ method: z.string(), state: z.enum(["pending", "paid", "failed", "voided"]) }),
  fulfilment: z.object({ state: z.enum(["unfulfilled", "fulfilled", "cancelled"]) }),
  total: money,
  currency: z.string(),
  placed_at: z.string(),
  created_at: z.string(),
  lines: z.array(orderLine),
});
export type Order = z.infer<typeof order>;

export const placedOrder = order.extend({
  /** Where the books disagreed with the goods in hand; see the inventory's discrepancies. */
  discrepancies: z.array(z.object({ variant_id: z.uuid(), kind: discrepancy.shape.kind, quantity: z.int() })),
});
export type PlacedOrder = z.infer<typeof placedOrder>;

export const orderPage = pageOf(order);
export const orderQuery = pageQuery.extend({ profile: z.string().max(600).optional() });
export type OrderQuery = z.infer<typeof orderQuery>;
