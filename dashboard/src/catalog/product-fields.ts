import type { FeedBody, ProductField } from "../../../server/src/catalog/contracts.ts";

/** What a column of a file of products may be; the server's own list, as types alone cross to the screens. */
export const PRODUCT_FIELDS: readonly ProductField[] = [
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
];

export const FEED_KINDS: readonly FeedBody["kind"][] = ["google", "google_local", "meta"];
