import { z } from "zod";

import { currencyCode, knownCurrency, money } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

/** Titles in other languages than English, by language code. */
export const translations = z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(2000));
const longTranslations = z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(20_000));

const mm = z.int().min(0).max(100_000);
/** Outer measures in millimetres, weight in grams. */
export const dimensions = z.strictObject({
  width_mm: mm.optional(),
  depth_mm: mm.optional(),
  height_mm: mm.optional(),
  weight_g: z.int().min(0).max(10_000_000).optional(),
});
export type Dimensions = z.infer<typeof dimensions>;

export const photo = z.object({
  id: z.uuid(),
  url: z.string(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
  /** Of this variant and those of its colour; null: of the product. */
  variant_id: z.uuid().nullable(),
});
export type Photo = z.infer<typeof photo>;

export const variant = z.object({
  id: z.uuid(),
  sku: z.string(),
  /** 14 digits, with leading zeros. */
  gtin: z.string().nullable(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  color_hex: z.string().nullable(),
  price: money,
  /** What it cost before, where it is reduced. */
  was: money.nullable(),
  dimensions: dimensions.nullable(),
  image_url: z.string(),
});

const colorChoice = z.object({ name: z.string(), hex: z.string().nullable(), image_url: z.string() });
const rating = z.object({ average: z.number(), count: z.int() });

export const productSummary = z.object({
  id: z.uuid(),
  title: z.string(),
  titles: translations,
  brand: z.string(),
  category: z.string(),
  /** The lowest price among the variants, and what that one cost before. */
  price: money,
  was: money.nullable(),
  /** Of published reviews; null where there is none. */
  rating: rating.nullable(),
  /** Root-relative. Of a drawing, `.png` instead of `.svg` gives the same for mail; a photo has `?w=480` too. */
  image_url: z.string(),
  colors: z.array(z.string()),
  /** The same colours, each with its hue and its own picture. */
  swatches: z.array(colorChoice),
  sizes: z.array(z.string()),
});
export type ProductSummary = z.infer<typeof productSummary>;

export const product = productSummary.extend({
  code: z.string().nullable(),
  url: z.string().nullable(),
  category_title: z.string(),
  description: z.string(),
  descriptions: longTranslations,
  materials: z.array(z.string()),
  dimensions: dimensions.nullable(),
  photos: z.array(photo),
  variants: z.array(variant),
  /** Like it; chosen by hand, else of its category. */
  related: z.array(productSummary),
  /** Go with it; chosen by hand. */
  complementary: z.array(productSummary),
  archived_at: z.string().nullable(),
});
export type Product = z.infer<typeof product>;

/** Where somebody buys: which of a variant's prices holds. */
export const market = z.object({
  currency: currencyCode.optional(),
  region: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "an ISO 3166 code such as TR")
    .optional(),
});
/** A market that something is sold in. */
const marketShown = z.object({
  currency: currencyCode,
  /** Null: wherever no price of the region's own holds. */
  region: z.string().nullable(),
  /** How many products have a price of their own there. */
  products: z.int(),
});
export type MarketShown = z.infer<typeof marketShown>;
export const marketList = pageOf(marketShown);
export type Market = { readonly currency?: string | undefined; readonly region?: string | undefined };

export const productQuery = pageQuery.extend(market.shape).extend({
  /** Words of the title, brand or category in any language; or a whole SKU or GTIN, as a scanner types it. */
  q: z.string().max(200).optional(),
  category: z.string().max(60).optional(),
  size: z.string().max(60).optional(),
  color: z.string().max(60).optional(),
  /** The archived ones instead: staff and secret keys. */
  archived: z.enum(["true"]).optional(),
});
export type ProductQuery = z.infer<typeof productQuery>;
export const productPage = pageOf(productSummary);

const sku = z.string().trim().min(1).max(100);
const price = money.extend({ currency: knownCurrency }).refine(({ amount }) => amount >= 0, "a price is not negative");
const fromNullable = { size: z.string().max(60).nullable(), color: z.string().max(60).nullable() };

export const variantBody = z.strictObject({
  sku,
  gtin: z.string().max(30).nullable().default(null),
  size: fromNullable.size.default(null),
  color: fromNullable.color.default(null),
  color_hex: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, "a colour such as #b3312c")
    .nullable()
    .default(null),
  price,
  /** What it cost before; more than the price. */
  was: z.int().min(1).nullable().default(null),
  dimensions: dimensions.nullable().default(null),
});
export type VariantBody = z.infer<typeof variantBody>;
const v = variantBody.shape;
export const variantChange = z
  .strictObject({
    sku: v.sku,
    gtin: v.gtin.removeDefault(),
    size: fromNullable.size,
    color: fromNullable.color,
    color_hex: v.color_hex.removeDefault(),
    price: v.price,
    was: v.was.removeDefault(),
    dimensions: v.dimensions.removeDefault(),
  })
  .partial();
