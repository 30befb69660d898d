import type { FeedBody, ProductField } from "../../../server/src/catalog/contracts.ts";

/** Types alone cross to the screens, so the server's list is told again; the compiler holds both together. */
const FIELDS = {
  group: true,
  sku: true,
  gtin: true,
  title: true,
  description: true,
  brand: true,
  category: true,
  url: true,
  material: true,
  size: true,
  color: true,
  color_hex: true,
  price: true,
  sale_price: true,
  was: true,
  currency: true,
  image: true,
  images: true,
  variant_image: true,
  weight: true,
  width: true,
  height: true,
  depth: true,
  option_name: true,
  option_value: true,
} satisfies Record<ProductField, true>;

/** What a column of a file of products may be. */
export const PRODUCT_FIELDS = Object.keys(FIELDS) as readonly ProductField[];

export const FEED_KINDS: readonly FeedBody["kind"][] = ["google", "google_local", "meta"];
