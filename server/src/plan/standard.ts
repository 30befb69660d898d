import type { JsonSchema } from "./contracts.ts";

/** Numbers arrive as numbers or, from many a client, as texts. */
const NUMBER = { type: ["number", "string"], pattern: "^-?[0-9]+([.][0-9]+)?$" };
const TEXT = { type: ["string", "number"] };
const FLAG = { type: ["boolean", "string"] };
const CURRENCY = { type: "string", pattern: "^[A-Za-z]{3}$" };

const NUMBERS = new Set(
  "price quantity value revenue total subtotal shipping tax discount position step rating".split(" "),
);

const PRODUCT = "product_id sku category name brand variant price quantity coupon position url image_url";
const ORDER = "affiliation value revenue shipping tax discount coupon currency";

/** Event → its properties; those with an exclamation mark are what revenue and segments need. */
const EVENTS: Readonly<Record<string, string>> = {
  "Products Searched": "query!",
  "Product List Viewed": "list_id! category products[]!",
  "Product List Filtered": "list_id! category filters[]! sorts[] products[]",
  "Promotion Viewed": "promotion_id! creative name position",
  "Promotion Clicked": "promotion_id! creative name position",
  "Product Clicked": `${PRODUCT.replace("product_id", "product_id!")}`,
  "Product Viewed": `${PRODUCT.replace("product_id", "product_id!")} currency value`,
  "Product Added": `cart_id ${need(PRODUCT, "product_id", "price", "quantity")}`,
  "Product Removed": `cart_id ${need(PRODUCT, "product_id", "price", "quantity")}`,
  "Cart Viewed": "cart_id products[]!",
  "Checkout Started": `order_id! ${ORDER} products[]!`,
  "Checkout Step Viewed": "checkout_id! step! shipping_method payment_method",
  "Checkout Step Completed": "checkout_id! step! shipping_method payment_method",
  "Payment Info Entered": "checkout_id! order_id step shipping_method payment_method",
  "Order Completed": `checkout_id order_id! subtotal total! ${need(ORDER, "revenue", "currency")} products[]!`,
  "Order Updated": `order_id! total ${ORDER} products[]`,
  "Order Refunded": `order_id! total ${ORDER} products[]`,
  "Order Cancelled": `order_id! total ${ORDER} products[]`,
  "Coupon Entered": "order_id cart_id coupon_id!",
  "Coupon Applied": "order_id cart_id coupon_id! coupon_name discount",
  // The standard's example says `coupon` where its table says `coupon_id`.
  "Coupon Denied": "order_id cart_id coupon_id coupon coupon_name reason",
  "Coupon Removed": "order_id cart_id coupon_id! coupon_name discount",
  "Product Added to Wishlist": `wishlist_id! wishlist_name ${need(PRODUCT, "product_id")}`,
  "Product Removed from Wishlist": `wishlist_id! wishlist_name ${need(PRODUCT, "product_id")}`,
  "Wishlist Product Added to Cart": `wishlist_id! wishlist_name cart_id ${need(PRODUCT, "product_id")}`,
  "Product Shared": `share_via share_message recipient ${need(PRODUCT, "product_id")}`,
  "Cart Shared": "share_via share_message recipient cart_id! products[]!",
  "Product Reviewed": "product_id! review_id review_body rating!",
  "Experiment Viewed": "experiment_id! experiment_name variation_id! variation_name",
};

/** The names of the second e-commerce standard that come built in. */
export const STANDARD_NAMES: readonly string[] = Object.keys(EVENTS);

/** The standard's properties of an event as a schema; null for names it does not have. */
export function standardSchema(name: string): JsonSchema | null {
  const words = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  return words === undefined ? null : schemaOf(words);
}

function schemaOf(words: string): JsonSchema {
  const fields = words.split(" ").map((word) => ({ name: word.replace(/[[\]!]/g, ""), word }));
  const required = fields.filter(({ word }) => word.endsWith("!")).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map(({ name, word }) => [name, word.includes("[]") ? listOf(name) : typeOf(name)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

function listOf(name: string): JsonSchema {
  if (name === "products") return { type: "array", items: schemaOf(need(PRODUCT, "product_id")) };
  return { type: "array", items: { type: "object", properties: { type: TEXT, value: TEXT } } };
}

function typeOf(name: string): JsonSchema {
  if (name === "currency") return CURRENCY;
  if (NUMBERS.has(name)) return NUMBER;
  return name.startsWith("is_") ? FLAG : TEXT;
}

function need(words: string, ...needed: readonly string[]): string {
  return words
    .split(" ")
    .map((word) => (needed.includes(word) ? `${word}!` : word))
    .join(" ");
}
