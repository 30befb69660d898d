import { z } from "zod";

import { currencyCode, knownCurrency, money } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

/** More of one variant is a wholesaler's order, or a slip of the finger. */
export const MOST_PER_ITEM = 99;

const quantity = z.int().min(1).max(MOST_PER_ITEM);

const words = (most: number) => z.string().trim().min(1).max(most);
const millimetres = z.int().min(1).max(100_000);
export const dimensions = z
  .object({ width_mm: millimetres.optional(), height_mm: millimetres.optional(), depth_mm: millimetres.optional() })
  .refine((given) => Object.keys(given).length > 0, "says at least one measure");

/** What may stand beside an item; null takes it away. */
const annotations = z.object({
  note: words(1_000).nullable(),
  photo_id: z.uuid().nullable(),
  dimensions: dimensions.nullable(),
  /** The store it was seen in. */
  store_id: z.uuid().nullable(),
  /** Where to go on talking about it. */
  chat_url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
});
export type Annotations = z.infer<typeof annotations>;
const someAnnotations = annotations.partial().shape;

/** Who put something in: the person herself, one of the staff, a kiosk, or somebody it was shared with. */
export const AUTHORS = ["shopper", "associate", "kiosk", "guest"] as const;
const author = z.object({ kind: z.enum(AUTHORS), name: z.string().nullable() });

export const addBody = z.object({ variant_id: z.uuid(), quantity: quantity.default(1), ...someAnnotations });
export type AddBody = z.infer<typeof addBody>;
export const setBody = z
  .object({ quantity: z.int().min(0).max(MOST_PER_ITEM).optional(), ...someAnnotations })
  .refine((body) => Object.values(body).some((part) => part !== undefined), "changes nothing");
export type SetBody = z.infer<typeof setBody>;
export const variantParam = z.object({ variantId: z.uuid() });
const region = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "an ISO 3166 code such as TR");
/** Where she buys; without a region the currency's prices hold. */
export const marketBody = z.object({ currency: knownCurrency, region: region.optional() });
export type MarketBody = z.infer<typeof marketBody>;

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
  /** Why it cannot be bought: it was taken off sale, or has no price in the cart's currency. Null: it can. */
  not_sold: z.enum(["archived", "not_in_currency"]).nullable(),
  added_at: z.string(),
  updated_at: z.string(),
  author,
  ...annotations.shape,
});
export type CartItem = z.infer<typeof cartItem>;

export const cart = z.object({
  /** Null while nothing was ever put in. */
  id: z.uuid().nullable(),
  items: z.array(cartItem),
  /** Of what can be bought, in minor units of `currency`. */
  total: z.int(),
  currency: currencyCode,
  /** Of the prices that hold; null: no region's own. */
  region: z.string().nullable(),
  /** Where she has chosen to buy; null: nowhere yet, and each variant's own price holds. */
  market: z.object({ currency: currencyCode, region: z.string().nullable() }).nullable(),
  updated_at: z.string().nullable(),
});
export type Cart = z.infer<typeof cart>;

/** What of a list was not laid into a cart, and why. */
const leftOut = z.object({
  variant_id: z.uuid(),
  reason: z.enum(["archived", "not_in_currency", "cart_full"]),
});
export type LeftOut = z.infer<typeof leftOut>;
export const filledCart = cart.extend({ left_out: z.array(leftOut) });
export type FilledCart = z.infer<typeof filledCart>;
export const fromListBody = z.object({ list_id: z.uuid() });

/**
 * Whose cart a request is about. A device alone sees and changes only what it put in itself; a person, proven by her
 * shopper token, has one cart on all her devices.
 */
export type Holder =
  | { readonly kind: "device"; readonly anonymousId: string }
  | { readonly kind: "person"; readonly profileId: string; readonly anonymousId: string };

/** Who changes a cart: its holder, or one of the staff that of the person a reference names. */
export type CartHand = Holder | { readonly kind: "staff"; readonly ref: string; readonly name: string | null };

/** Two kinds, because they merge in different ways: of a wish one is enough, of what is to be bought there may be more. */
export const LIST_KINDS = ["wish", "shopping"] as const;
export const listKind = z.enum(LIST_KINDS);
export type ListKind = z.infer<typeof listKind>;

const operation = { id: z.uuid(), item_id: z.uuid() };

/** One change of a list. `id` makes it happen once, however often it is sent; ids are made by whoever asks. */
export const listOperation = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("add"),
    ...operation,
    variant_id: z.uuid(),
    quantity: quantity.default(1),
    ...someAnnotations,
  }),
  z.object({ op: z.literal("change"), ...operation, quantity: quantity.optional(), ...someAnnotations }),
  z.object({ op: z.literal("remove"), ...operation }),
  /** Takes a removal back. */
  z.object({ op: z.literal("restore"), ...operation }),
]);
export type ListOperation = z.infer<typeof listOperation>;

export const operationsBody = z.object({
  operations: z.array(listOperation).min(1).max(100),
  /** The number up to which the caller knows the list; the answer says what has changed since. */
  after: z.int().min(0).default(0),
  /** How somebody it was shared with wants to be called. */
  author_name: words(60).optional(),
});
export type OperationsBody = z.infer<typeof operationsBody>;

/** What became of an operation. `ignored`: somebody else was first (a removal beats a change). */
export const operationResult = z.object({
  id: z.uuid(),
  outcome: z.enum(["done", "repeated", "ignored", "refused"]),
  /** The item it went to: an addition of what is there already lands on that. */
  item_id: z.uuid(),
  code: z.string().optional(),
});
export type OperationResult = z.infer<typeof operationResult>;

