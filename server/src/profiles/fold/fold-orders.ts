import type { KilimEvent } from "../../collect/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import { toMinor } from "../../platform/money.ts";
import { keyFor, type Memory, NEWEST_ORDERS, type OrderMemory } from "./memory.ts";

/** The standard's default where an event names no currency. */
const DEFAULT_CURRENCY = "USD";
const COMPLETED = new Set(["Order Completed", "Completed Order"]);

/** Folds what an event says of an order; returns whether it did. Repeats of the same order id count once. */
export function foldOrder(memory: Memory, event: KilimEvent): boolean {
  if (COMPLETED.has(event.name)) foldCompleted(memory, event);
  else if (event.name === "Order Refunded") foldRefund(memory, event);
  else if (event.name === "Order Cancelled") orderFor(memory, event).cancelled = true;
  else return false;
  dropOldest(memory);
  return true;
}

function foldCompleted(memory: Memory, event: KilimEvent): void {
  const order = orderFor(memory, event);
  if (order.at !== "" && order.at <= event.timestamp) return;
  order.c = currencyOf(event.properties);
  order.r = revenueOf(event.properties, order.c);
  order.at = event.timestamp;
  order.ch = event.channel;
  order.store = typeof event.properties.store_id === "string" ? keyFor(event.properties.store_id.slice(0, 200)) : null;
  for (const product of productsOf(event.properties)) {
    const { size, category } = product;
    if (typeof size !== "string" || size === "") continue;
    const kind = typeof category === "string" ? keyFor(category.slice(0, 200)) : "any";
    const counts = (memory.sizes[kind] ??= {});
    const value = keyFor(size.slice(0, 40));
    counts[value] = (counts[value] ?? 0) + 1;
  }
  if (order.store) memory.stores[order.store] = (memory.stores[order.store] ?? 0) + 1;
}

function foldRefund(memory: Memory, event: KilimEvent): void {
  const order = orderFor(memory, event);
  const currency = currencyOf(event.properties);
  const told = event.properties.total ?? event.properties.revenue;
  const fromProducts = productsOf(event.properties).reduce(
    (sum, product) => sum + (toMinor(product.price, currency) ?? 0) * quantityOf(product),
    0,
  );
  const amount = toMinor(told, currency);
  order.refunds[event.messageId] = amount !== null ? Math.abs(amount) : fromProducts > 0 ? fromProducts : order.r;
}

function orderFor(memory: Memory, event: KilimEvent): OrderMemory {
  const id = event.properties.order_id;
  const named = typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : event.messageId;
  const key = `${event.source}:${named}`;
  return (memory.orders[key] ??= {
    r: 0,
    c: currencyOf(event.properties),
    at: "",
    ch: event.channel,
    store: null,
    refunds: {},
    cancelled: false,
  });
}

export function currencyOf(properties: JsonObject): string {
  const { currency } = properties;
  return typeof currency === "string" && /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : DEFAULT_CURRENCY;
}

/** Minor units; `revenue` before `total` before `value`, as the standard prefers. */
export function revenueOf(properties: JsonObject, currency: string): number {
  for (const told of [properties.revenue, properties.total, properties.value]) {
    const minor = toMinor(told, currency);
    if (minor !== null) return minor;
  }
  return 0;
}

export function productsOf(properties: JsonObject): JsonObject[] {
  return Array.isArray(properties.products) ? properties.products.filter((product: Json) => isJsonObject(product)) : [];
}

export function quantityOf(product: JsonObject): number {
  const quantity = Number(product.quantity ?? 1);
  return Number.isFinite(quantity) && quantity > 0 ? Math.trunc(quantity) : 1;
}

/** Revenue that stayed: as sold less refunds, none when cancelled. */
export function netOf(order: OrderMemory): number {
  return order.cancelled ? 0 : order.r - Object.values(order.refunds).reduce((sum, refund) => sum + refund, 0);
}

/** Whether the order itself has been seen, not only news of it. */
export function isPlaced(order: OrderMemory): boolean {
  return order.at !== "" && !order.cancelled;
}

function dropOldest(memory: Memory): void {
  const keys = Object.keys(memory.orders);
  if (keys.length <= NEWEST_ORDERS) return;
  const oldest = keys
    .sort((a, b) => ((memory.orders[a]?.at ?? "") < (memory.orders[b]?.at ?? "") ? -1 : 1))
    .slice(0, keys.length - NEWEST_ORDERS);
  for (const key of oldest) {
    const order = memory.orders[key];
    delete memory.orders[key];
    if (!order || !isPlaced(order)) continue;
    const { older } = memory;
    older.count += 1;
    older.byCurrency[order.c] = (older.byCurrency[order.c] ?? 0) + netOf(order);
    const channel = (older.byChannel[order.ch] ??= { orders: 0, revenue: 0 });
    channel.orders += 1;
    channel.revenue += netOf(order);
    if (older.first === null || order.at < older.first) older.first = order.at;
  }
}
