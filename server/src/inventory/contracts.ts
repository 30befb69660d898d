import { z } from "zod";
import { money } from "../platform/money.ts";

import { pageOf, pageQuery } from "../platform/pages.ts";

/** Channels that sell what lies somewhere else. A sale in a store is of what lies there. */
export const SALES_CHANNELS = ["web", "app", "kiosk", "phone", "chat", "voice", "api"] as const;
export type SalesChannel = (typeof SALES_CHANNELS)[number];

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
  /** The same for every channel. */
  readonly channels: Readonly<Record<SalesChannel, number>>;
  /** Each store alone, for pick-up there. */
  readonly stores: readonly { readonly storeId: string; readonly name: string; readonly available: number }[];
}

export const stockItem = z.object({
  variant_id: z.uuid(),
  product_id: z.uuid(),
  location_id: z.uuid(),
  location_name: z.string(),
  kind: z.enum(["web", "store"]),
  /** May be sold on the web and delivered from here. */
  web_sellable: z.boolean(),
  /** All channels that may sell what lies here. */
  channels: z.array(z.enum(SALES_CHANNELS)),
  on_hand: z.int(),
  committed: z.int(),
  /** Live holds only. */
  reserved: z.int(),
  safety: z.int(),
  damaged: z.int(),
  quality_control: z.int(),
  /** On its way here; not on hand yet. */
  incoming: z.int(),
  /** on_hand - committed - reserved - safety - damaged - quality_control, signed. */
  available: z.int(),
});
export type StockItem = z.infer<typeof stockItem>;
export const stockList = pageOf(stockItem);

export const location = z.object({
  id: z.uuid(),
  /** `web` is a warehouse. */
  kind: z.enum(["web", "store"]),
  name: z.string(),
  store_id: z.uuid().nullable(),
  /** The channels that may sell what lies here. */
  channels: z.array(z.enum(SALES_CHANNELS)),
  /** Orders take from the lowest number first. */
  priority: z.int(),
});
export const locationList = pageOf(location);
export const locationBody = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  channels: z.array(z.enum(SALES_CHANNELS)).max(SALES_CHANNELS.length).optional(),
  priority: z.int().min(0).max(10_000).optional(),
});
export type LocationBody = z.infer<typeof locationBody>;

/** What lies at one place, variant by variant. */
export const shelfQuery = pageQuery.extend({
  location: z.uuid(),
  /** Only what has at most so many available. */
  at_most: z.coerce.number().int().optional(),
  /** Only what somebody has yet to look at. */
  to_check: z.stringbool().optional(),
});
export type ShelfQuery = z.infer<typeof shelfQuery>;
/** In other languages, by their tags. */
const titles = z.record(z.string(), z.string());
/** What a person calls a variant. */
const named = z.object({
  sku: z.string(),
  title: z.string(),
  titles,
  size: z.string().nullable(),
  color: z.string().nullable(),
  image_url: z.string(),
});
/** The same, somewhere. */
const namedThere = named.extend({ location_name: z.string() });
export const shelfPage = pageOf(
  stockItem.extend({
    ...named.shape,
    gtin: z.string().nullable(),
    /** Null: the catalogue no longer has it. */
    price: money.nullable(),
  }),
);

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
      channels: z.record(z.enum(SALES_CHANNELS), z.int().min(0)),
      stores: z.array(z.object({ store_id: z.uuid(), name: z.string(), available: z.int().min(0) })),
    }),
  ),
});
export type AvailabilityList = z.infer<typeof availabilityList>;

/** The movements people may write by hand; the others are written by orders. */
export const MANUAL_KINDS = [
  "receive",
  "return",
  "adjust",
  "safety",
  "damage",
  "check",
  "fail_check",
  "write_off",
  "expect",
] as const;
type ManualKind = (typeof MANUAL_KINDS)[number];
/** Kinds that go either way; of the others the quantity is how many. */
const EITHER_WAY: ReadonlySet<ManualKind> = new Set(["adjust", "safety", "damage", "check", "expect"]);
const WITH_REASON: ReadonlySet<ManualKind> = new Set(["adjust", "damage", "write_off"]);

/** When it happened, if we are told later: a till that was offline. */
const happenedAt = z.iso.datetime({ offset: true }).optional();