export type VariantChange = z.infer<typeof variantChange>;

const httpUrl = z.url({ protocol: /^https?$/ }).max(2000);
const productFacts = {
  code: z.string().trim().min(1).max(200).nullable(),
  url: httpUrl.nullable(),
  title: z.string().trim().min(1).max(500),
  titles: translations,
  description: z.string().max(20_000),
  descriptions: longTranslations,
  brand: z.string().max(200),
  category: z.string().max(60),
  materials: z.array(z.string().trim().min(1).max(100)).max(30),
  dimensions: dimensions.nullable(),
};
export const productChange = z.strictObject(productFacts).partial();
export type ProductChange = z.infer<typeof productChange>;
export const productBody = z.strictObject({
  code: productFacts.code.default(null),
  url: productFacts.url.default(null),
  title: productFacts.title,
  titles: productFacts.titles.default({}),
  description: productFacts.description.default(""),
  descriptions: productFacts.descriptions.default({}),
  brand: productFacts.brand.default(""),
  category: productFacts.category,
  materials: productFacts.materials.default([]),
  dimensions: productFacts.dimensions.default(null),
  variants: z.array(variantBody).min(1).max(500),
});
export type ProductBody = z.infer<typeof productBody>;

export const marketPrice = z.strictObject({
  currency: currencyCode,
  /** ISO 3166, such as TR; empty: everywhere. */
  region: z
    .string()
    .regex(/^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$/)
    .default(""),
  amount: z.int().min(0),
  was: z.int().min(1).nullable().default(null),
});
export type MarketPrice = z.infer<typeof marketPrice>;
export const pricesBody = z.strictObject({
  prices: z.array(marketPrice.extend({ currency: knownCurrency })).max(300),
});
export const priceList = pageOf(marketPrice);

const someIds = z.array(z.uuid()).max(50);
export const relationsBody = z.strictObject({ related: someIds.optional(), complementary: someIds.optional() });
export type RelationsBody = z.infer<typeof relationsBody>;

/** What was chosen by hand; a product that names nothing as related shows others of its category. */
export const relations = z.object({ related: z.array(productSummary), complementary: z.array(productSummary) });
export type Relations = z.infer<typeof relations>;

/** A variant that was taken off sale. */
const archivedVariant = variant
  .pick({ id: true, sku: true, gtin: true, size: true, color: true, price: true })
  .extend({ archived_at: z.string() });
export type ArchivedVariant = z.infer<typeof archivedVariant>;
export const archivedVariants = pageOf(archivedVariant);

export const photoQuery = z.object({ variant: z.uuid().optional(), alt: z.string().max(500).default("") });
export const photoOrder = z.strictObject({ photos: z.array(z.uuid()).max(100) });
export const photoList = pageOf(photo);