export const listItem = z.object({
  id: z.uuid(),
  ...cartItem.shape,
  /** What it cost when it was put here. */
  price_when_added: money,
});
export type ListItem = z.infer<typeof listItem>;

export const listSummary = z.object({
  id: z.uuid(),
  kind: listKind,
  /** Null: the main list of its kind. */
  name: z.string().nullable(),
  origin: z.enum(["shopper", "associate", "kiosk"]),
  store_id: z.uuid().nullable(),
  /** How many different things are on it. */
  count: z.int(),
  /** Of the newest of them. */
  image_urls: z.array(z.string()),
  updated_at: z.string(),
});
export type ListSummary = z.infer<typeof listSummary>;
export const listsAnswer = z.object({ items: z.array(listSummary), next: z.null() });

export const shoppingList = listSummary.omit({ image_urls: true }).extend({
  /** What the caller may do with it. */
  right: z.enum(["own", "edit", "read"]),
  /** The number of its last change. */
  seq: z.int(),
  /** With `after`, only what has changed since. */
  items: z.array(listItem),
  removed: z.array(z.object({ id: z.uuid(), removal: z.enum(["removed", "bought"]) })),
});
export type ShoppingList = z.infer<typeof shoppingList>;

export const changedList = shoppingList.extend({ results: z.array(operationResult) });
export type ChangedList = z.infer<typeof changedList>;

export const newListBody = z.object({
  kind: listKind,
  /** Without a name: the main list of its kind, made if need be. */
  name: words(120).optional(),
  /** A kiosk says so, and where it stands. */
  origin: z.enum(["shopper", "kiosk"]).default("shopper"),
  store_id: z.uuid().optional(),
});
export type NewListBody = z.infer<typeof newListBody>;
export const renameBody = z.object({ name: words(120) });
export const listParam = z.object({ id: z.uuid() });
export const listQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  /** Seconds to wait for a change after that number before answering. */
  wait: z.coerce.number().int().min(0).max(25).default(0),
});

export const photoAnswer = z.object({ photo_id: z.uuid() });

export const shareBody = z.object({
  right: z.enum(["read", "edit"]),
  /** Days until it opens nothing any more. */
  days: z.int().min(1).max(365).default(30),
  /** Mails the link there; the address is not kept. */
  email: z.string().max(320).optional(),
  language: z.string().max(10).default("en"),
});
export type ShareBody = z.infer<typeof shareBody>;
export const share = z.object({
  id: z.uuid(),
  right: z.enum(["read", "edit", "claim"]),
  is_mailed: z.boolean(),
  created_at: z.string(),
  expires_at: z.string(),
});
export const sharesAnswer = z.object({ items: z.array(share), next: z.null() });
/** The link is told once, to whoever made it. Null when it was mailed. */
export const newShare = share.extend({ url: z.string().nullable() });
export type NewShare = z.infer<typeof newShare>;

export const sharedList = shoppingList.extend({
  /** Whether whoever signs in may keep it as her own. */
  can_claim: z.boolean(),
  /** Words about news by e-mail that wait for a yes. */
  consent_wording: z.string().nullable(),
});
export type SharedList = z.infer<typeof sharedList>;

/** A link to go on with a list elsewhere, and the same as a picture to scan. */
export const takeAlongAnswer = z.object({ url: z.string(), qr: z.string(), expires_at: z.string() });
export type TakeAlong = z.infer<typeof takeAlongAnswer>;
/** The address of a link to a list as a scanner reads it, or its token. */
export const linkBody = z.object({ code: z.string().min(1).max(2_000) });
export const listBehindCode = z.object({ list_id: z.uuid(), profile_id: z.uuid() });
export type ListBehindCode = z.infer<typeof listBehindCode>;

export const mailToMeBody = z.object({
  email: z.string().max(320),
  language: z.string().max(10).default("en"),
  /** The words she said yes to, when she wants news by e-mail; asked again in the mail. */
  consent_wording: words(2_000).optional(),
});
export type MailToMeBody = z.infer<typeof mailToMeBody>;

export const ERRAND_STATES = ["open", "taken", "ready", "done", "cancelled"] as const;
export const errandBody = z.object({
  store_id: z.uuid(),
  called: words(60).optional(),
  note: words(500).optional(),
});
export type ErrandBody = z.infer<typeof errandBody>;
/** Its item as the one who fetches it needs it. */
export const errandItem = z.object({
  item_id: z.uuid(),
  variant_id: z.uuid(),
  title: z.string(),
  titles: z.record(z.string(), z.string()),
  sku: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  image_url: z.string(),
  quantity: z.int(),
  note: z.string().nullable(),
  /** Where it lies in this store, as its staff call it. */
  shelf_place: z.string().nullable(),
  /** How many this store may sell. */
  available: z.int(),
  is_found: z.boolean().nullable(),
});
export const errand = z.object({
  id: z.uuid(),
  list_id: z.uuid(),
  profile_id: z.uuid(),
  store_id: z.uuid(),
  state: z.enum(ERRAND_STATES),
  called: z.string().nullable(),
  note: z.string().nullable(),
  taken_by: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  items: z.array(errandItem),
});
export type Errand = z.infer<typeof errand>;
export const errandPage = pageOf(errand);
export const errandQuery = pageQuery.extend({
  store: z.uuid(),
  /** Those still to be worked on unless told. */
  state: z.enum(ERRAND_STATES).optional(),
});
export type ErrandQuery = z.infer<typeof errandQuery>;
export const errandParam = z.object({ id: z.uuid() });
export const foundParam = z.object({ id: z.uuid(), itemId: z.uuid() });
export const foundBody = z.object({ is_found: z.boolean() });
/** What the shopper sees of it. */
export const errandState = errand.omit({ items: true, taken_by: true, profile_id: true });