const manualMovement = z
  .object({
    variant_id: z.uuid(),
    location_id: z.uuid(),
    kind: z.enum(MANUAL_KINDS),
    /** Negative only for `adjust`, `safety`, `damage`, `check` and `expect`, never 0. */
    quantity: z.int().min(-1_000_000).max(1_000_000),
    reason: z.string().min(1).max(500).optional(),
    /** Of what is received: so many had been announced by `expect`. */
    expected: z.boolean().optional(),
  })
  .refine((m) => m.quantity !== 0 && (m.quantity > 0 || EITHER_WAY.has(m.kind)), {
    path: ["quantity"],
    message: "is 0, or negative for a kind that goes one way",
  })
  .refine((m) => !WITH_REASON.has(m.kind) || m.reason !== undefined, {
    path: ["reason"],
    message: "this kind says why",
  })
  .refine((m) => m.expected === undefined || m.kind === "receive", {
    path: ["expected"],
    message: "only what is received was expected",
  });
export const movementsBody = z.object({
  /** The delivery note or count; told twice, a delivery is received once. */
  document: z.string().min(1).max(200).optional(),
  /** Absent: now. */
  happened_at: happenedAt,
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
  damaged: z.int(),
  quality_control: z.int(),
  incoming: z.int(),
  /** When we were told. */
  at: z.string(),
  /** When the goods moved. */
  happened_at: z.string(),
  source_type: z.string(),
  source_id: z.string(),
  reason: z.string().nullable(),
  actor: z.string().nullable(),
});
export type Movement = z.infer<typeof movement>;
/** Why the house itself moved stock. */
export const OWN_REASONS = ["counted", "in_time", "not_arrived", "in_hand", "found_damaged", "not_found"] as const;
export type OwnReason = (typeof OWN_REASONS)[number];
export const movementPage = pageOf(
  movement.extend({
    ...namedThere.shape,
    /** Of a reason in the house's own words; null of what people typed. */
    reason_code: z.enum(OWN_REASONS).nullable(),
  }),
);

export const discrepancy = z.object({
  id: z.uuid(),
  variant_id: z.uuid(),
  location_id: z.uuid(),
  /** A till sold what the books had not; it was promised to others; a transfer arrived short. */
  kind: z.enum(["not_on_hand", "promised", "lost_in_transfer"]),
  quantity: z.int(),
  source_type: z.string(),
  source_id: z.string(),
  opened_at: z.string(),
  resolved_at: z.string().nullable(),
  resolved_by: z.string().nullable(),
  resolution: z.string().nullable(),
});
export type Discrepancy = z.infer<typeof discrepancy>;
export const discrepancyPage = pageOf(discrepancy.extend(namedThere.shape));
/** One that was just found. */
export type NewDiscrepancy = Omit<Discrepancy, "opened_at" | "resolved_at" | "resolved_by" | "resolution">;
export const discrepancyQuery = pageQuery.extend({
  location: z.uuid().optional(),
  state: z.enum(["open", "resolved"]).default("open"),
});
export type DiscrepancyQuery = z.infer<typeof discrepancyQuery>;
/** What was found out about it. */
export const resolveBody = z.object({ resolution: z.string().min(1).max(500) });

export const breach = z.object({
  variant_id: z.uuid(),
  location_id: z.uuid(),
  counter: z.enum([
    "on_hand",
    "committed",
    "reserved",
    "safety",
    "damaged",
    "quality_control",
    "incoming",
    "held rows",
    "committed rows",
    "incoming rows",
  ]),
  kept: z.int(),
  counted: z.int(),
});
export type Breach = z.infer<typeof breach>;
export const checkReport = z.object({
  items: z.array(breach.extend(namedThere.shape)),
});

const line = z.object({ variant_id: z.uuid(), quantity: z.int().min(1).max(1_000_000) });

/** From all places that a channel may sell from, or from one store. */
export const holdBody = z
  .object({
    lines: z.array(line).min(1).max(200),
    /** How long; a hold is renewed only while it lives. */
    seconds: z.int().min(1).max(86_400).default(600),
    channel: z.enum(SALES_CHANNELS).optional(),
    store_id: z.uuid().optional(),
  })
  .refine((h) => h.channel === undefined || h.store_id === undefined, {
    path: ["store_id"],
    message: "give either `channel` or `store_id`",
  });
export type HoldBody = z.infer<typeof holdBody>;
export const renewBody = z.object({ seconds: z.int().min(1).max(86_400).default(600) });
export const hold = z.object({
  id: z.uuid(),
  state: z.enum(["held", "committed"]),
  /** Null once it is committed. */
  expires_at: z.string().nullable(),
  lines: z.array(z.object({ variant_id: z.uuid(), location_id: z.uuid(), quantity: z.int() })),
});
export type Hold = z.infer<typeof hold>;

