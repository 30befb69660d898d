import { z } from "zod";

import { discrepancy } from "../inventory/contracts.ts";
import { currencyCode, knownCurrency, money } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { LANGUAGES } from "./letters/words.ts";

export type { Policy as OrderPolicy } from "./policy.ts";

const text = (most: number) => z.string().trim().min(1).max(most);

export const address = z.object({
  name: text(200),
  line1: text(200),
  line2: text(200).optional(),
  city: text(100),
  postal_code: text(20).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, "an ISO 3166 code such as TR"),
  phone: text(40).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
});
export type Address = z.infer<typeof address>;

/** How some of the cart gets to the buyer; `variant_ids` absent: whatever no other entry names. */
const delivery = z
  .object({
    kind: z.enum(["delivery", "pickup", "locker"]),
    /** The store to pick up at, or the one that fills the locker. */
    store_id: z.uuid().optional(),
    variant_ids: z.array(z.uuid()).min(1).max(200).optional(),
  })
  .refine((d) => (d.kind === "delivery") === (d.store_id === undefined), {
    path: ["store_id"],
    message: "is needed for pick-up and lockers, and for nothing else",
  });
export type Delivery = z.infer<typeof delivery>;

/** A method alone, or with what the provider's own form gave for a card; never a card's number. */
const payment = z.union([
  z.literal("test"),
  z.object({ method: z.enum(["test", "stripe"]), token: z.string().min(1).max(200).optional() }),
]);

const webOrder = z
  .object({
    /** What lies in the caller's cart is ordered. */
    channel: z.enum(["web", "app", "kiosk"]),
    email: z.email().max(320).optional(),
    payment,
    /** Absent: all of it is delivered. */
    deliveries: z.array(delivery).min(1).max(5).optional(),
    /** Needed for what is delivered. */
    address: address.optional(),
    /** In which the buyer is written to. */
    language: z.enum(LANGUAGES).optional(),
  })
  .refine(({ address, deliveries }) => address !== undefined || deliveries?.every(({ kind }) => kind !== "delivery"), {
    path: ["address"],
    message: "is needed for what is delivered",
  });
export type WebOrder = z.infer<typeof webOrder>;

export const TENDERS = ["cash", "card", "gift_card"] as const;
const amount = z.int().min(0).max(1_000_000_000_000);

const tillSale = z.object({
  channel: z.literal("store"),
  store_id: z.uuid(),
  /** The list that was brought to the till for it: what is bought leaves it, whoever it belongs to. */
  list_id: z.uuid().optional(),
  /** What the amounts are in; absent: the store's currency. What has no price in it is refused. */
  currency: knownCurrency.optional(),
  /** Whom the associate has found; null or absent for somebody unknown. */
  profile_id: z.uuid().nullish(),
  /** Told at the till, for the receipt: finds the customer, proves nothing. */
  email: z.email().max(320).optional(),
  lines: z
    .array(
      z.object({
        variant_id: z.uuid(),
        quantity: z.int().min(1).max(999),
        /** What one of them was sold for, in minor units; absent: the catalogue's price now. An offline till says it. */
        unit_price: amount.optional(),
      }),
    )
    .min(1)
    .max(100),
  payment: z.union([
    z.enum(TENDERS),
    /** Paid in parts, in minor units; they sum to the total. */
    z
      .array(z.object({ method: z.enum(TENDERS), amount: amount.min(1) }))
      .min(1)
      .max(5),
  ]),
  /** Off the whole sale, and the tax in it, in minor units: split over the lines so that they sum to it. */
  discount: amount.optional(),
  tax: amount.optional(),
  /** The till's own number of the sale; the same number is the same sale for ever. */
  order_id: z.string().min(1).max(100).optional(),
  /** When it was sold, if the till was offline and tells it later. */
  sold_at: z.iso.datetime({ offset: true }).optional(),
  /** Which till of the store, and on which of its own days, which may end after midnight. */
  till: text(40).optional(),
  business_day: z.iso.date().optional(),
  language: z.enum(LANGUAGES).optional(),
});
export type TillSale = z.infer<typeof tillSale>;

export const orderBody = z.discriminatedUnion("channel", [webOrder, tillSale]);
export type OrderBody = z.infer<typeof orderBody>;