export const category = z.object({
  id: z.string(),
  name: z.string(),
  titles: translations,
  parent: z.string().nullable(),
  products: z.int(),
  image_url: z.string().nullable(),
});
export const categoryList = pageOf(category);
export type Category = z.infer<typeof category>;
export const categoryBody = z.strictObject({
  title: z.string().trim().min(1).max(200),
  titles: translations.default({}),
  parent: z.string().max(60).nullable().default(null),
});
export const categoryId = z.object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "small letters and hyphens") });

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 10:00");
const stretches = z.array(z.tuple([localTime, localTime])).max(10);
/** Local opening times per weekday; a day that is absent is closed. One that ends before it begins ends the next day. */
export const openingHours = z.partialRecord(z.enum(DAYS), stretches);
/** Days that are not as their weekday says, by date; an empty list: closed. */
export const openingExceptions = z.record(z.iso.date(), stretches).refine((days) => Object.keys(days).length <= 800);

const place = {
  code: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(200),
  address: z.string().max(500),
  city: z.string().trim().min(1).max(200),
  country: z.string().regex(/^[A-Z]{2}$/, "an ISO 3166 code such as TR"),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  timezone: z.string().max(60),
  hours: openingHours,
  exceptions: openingExceptions,
  /** What it does beside selling: pickup, returns, tailoring, consultation … */
  services: z.array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "a word such as pickup")).max(30),
  phone: z.string().max(40).nullable(),
  /** Of its prices: with its country the market of its till; null: each variant's own. */
  currency: currencyCode.nullable(),
};
export const store = z.object({
  ...place,
  id: z.uuid(),
  exceptions: place.exceptions.default({}),
  services: place.services.default([]),
  phone: place.phone.default(null),
  currency: place.currency.default(null),
});
export type Store = z.infer<typeof store>;
export const storeChange = z.strictObject(place).partial();
export type StoreChange = z.infer<typeof storeChange>;
export const storeBody = z.strictObject({
  ...place,
  address: place.address.default(""),
  exceptions: place.exceptions.default({}),
  services: place.services.default([]),
  phone: place.phone.default(null),
  currency: place.currency.default(null),
});
export type StoreBody = z.infer<typeof storeBody>;
export const storeView = z.object({
  ...place,
  id: z.uuid(),
  /** Whether it is open now, and when that changes next. */
  is_open: z.boolean(),
  changes_at: z.string().nullable(),
  /** From `near`, along the great circle. */
  distance_km: z.number().nullable(),
  archived_at: z.string().nullable(),
});
export type StoreView = z.infer<typeof storeView>;
export const storeList = pageOf(storeView);
export const storeQuery = z.object({
  /** `38.42,27.14`: the nearest first. */
  near: z
    .string()
    .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, "latitude,longitude")
    .optional(),
  service: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
  archived: z.enum(["true"]).optional(),
});
export type StoreQuery = z.infer<typeof storeQuery>;

