import type { KilimEvent } from "../../collect/index.ts";
import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import { toMinor } from "../../platform/money.ts";
import { currencyOf, productsOf, quantityOf } from "./fold-orders.ts";
import { type CartStep, isNewer, type Memory, NEWEST_CART_STEPS } from "./memory.ts";

const SIGNS: Readonly<Record<string, 1 | -1>> = {
  "Product Added": 1,
  "Added Product": 1,
  "Product Removed": -1,
  "Removed Product": -1,
};
const CLEARS = new Set(["Order Completed", "Completed Order"]);

/**
 * Folds what an event says of the cart. Our own rooms tell the whole cart after each change (`properties.cart`); of
 * other clients the single steps since the last order are kept and added up.
 */
export function foldCart(memory: Memory, event: KilimEvent): boolean {
  const told = readSnapshot(event.properties);
  if (told) {
    if (isNewer(event.timestamp, event.messageId, memory.cart && [memory.cart.at, memory.cart.id])) {
      memory.cart = { at: event.timestamp, id: event.messageId, ...told };
    }
    return true;
  }
  const sign = SIGNS[event.name];
  if (sign !== undefined) {
    addSteps(memory, [stepOf(event, event.properties, sign)]);
    return true;
  }
  if (event.name === "Cart Viewed" && Array.isArray(event.properties.products)) {
    clear(memory, event.timestamp);
    addSteps(
      memory,
      productsOf(event.properties).map((product) => stepOf(event, product, 1)),
    );
    return true;
  }
  if (!CLEARS.has(event.name)) return false;
  clear(memory, event.timestamp);
  if (memory.cart && memory.cart.at <= event.timestamp)
    memory.cart = { at: event.timestamp, id: event.messageId, items: 0, value: 0 };
  return true;
}

function readSnapshot(properties: JsonObject): { items: number; value: number } | null {
  const { cart } = properties;
  if (!isJsonObject(cart) || typeof cart.items !== "number") return null;
  return { items: cart.items, value: toMinor(cart.value, currencyOf(cart)) ?? 0 };
}

function stepOf(event: KilimEvent, product: JsonObject, sign: 1 | -1): CartStep {
  const id = product.variant_id ?? product.product_id ?? product.sku ?? "";
  return {
    at: event.timestamp,
    id: event.messageId,
    item: String(id).slice(0, 200),
    quantity: sign * quantityOf(product),
    price: toMinor(product.price, currencyOf(event.properties)) ?? 0,
  };
}

function addSteps(memory: Memory, steps: readonly CartStep[]): void {
  const live = steps.filter((step) => memory.cartCleared === null || step.at >= memory.cartCleared);
  memory.cartSteps = [...memory.cartSteps, ...live]
    .sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1))
    .slice(-NEWEST_CART_STEPS);
}

/** Steps at the very moment of the order count as after it only when they are a new view of the cart. */
function clear(memory: Memory, at: string): void {
  if (memory.cartCleared !== null && memory.cartCleared >= at) return;
  memory.cartCleared = at;
  memory.cartSteps = memory.cartSteps.filter((step) => step.at > at);
}

/** What lies in the cart now. */
export function cartOf(memory: Memory): { items: number; value: number; updated_at: string | null } {
  const lastStep = memory.cartSteps.at(-1);
  if (memory.cart && (!lastStep || memory.cart.at >= lastStep.at)) {
    return { items: memory.cart.items, value: memory.cart.value, updated_at: memory.cart.at };
  }
  const byItem = new Map<string, { quantity: number; price: number }>();
  for (const step of memory.cartSteps) {
    const known = byItem.get(step.item) ?? { quantity: 0, price: 0 };
    byItem.set(step.item, { quantity: Math.max(0, known.quantity + step.quantity), price: step.price || known.price });
  }
  let items = 0;
  let value = 0;
  for (const { quantity, price } of byItem.values()) {
    items += quantity;
    value += quantity * price;
  }
  return { items, value, updated_at: lastStep?.at ?? memory.cartCleared };
}