export const orderLine = z.object({
  position: z.int(),
  variant_id: z.uuid(),
  product_id: z.uuid(),
  sku: z.string(),
  title: z.string(),
  /** In other languages, by their tags. */
  titles: z.record(z.string(), z.string()),
  size: z.string().nullable(),
  color: z.string().nullable(),
  image_url: z.string(),
  price: money,
  quantity: z.int(),
  /** What it costs in the order: price × quantity less its share of the discount. */
  total: money,
  /** Of these, what never left the house and what came back. */
  cancelled: z.int(),
  returned: z.int(),
});

export const FULFILMENT_STATES = [
  "planned",
  "assigned",
  "accepted",
  "ready",
  "shipped",
  "delivered",
  "collected",
  "rejected",
  "expired",
  "cancelled",
] as const;
export const fulfilmentState = z.enum(FULFILMENT_STATES);
export type FulfilmentState = z.infer<typeof fulfilmentState>;

export const fulfilment = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  kind: z.enum(["delivery", "pickup", "locker", "counter"]),
  state: fulfilmentState,
  location_id: z.uuid(),
  store_id: z.uuid().nullable(),
  /** When it will be ready, or has to be handed to the carrier. */
  promised_at: z.string().nullable(),
  accepted_at: z.string().nullable(),
  ready_at: z.string().nullable(),
  /** Of what is ready: when it goes back on sale. */
  expires_at: z.string().nullable(),
  compartment: z.string().nullable(),
  collector: z.object({ name: z.string(), email: z.string().nullable() }).nullable(),
  tracking: z
    .object({
      carrier: z.string(),
      number: z.string().nullable(),
      url: z.string().nullable(),
      state: z.string().nullable(),
      at: z.string().nullable(),
    })
    .nullable(),
  shipped_at: z.string().nullable(),
  delivered_at: z.string().nullable(),
  collected_at: z.string().nullable(),
  collected_by: z.string().nullable(),
  ended_reason: z.string().nullable(),
  lines: z.array(z.object({ position: z.int(), variant_id: z.uuid(), quantity: z.int() })),
  /** Of what is ready: the buyer's own view only. */
  collection_code: z.string().optional(),
});
export type Fulfilment = z.infer<typeof fulfilment>;

