import type { KilimEvent } from "../../collect/index.ts";
import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import { toMinor } from "../../platform/money.ts";
import { currencyOf, productsOf, quantityOf } from "./fold-orders.ts";
import { type CartStep, type CartTold, isNewer, type Memory, NEWEST_CART_STEPS } from "./memory.ts";

const SIGNS: Readonly<Record<string, 1 | -1>> = {
  "Product Added": 1,
  "Product Removed": -1,
};

/**
 * Folds what an event says of the cart. It is told whole by our own rooms after each change (`properties.cart`), by a
 * "Cart Viewed" with its products, and by an order (it is empty then); single steps count from the newest telling on.
 */
export function foldCart(memory: Memory, event: KilimEvent): boolean {
  const told = readWhole(event);
  if (told) {
    tell(memory, told);
    return true;
  }
  const sign = Object.hasOwn(SIGNS, event.name) ? SIGNS[event.name] : undefined;
  if (sign === undefined) return false;
  const quantity = sign * quantityOf(event.properties);
  const price = toMinor(event.properties.price, currencyOf(event.properties)) ?? 0;
  memory.cartSteps = sinceTold(
    [...memory.cartSteps, { at: event.timestamp, id: event.messageId, quantity, price }],
    memory.cart,
  );
  return true;
}

/** The newest telling wins; steps before it are part of it. */
export function tell(memory: Memory, told: CartTold): void {
  if (!isNewer(told.at, told.id, memory.cart && [memory.cart.at, memory.cart.id])) return;
  memory.cart = told;
  memory.cartSteps = sinceTold(memory.cartSteps, told);
}

export function sinceTold(steps: readonly CartStep[], told: CartTold | null): CartStep[] {
  return steps
    .filter((step) => isNewer(step.at, step.id, told && [told.at, told.id]))
    .sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1))
    .slice(-NEWEST_CART_STEPS);
}

function readWhole({ name, timestamp, messageId, properties }: KilimEvent): CartTold | null {
  const { cart } = properties;
  if (isJsonObject(cart) && typeof cart.items === "number") {
    return { at: timestamp, id: messageId, items: cart.items, value: toMinor(cart.value, currencyOf(cart)) ?? 0 };
  }
  if (name === "Order Completed") return { at: timestamp, id: messageId, items: 0, value: 0 };
  return name === "Cart Viewed" && Array.isArray(properties.products)
    ? { at: timestamp, id: messageId, ...sumOf(properties) }
    : null;
}

function sumOf(properties: JsonObject): { items: number; value: number } {
  const currency = currencyOf(properties);
  let items = 0;
  let value = 0;
  for (const product of productsOf(properties)) {
    const quantity = quantityOf(product);
    items += quantity;
    value += quantity * (toMinor(product.price, currency) ?? 0);
  }
  return { items, value };
}

/** What lies in the cart now. */
export function cartOf({ cart, cartSteps }: Memory): { items: number; value: number; updated_at: string | null } {
  let items = cart?.items ?? 0;
  let value = cart?.value ?? 0;
  for (const { quantity, price } of cartSteps) {
    items = Math.max(0, items + quantity);
    value = items === 0 ? 0 : Math.max(0, value + quantity * price);
  }
  return { items, value, updated_at: cartSteps.at(-1)?.at ?? cart?.at ?? null };
}