/** Absolute numbers, written only if the books still say what the caller had seen. All of them or none. */
export const setLevelsBody = z.object({
  reason: z.string().min(1).max(500),
  levels: z
    .array(
      z.object({
        variant_id: z.uuid(),
        location_id: z.uuid(),
        on_hand: z.int().min(0).max(1_000_000),
        /** What "on hand" was when it was read. */
        expected: z.int().min(0),
      }),
    )
    .min(1)
    .max(1000),
});
export type SetLevelsBody = z.infer<typeof setLevelsBody>;
export const stockSet = z.object({
  items: z.array(z.object({ variant_id: z.uuid(), location_id: z.uuid(), on_hand: z.int(), changed_by: z.int() })),
});
export type StockSet = z.infer<typeof stockSet>;

export const countBody = z.object({
  /** The counting sheet; told twice, it is counted once. */
  document: z.string().min(1).max(200),
  location_id: z.uuid(),
  lines: z
    .array(
      z.object({
        variant_id: z.uuid(),
        counted: z.int().min(0).max(1_000_000),
        /** When the shelf was counted; absent: now. What happened after it counts on top, also when it is told later. */
        counted_at: happenedAt,
      }),
    )
    .min(1)
    .max(1000),
});
export type CountBody = z.infer<typeof countBody>;
export const countReport = z.object({
  items: z.array(
    z.object({
      variant_id: z.uuid(),
      counted: z.int(),
      /** What the books said for that instant. */
      booked: z.int(),
      /** What they say now. */
      on_hand: z.int(),
    }),
  ),
});
export type CountReport = z.infer<typeof countReport>;

export const transferBody = z
  .object({
    from: z.uuid(),
    to: z.uuid(),
    note: z.string().min(1).max(500).optional(),
    lines: z.array(line).min(1).max(1000),
  })
  .refine((t) => t.from !== t.to, { path: ["to"], message: "is where it comes from" });
export type TransferBody = z.infer<typeof transferBody>;
/** What arrived. The transfer ends with it unless `is_partial`; what is missing then becomes a discrepancy. */
export const receiveBody = z.object({
  lines: z.array(z.object({ variant_id: z.uuid(), quantity: z.int().min(0).max(1_000_000) })).max(1000),
  is_partial: z.boolean().default(false),
});
export type ReceiveBody = z.infer<typeof receiveBody>;
export const transfer = z.object({
  id: z.uuid(),
  from: z.uuid(),
  to: z.uuid(),
  state: z.enum(["in_transit", "received", "cancelled"]),
  note: z.string().nullable(),
  actor: z.string().nullable(),
  sent_at: z.string(),
  ended_at: z.string().nullable(),
  lines: z.array(z.object({ variant_id: z.uuid(), quantity: z.int(), received: z.int() })),
});
export type Transfer = z.infer<typeof transfer>;
export const transferPage = pageOf(transfer);
export const transferQuery = pageQuery.extend({
  location: z.uuid().optional(),
  state: z.enum(["in_transit", "received", "cancelled"]).optional(),
});
export type TransferQuery = z.infer<typeof transferQuery>;

/** A kit is sold as one and packed at one place from its parts. No parts: it is a kit no more. */
export const kitBody = z.object({
  parts: z.array(z.object({ variant_id: z.uuid(), quantity: z.int().min(1).max(1000) })).max(50),
});
export type KitBody = z.infer<typeof kitBody>;
export const kit = z.object({
  variant_id: z.uuid(),
  parts: z.array(z.object({ variant_id: z.uuid(), quantity: z.int() })),
});

/** Where goods lie in a store, as its staff call it. */
export const shelfPlace = z.object({
  variant_id: z.uuid(),
  place: z.string(),
  sku: z.string(),
  title: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
});
export type ShelfPlace = z.infer<typeof shelfPlace>;
export const shelfPlacePage = pageOf(shelfPlace);
export const shelfPlaceQuery = pageQuery.extend({ store: z.uuid() });
export type ShelfPlaceQuery = z.infer<typeof shelfPlaceQuery>;
export const shelfPlacesBody = z.object({
  store_id: z.uuid(),
  items: z
    .array(z.object({ variant_id: z.uuid(), place: z.string().trim().min(1).max(40).nullable() }))
    .min(1)
    .max(1_000),
});
export type ShelfPlacesBody = z.infer<typeof shelfPlacesBody>;