export const STATUSES = ["awaiting_payment", "paid", "completed", "cancelled"] as const;
export const PAYMENT_STATES = ["pending", "paid", "partially_refunded", "refunded", "failed", "voided"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const order = z.object({
  id: z.uuid(),
  number: z.string(),
  channel: z.string(),
  store_id: z.uuid().nullable(),
  store_name: z.string().nullable(),
  profile_id: z.uuid().nullable(),
  profile_name: z.string().nullable(),
  email: z.string().nullable(),
  address: address.nullable(),
  /** The axes below in one word. */
  status: z.enum(STATUSES),
  state: z.enum(["placed", "completed", "cancelled"]),
  payment: z.object({
    method: z.string(),
    state: z.enum(PAYMENT_STATES),
    /** What was taken by which means; of one order read by itself. */
    tenders: z.array(z.object({ method: z.string(), amount: money })).optional(),
  }),
  fulfilment: z.object({ state: z.enum(["unfulfilled", "partially_fulfilled", "fulfilled", "cancelled"]) }),
  total: money,
  discount: money,
  shipping: money,
  tax: money,
  refunded: money,
  currency: z.string(),
  till: z.string().nullable(),
  business_day: z.string().nullable(),
  placed_at: z.string(),
  created_at: z.string(),
  lines: z.array(orderLine),
  fulfilments: z.array(fulfilment),
  /** Opaque; printed as a QR code. Finds the order for a return in any store. */
  receipt_code: z.string(),
});
export type Order = z.infer<typeof order>;

export const placedOrder = order.extend({
  /** Where the books disagreed with the goods in hand; see the inventory's discrepancies. */
  discrepancies: z.array(z.object({ variant_id: z.uuid(), kind: discrepancy.shape.kind, quantity: z.int() })),
  /** What the buyer has to do before it is paid: hand it to the provider's own form, then `POST …/payment`. */
  action: z.object({ method: z.string(), client_secret: z.string() }).optional(),
});
export type PlacedOrder = z.infer<typeof placedOrder>;

export const orderPage = pageOf(order);
export const orderQuery = pageQuery.extend({
  profile: z.string().max(600).optional(),
  state: order.shape.state.optional(),
  payment: z.enum(PAYMENT_STATES).optional(),
  fulfilment: order.shape.fulfilment.shape.state.optional(),
  channel: z.string().max(20).optional(),
  /** Sold there, or prepared there. */
  store: z.uuid().optional(),
  /** The whole number, as printed. */
  number: z.string().max(40).optional(),
});
export type OrderQuery = z.infer<typeof orderQuery>;

const lineShare = z.object({ position: z.int().min(0).max(999), quantity: z.int().min(1).max(999) });
/** More of it, paid for by hand at that moment. */
const addBody = z.object({
  lines: tillSale.shape.lines,
  paid_with: z.enum(TENDERS),
});
export type AddBody = z.infer<typeof addBody>;
/** What is taken out of an order, or put in, before it has left; or where it goes instead. */
export const editBody = z
  .object({ remove: z.array(lineShare).max(200).optional(), add: addBody.optional(), address: address.optional() })
  .refine((body) => Object.values(body).some((part) => part !== undefined), "changes nothing");
export type EditBody = z.infer<typeof editBody>;
export const cancelBody = z.object({ reason: text(200).optional() });

const STEPS = [
  "placed",
  "paid",
  "accepted",
  "ready",
  "shipped",
  "carrier",
  "delivered",
  "collected",
  "rejected",
  "expired",
  "cancelled",
  "returned",
  "refunded",
] as const;
/** Where an order stands and how it came there: the same answer for the buyer, the store and the agent. */
export const tracking = z.object({
  order_id: z.uuid(),
  number: z.string(),
  state: order.shape.state,
  payment: z.enum(PAYMENT_STATES),
  fulfilment: order.shape.fulfilment.shape.state,
  /** The earliest that is promised. */
  promised_at: z.string().nullable(),
  steps: z.array(
    z.object({
      at: z.string(),
      step: z.enum(STEPS),
      fulfilment_id: z.uuid().nullable(),
      /** The carrier's word, the parcel's number, the compartment, the reason. */
      note: z.string().nullable(),
    }),
  ),
});
export type Tracking = z.infer<typeof tracking>;

export const shippingQuery = z.object({
  currency: currencyCode,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** What the delivered goods cost, in minor units. */
  worth: z.coerce.number().int().min(0).max(1_000_000_000_000),
});
export const shippingQuote = z.object({ price: money, free_from: money.nullable() });
/** Of each store, when what is ordered now would be ready there. */
export const pickupTimes = pageOf(
  z.object({
    store_id: z.uuid(),
    /** At its counter, in its locker. */
    kinds: z.array(z.enum(["pickup", "locker"])),
    promised_at: z.string().nullable(),
  }),
);
export type PickupTimes = z.infer<typeof pickupTimes>;

/** As a store's queue shows it: what to fetch from the shelf, and for whom. */
export const queuedFulfilment = fulfilment.extend({
  order_number: z.string(),
  profile_id: z.uuid().nullable(),
  profile_name: z.string().nullable(),
  channel: z.string(),
  lines: z.array(
    orderLine
      .pick({
        position: true,
        variant_id: true,
        sku: true,
        title: true,
        titles: true,
        size: true,
        color: true,
        image_url: true,
      })
      .extend({ quantity: z.int() }),
  ),
});
export type QueuedFulfilment = z.infer<typeof queuedFulfilment>;
export const fulfilmentPage = pageOf(queuedFulfilment);
export const fulfilmentQuery = pageQuery.extend({
  store: z.uuid().optional(),
  state: fulfilmentState.optional(),
});
export type FulfilmentQuery = z.infer<typeof fulfilmentQuery>;
export const rejectBody = z.object({ reason: z.enum(["missing", "damaged", "no_capacity", "other"]) });
export const readyBody = z.object({ compartment: text(60).optional() });
export const shipBody = z.object({
  carrier: text(60),
  tracking_number: text(100).optional(),
  tracking_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});
export const trackingBody = z.object({
  /** The carrier's own word; `delivered` ends the shipment, others move nothing. */
  state: text(60),
  at: z.iso.datetime({ offset: true }),
  note: text(300).optional(),
});
export const collectorBody = z.object({ name: text(200), email: z.email().max(320).optional() });
/** By the code, or without it by somebody who has checked who is there and says how. */
export const collectBody = z.object({
  store_id: z.uuid(),
  code: text(20),
  /** Absent: all of it. What the customer does not want goes back on sale and is refunded. */
  lines: z.array(lineShare).min(1).max(200).optional(),
});
export const codeBody = collectBody.pick({ store_id: true, code: true });
export const handOverBody = z.object({ checked: text(200), lines: collectBody.shape.lines });
export type LineShare = z.infer<typeof lineShare>;

/** What came back is for sale again, is not, or waits for somebody to look at it. */
const condition = z.enum(["sellable", "damaged", "check"]);
export const returnBody = z
  .object({
    channel: z.enum(["store", "post"]),
    store_id: z.uuid().optional(),
    /** Where it is taken back by post: a warehouse. */
    location_id: z.uuid().optional(),
    lines: z
      .array(
        lineShare.extend({
          condition: condition.default("sellable"),
          reason: text(200).optional(),
        }),
      )
      .min(1)
      .max(200),
    /** The announced return that it is, so that this one counts as received; absent: the oldest that are in time. */
    announced_id: z.uuid().optional(),
    /** Why it is taken back although the time is over. */
    override: text(200).optional(),
  })
  .refine((body) => (body.channel === "store") === (body.store_id !== undefined), {
    path: ["store_id"],
    message: "says in which store, and only there",
  })
  .refine((body) => (body.channel === "post") === (body.location_id !== undefined), {
    path: ["location_id"],
    message: "says where a parcel was taken back, and only there",
  });
export type ReturnBody = z.infer<typeof returnBody>;
export const refund = z.object({
  id: z.uuid(),
  method: z.string(),
  amount: money,
  reason: z.string(),
  state: z.enum(["pending", "done", "failed"]),
  created_at: z.string(),
  done_at: z.string().nullable(),
});
export type Refund = z.infer<typeof refund>;
export const returned = z.object({
  id: z.uuid(),
  number: z.string(),
  order_id: z.uuid(),
  channel: z.enum(["store", "post"]),
  location_id: z.uuid(),
  override: z.string().nullable(),
  refund: money,
  at: z.string(),
  lines: z.array(
    z.object({
      position: z.int(),
      quantity: z.int(),
      condition,
      reason: z.string().nullable(),
      refund: money,
    }),
  ),
  refunds: z.array(refund),
});
export type ReturnedOrder = z.infer<typeof returned>;
export const refundPage = pageOf(refund);

/** Why something goes back, as a buyer chooses it: no free words, so nothing of her is in it. */
export const RETURN_REASONS = ["too_small", "too_large", "not_as_shown", "damaged", "changed_mind", "other"] as const;
const returnReason = z.enum(RETURN_REASONS);
export type ReturnReason = z.infer<typeof returnReason>;
export const announceBody = z.object({
  lines: z
    .array(lineShare.extend({ reason: returnReason }))
    .min(1)
    .max(200),
});
export type AnnounceBody = z.infer<typeof announceBody>;
/** A return by post that its buyer has announced. `received`: all of it was taken back, by post or in a store. */
export const announcedReturn = z.object({
  id: z.uuid(),
  state: z.enum(["announced", "received", "withdrawn"]),
  at: z.string(),
  /** What of it arrives until then is in time, also when the line's own time is over. */
  until: z.string(),
  is_over: z.boolean(),
  lines: z.array(z.object({ position: z.int(), quantity: z.int(), received: z.int(), reason: returnReason })),
});
export type AnnouncedReturn = z.infer<typeof announcedReturn>;
export const announcedReturns = z.object({ items: z.array(announcedReturn), next: z.null() });
/** What was taken back, as its buyer sees it: without what the staff noted. */
export const takenBack = returned
  .omit({ order_id: true, location_id: true, override: true })
  .extend({ lines: z.array(returned.shape.lines.element.pick({ position: true, quantity: true, refund: true })) });
export const buyersReturns = z.object({ announced: z.array(announcedReturn), taken_back: z.array(takenBack) });
export type BuyersReturns = z.infer<typeof buyersReturns>;

/** What may be brought back, per line. */
export const returnable = z.object({
  items: z.array(
    z.object({
      position: z.int(),
      quantity: z.int(),
      /** Until the end of this instant's day at the place; null: nothing of it has arrived yet, or it may at any time. */
      until: z.string().nullable(),
      is_over: z.boolean(),
      /** So many of them are in time: all, or once its time is over those that were announced before. */
      in_time: z.int(),
    }),
  ),
});
export type Returnable = z.infer<typeof returnable>;
export const receiptBody = z.object({
  /** The code, or the whole address that a scanner reads from the receipt. */
  code: text(600),
});

export const reordered = z.object({
  added: z.array(z.object({ variant_id: z.uuid(), quantity: z.int() })),
  /** No longer sold, or too many in the cart. */
  left_out: z.array(z.object({ variant_id: z.uuid(), quantity: z.int() })),
});
