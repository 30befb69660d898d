import { z } from "zod";

import { money } from "../platform/money.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

/** Titles in other languages than English, by language code. */
export const translations = z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(2000));

export const variant = z.object({
  id: z.uuid(),
  sku: z.string(),
  /** 14 digits, with leading zeros. */
  gtin: z.string().nullable(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  color_hex: z.string().nullable(),
  price: money,
  image_url: z.string(),
});

const colorChoice = z.object({ name: z.string(), hex: z.string().nullable(), image_url: z.string() });

export const productSummary = z.object({
  id: z.uuid(),
  title: z.string(),
  titles: translations,
  brand: z.string(),
  category: z.string(),
  /** The lowest price among the variants. */
  price: money,
  /** Root-relative; `.png` instead of `.svg` gives the same picture for mail. */
  image_url: z.string(),
  colors: z.array(z.string()),
  /** The same colours, each with its hue and its own picture. */
  swatches: z.array(colorChoice),
  sizes: z.array(z.string()),
});
export type ProductSummary = z.infer<typeof productSummary>;

export const product = productSummary.extend({
  category_title: z.string(),
  description: z.string(),
  descriptions: translations,
  variants: z.array(variant),
  related: z.array(productSummary),
});
export type Product = z.infer<typeof product>;

export const productQuery = pageQuery.extend({
  /** Words of the title, brand or category in any language; or a whole SKU or GTIN, as a scanner types it. */
  q: z.string().max(200).optional(),
  category: z.string().max(60).optional(),
  size: z.string().max(60).optional(),
  color: z.string().max(60).optional(),
});
export type ProductQuery = z.infer<typeof productQuery>;
export const productPage = pageOf(productSummary);

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

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 10:00");
/** Local opening times per weekday; a day that is absent is closed. */
export const openingHours = z.partialRecord(z.enum(DAYS), z.array(z.tuple([localTime, localTime])));

export const store = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  address: z.string(),
  city: z.string(),
  country: z.string(),
  lat: z.number(),
  lon: z.number(),
  timezone: z.string(),
  hours: openingHours,
});
export const storeList = pageOf(store);
export type Store = z.infer<typeof store>;