export const REVIEW_STATES = ["pending", "published", "rejected"] as const;
const reviewFacts = {
  id: z.uuid(),
  product_id: z.uuid(),
  rating: z.int(),
  title: z.string(),
  body: z.string(),
  author: z.string(),
  language: z.string(),
  /** Its author has bought it here. */
  is_verified: z.boolean(),
  created_at: z.string(),
};
export const publicReview = z.object(reviewFacts);
export type PublicReview = z.infer<typeof publicReview>;
export const publicReviews = pageOf(publicReview).extend({
  average: z.number().nullable(),
  count: z.int(),
  /** How many gave 1, 2, 3, 4, 5. */
  ratings: z.array(z.int()),
});
export const ownReview = z.object({ ...reviewFacts, state: z.enum(REVIEW_STATES) });
export const ownReviews = pageOf(ownReview);
export const review = z.object({
  ...reviewFacts,
  state: z.enum(REVIEW_STATES),
  profile_id: z.uuid(),
  product_title: z.string(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
});
export type Review = z.infer<typeof review>;
export const reviewPage = pageOf(review);
export const reviewQuery = pageQuery.extend({ state: z.enum(REVIEW_STATES).default("pending") });
export const reviewBody = z.strictObject({
  rating: z.int().min(1).max(5),
  title: z.string().trim().max(200).default(""),
  body: z.string().trim().max(5000).default(""),
  /** How its author wants to be called beside it. */
  author: z.string().trim().min(1).max(80),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default("en"),
});
export type ReviewBody = z.infer<typeof reviewBody>;

const many = z.string().max(500).optional();
export const SORTS = ["relevance", "price", "-price", "rating", "new", "title"] as const;
/** Whose alphabets and endings search knows. */
export const LANGUAGES = ["en", "tr", "id"] as const;
export type SearchLanguage = (typeof LANGUAGES)[number];
export const searchQuery = market.extend({
  q: z.string().max(200).optional(),
  category: z.string().max(60).optional(),
  /** Several by comma; `all` lifts the sizes that are a shopper's own. */
  size: many,
  color: many,
  brand: many,
  /** In minor units of the currency. */
  price_min: z.coerce.number().int().min(0).optional(),
  price_max: z.coerce.number().int().min(0).optional(),
  /** A store's id: only what can be picked up there now. `web`: only what can be delivered now. */
  stock: z.string().max(60).optional(),
  sort: z.enum(SORTS).default("relevance"),
  /** The reader's: which titles are put in order, and by which alphabet. */
  language: z.enum(LANGUAGES).default("en"),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  after: z.string().max(500).optional(),
});
export type SearchQuery = z.infer<typeof searchQuery>;
const facet = z.array(z.object({ value: z.string(), count: z.int() }));
export const searchAnswer = pageOf(productSummary).extend({
  total: z.int(),
  /** Of each choice, how many products there are with everything else that is chosen. */
  facets: z.object({
    size: facet,
    color: facet,
    brand: facet,
    category: facet,
    stock: facet,
    price: z.object({ min: z.int(), max: z.int(), currency: z.string() }).nullable(),
  }),
  /** Sizes that were applied because they are the shopper's own; `size=all` lifts them. */
  own_sizes: z.array(z.string()),
  /** The words as they were understood, where they were misspelt. */
  corrected: z.string().nullable(),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
/** A person's own sizes, by category. */
export const ownSizes = z.object({ sizes: z.record(z.string(), z.string()) });
export const suggestQuery = z.object({
  q: z.string().max(200),
  limit: z.coerce.number().int().min(1).max(20).default(6),
});
export const suggestions = z.object({
  words: z.array(z.string()),
  categories: z.array(z.object({ id: z.string(), name: z.string(), titles: translations })),
  products: z.array(productSummary),
});
export type Suggestions = z.infer<typeof suggestions>;

/** What a column of a file of products may be; a prefix goes before a language, `title:tr`. */
export const PRODUCT_FIELDS = [
  "group",
  "sku",
  "gtin",
  "title",
  "description",
  "brand",
  "category",
  "url",
  "material",
  "size",
  "color",
  "color_hex",
  "price",
  "sale_price",
  "was",
  "currency",
  "image",
  "images",
  "variant_image",
  "weight",
  "width",
  "height",
  "depth",
  "option_name",
  "option_value",
] as const;
export const PRODUCT_PREFIXES = ["title", "description"] as const;
export type ProductField = (typeof PRODUCT_FIELDS)[number];
const productColumn = z.strictObject({
  column: z.string().min(1).max(300),
  field: z
    .string()
    .regex(
      new RegExp(`^(${PRODUCT_FIELDS.join("|")}|(${PRODUCT_PREFIXES.join("|")}):[a-z]{2})$`),
      "a field of products",
    ),
});
export type ProductColumn = z.infer<typeof productColumn>;
const productImportOptions = z.strictObject({
  /** Of prices that name none. */
  currency: knownCurrency.default("EUR"),
  decimal: z.enum([".", ","]).default("."),
  /** Of weights and measures that name no unit. */
  weight_unit: z.enum(["g", "kg", "lb", "oz"]).default("g"),
  length_unit: z.enum(["mm", "cm", "m", "in"]).default("cm"),
  /** Of products whose row names none. */
  category: z.string().max(200).default("Other"),
  /** Whether the pictures that the file names are fetched. */
  images: z.boolean().default(true),
});
export type ProductImportOptions = z.infer<typeof productImportOptions>;
const productColumns = z.array(productColumn).min(1).max(200);
export const productImportBody = z.strictObject({
  /** Uploaded with POST /v1/imports/files. */
  file: z.uuid(),
  columns: productColumns,
  options: productImportOptions.prefault({}),
});
export type ProductImportBody = z.infer<typeof productImportBody>;
export const productPreviewBody = z.strictObject({
  file: z.uuid(),
  /** What was suggested is tried when absent. */
  columns: productColumns.optional(),
  options: productImportOptions.prefault({}),
});
export type ProductPreviewBody = z.infer<typeof productPreviewBody>;
const productProblem = z.object({
  row: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  value: z.string(),
  /** Of a SKU that is repeated with something else: the row that stands. */
  first_row: z.int().nullable(),
});
export type ProductProblem = z.infer<typeof productProblem>;
export const productPreview = z.object({
  /** What kind of file it looks like. */
  form: z.enum(["google_xml", "google_table", "shopify", "table"]),
  found: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  suggested: z.array(productColumn),
  /** Fields that are missing before this mapping can be used. */
  missing: z.array(z.string()),
  tried: z.object({ rows: z.int(), taken: z.int(), rejected: z.int(), whole: z.boolean() }),
  examples: z.array(
    z.object({
      row: z.int(),
      group: z.string().nullable(),
      sku: z.string().nullable(),
      title: z.string().nullable(),
      category: z.string().nullable(),
      price: money.nullable(),
      size: z.string().nullable(),
      color: z.string().nullable(),
      images: z.int(),
    }),
  ),
  problems: z.array(productProblem),
});
export type ProductPreview = z.infer<typeof productPreview>;
export const PRODUCT_IMPORT_STATES = ["waiting", "running", "done", "failed", "cancelled"] as const;
export const productImport = z.object({
  id: z.uuid(),
  file_name: z.string(),
  state: z.enum(PRODUCT_IMPORT_STATES),
  failure: z.string().nullable(),
  /** Of the file; null of imports that began before it was kept. */
  bytes: z.int().nullable(),
  /** Of them, those whose rows are done. */
  bytes_done: z.int(),
  rows: z.int(),
  /** Products and variants that were new, and rows that brought known ones up to date. */
  created: z.int(),
  updated: z.int(),
  rejected: z.int(),
  pictures: z.object({ waiting: z.int(), done: z.int(), failed: z.int() }),
  columns: z.array(productColumn),
  options: productImportOptions,
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export type ProductImport = z.infer<typeof productImport>;
export const productImportDetail = productImport.extend({
  problems: z.array(productProblem),
  picture_problems: z.array(z.object({ url: z.string(), problem: z.string() })),
});
export type ProductImportDetail = z.infer<typeof productImportDetail>;
export const productImportPage = pageOf(productImport);

export const FEED_KINDS = ["google", "google_local", "meta"] as const;
export const feedBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(FEED_KINDS),
  /** Titles and descriptions in this language where the catalogue has them. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default("en"),
  currency: market.shape.currency,
  region: market.shape.region,
});
export type FeedBody = z.infer<typeof feedBody>;
export const feed = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(FEED_KINDS),
  language: z.string(),
  currency: z.string().nullable(),
  region: z.string().nullable(),
  /** Whoever knows it may read it. */
  url: z.string(),
  created_at: z.string(),
  fetched_at: z.string().nullable(),
});
export type Feed = z.infer<typeof feed>;
export const feedPage = pageOf(feed);
