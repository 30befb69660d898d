import { isJsonObject, type JsonObject } from "../platform/json.ts";

/** Names of the first e-commerce standard, and what the second calls the same. The one place that knows them. */
const V2_NAMES: ReadonlyMap<string, string> = new Map([
  ["Viewed Product Category", "Product List Viewed"],
  ["Viewed Product", "Product Viewed"],
  ["Clicked Product", "Product Clicked"],
  ["Added Product", "Product Added"],
  ["Removed Product", "Product Removed"],
  ["Started Order", "Checkout Started"],
  ["Viewed Checkout Step", "Checkout Step Viewed"],
  ["Completed Checkout Step", "Checkout Step Completed"],
  ["Completed Order", "Order Completed"],
  ["Updated Order", "Order Updated"],
  ["Viewed Promotion", "Promotion Viewed"],
  ["Clicked Promotion", "Promotion Clicked"],
]);

/** The name under which an event of this name is kept. */
export function standardName(name: string): string {
  return V2_NAMES.get(name) ?? name;
}

/** What the first standard called otherwise, under the second's names too; nothing that was sent is changed. */
export function standardProperties(properties: JsonObject): JsonObject {
  const { products } = properties;
  return {
    ...renamed(properties, "id", "product_id"),
    ...renamed(properties, "orderId", "order_id"),
    ...properties,
    ...(Array.isArray(products)
      ? {
          products: products.map((line) =>
            isJsonObject(line) ? { ...renamed(line, "id", "product_id"), ...line } : line,
          ),
        }
      : {}),
  };
}

function renamed(object: JsonObject, from: string, to: string): JsonObject {
  const value = object[from];
  return value === undefined || object[to] !== undefined ? {} : { [to]: value };
}
