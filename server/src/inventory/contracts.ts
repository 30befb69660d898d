import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";

/** So many of one variant. */
export interface Line {
  readonly variantId: string;
  readonly quantity: number;
}

/** What a movement is booked for: an order, a delivery note, a count; and who did it. */
export interface Cause {
  readonly type: string;
  readonly id: string;
  readonly actor?: string | null;
}

/** What a caller says after its commit, by `announce`. */
export interface Touched {
  readonly productId: string;
  readonly storeId: string | null;
}

/** A line that cannot be served; `available` is never below 0. */
export interface Shortage {
  readonly variantId: string;
  readonly wanted: number;
  readonly available: number;
}

/** What may be sold of a variant: signed, because a till may have sold what was promised. Show 0 for less. */
export interface Availability {
  /** All places the web may sell from, together. */
  readonly web: number;
  /** Each store alone, for pick-up there. */
  readonly stores: readonly { readonly storeId: string; readonly name: string; readonly available: number }[];
}

export const stockItem = z.object({
  variant_id: z.uuid(),
  product_id: z.uuid(),
  location_id: z.uuid(),
  location_name: z.string(),
  kind: z.enum(["web", "store"]),
  web_sellable: z.boolean(),
  on_hand: z.int(),
  committed: z.int(),
  /** Live holds only. */
  reserved: z.int(),
  safety: z.int(),
  /** on_hand - committed - reserved - safety, signed. */
  available: z.int(),
});
export type StockItem = z.infer<typeof stockItem>;
export const stockList = pageOf(stockItem);

/** Comma-separated ids of variants, or one product. */
const variantIds = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.uuid()).max(200));
export const whichStock = z
  .object({ variant: variantIds.optional(), product: z.uuid().optional() })
  .refine((q) => (q.variant === undefined) !== (q.product === undefined), "give either `variant` or `product`");
export type WhichStock = z.infer<typeof whichStock>;

export const availabilityList = z.object({
  items: z.array(
    z.object({
      variant_id: z.uuid(),
      web: z.int().min(0),
      stores: z.array(z.object({ store_id: z.uuid(), name: z.string(), available: z.int().min(0) })),
    }),
  ),
});
export type AvailabilityList = z.infer<typeof availabilityList>;

/** The movements people may write by hand; the others are written by orders. */
export const MANUAL_KINDS = ["receive", "return", "adjust", "safety"] as const;

const manualMovement = z
  .object({
    variant_id: z.uuid(),
    location_id: z.uuid(),
    kind: z.enum(MANUAL_KINDS),
    /** Added to the counter: negative only for `adjust` and `safety`, never 0. */
    quantity: z.int().min(-1_000_000).max(1_000_000),
    reason: z.string().min(1).max(500).optional(),
  })
  .refine((m) => m.quantity !== 0 && (m.quantity > 0 || m.kind === "adjust" || m.kind === "safety"), {
    path: ["quantity"],
    message: "is 0, or negative for a kind that only adds",
  })
  .refine((m) => m.kind !== "adjust" || m.reason !== undefined, {
    path: ["reason"],
    message: "an adjustment says why",
  });
export const movementsBody = z.object({
  /** The delivery note or count; told twice, a delivery is received once. */
  document: z.string().min(1).max(200).optional(),
  movements: z.array(manualMovement).min(1).max(1000),
});
export type MovementsBody = z.infer<typeof movementsBody>;

export const movementQuery = pageQuery.extend({ variant: z.uuid().optional(), location: z.uuid().optional() });
export type MovementQuery = z.infer<typeof movementQuery>;
export const movement = z.object({
  id: z.uuid(),
  variant_id: z.uuid(),
  location_id: z.uuid(),
  kind: z.string(),
  on_hand: z.int(),
  committed: z.int(),
  reserved: z.int(),
  safety: z.int(),
  at: z.string(),
  source_type: z.string(),
  source_id: z.string(),
  reason: z.string().nullable(),
  actor: z.string().nullable(),
});
export type Movement = z.infer<typeof movement>;
export const movementPage = pageOf(movement);

export const discrepancy = z.object({
  id: z.uuid(),
  variant_id: z.uuid(),
  location_id: z.uuid(),
  kind: z.enum(["not_on_hand", "promised"]),
  quantity: z.int(),
  source_type: z.string(),
  source_id: z.string(),
  opened_at: z.string(),
});
export type Discrepancy = z.infer<typeof discrepancy>;
export const discrepancyPage = pageOf(discrepancy);

export const breach = z.object({
  variant_id: z.uuid(),
  location_id: z.uuid(),
  counter: z.enum(["on_hand", "committed", "reserved", "safety", "held rows", "committed rows"]),
  kept: z.int(),
  counted: z.int(),
});
export type Breach = z.infer<typeof breach>;
export const checkReport = z.object({ items: z.array(breach) });
