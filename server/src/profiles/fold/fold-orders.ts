import type { KilimEvent } from "../../collect/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import { toMinor } from "../../platform/money.ts";
import { keyFor, type Memory, NEWEST_ORDERS, type OlderOrders, type OrderMemory } from "./memory.ts";

/** The standard's default where an event names no currency. */
const DEFAULT_CURRENCY = "USD";
/** Lines of one order that tell sizes. */
const MOST_SIZES = 20;

/** Folds what an event says of an order; returns whether it did. Repeats of the same order id count once. */
export function foldOrder(memory: Memory, event: KilimEvent): boolean {
  if (event.name === "Order Completed") foldCompleted(memory, event);
  else if (event.name === "Order Refunded") foldRefund(memory, event);
  else if (event.name === "Order Cancelled") orderFor(memory, event).cancelled = true;
  else return false;
  dropOldest(memory);
  return true;
}

function foldCompleted(memory: Memory, event: KilimEvent): void {
  const order = orderFor(memory, event);
  const { timestamp, messageId, properties } = event;
  if (order.at !== "" && (order.at < timestamp || (order.at === timestamp && order.id <= messageId))) return;
  order.c = currencyOf(properties);
  order.r = revenueOf(properties, order.c);
  order.at = timestamp;
  order.id = messageId;
  order.ch = event.channel;
  order.store = typeof properties.store_id === "string" ? keyFor(properties.store_id.slice(0, 200)) : null;
  order.sizes = productsOf(properties)
    .slice(0, MOST_SIZES)
    .flatMap(({ size, category }): OrderMemory["sizes"] =>
      typeof size === "string" && size !== ""
        ? [[typeof category === "string" ? keyFor(category.slice(0, 200)) : "any", keyFor(size.slice(0, 40))]]
        : [],
    );
}

function foldRefund(memory: Memory, event: KilimEvent): void {
  const currency = currencyOf(event.properties);
  const amount = toMinor(event.properties.total ?? event.properties.revenue, currency);
  const fromProducts = productsOf(event.properties).reduce(
    (sum, product) => sum + (toMinor(product.price, currency) ?? 0) * quantityOf(product),
    0,
  );
  orderFor(memory, event).refunds[event.messageId] = amount !== null ? Math.abs(amount) : fromProducts || null;
}

function orderFor(memory: Memory, event: KilimEvent): OrderMemory {
  const id = event.properties.order_id;
  const named = typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : event.messageId;
  const key = `${event.source}:${named}`;
  return (memory.orders[key] ??= {
    r: 0,
    c: currencyOf(event.properties),
    at: "",
    id: "",
    ch: event.channel,
    store: null,
    sizes: [],
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

/** Revenue that stayed: as sold less refunds, none when cancelled. News of an order never seen only lowers it. */
export function netOf(order: OrderMemory): number {
  if (order.cancelled) return 0;
  const refunds = Object.values(order.refunds);
  if (refunds.includes(null)) return 0;
  return order.r - refunds.reduce<number>((sum, refund) => sum + (refund ?? 0), 0);
}

/** Whether the order itself has been seen, not only news of it. */
export function isPlaced(order: OrderMemory): boolean {
  return order.at !== "" && !order.cancelled;
}

/** Adds an order to the sums. */
export function addTo(sums: OlderOrders, order: OrderMemory): void {
  if (order.cancelled) return;
  sums.byCurrency[order.c] = (sums.byCurrency[order.c] ?? 0) + netOf(order);
  if (!isPlaced(order)) return;
  sums.count += 1;
  const channel = (sums.byChannel[order.ch] ??= { orders: 0, revenue: 0 });
  channel.orders += 1;
  channel.revenue += netOf(order);
  if (order.store !== null) sums.stores[order.store] = (sums.stores[order.store] ?? 0) + 1;
  for (const [kind, size] of order.sizes) {
    const counts = (sums.sizes[kind] ??= {});
    counts[size] = (counts[size] ?? 0) + 1;
  }
  if (sums.first === null || order.at < sums.first) sums.first = order.at;
}

function dropOldest(memory: Memory): void {
  const keys = Object.keys(memory.orders);
  if (keys.length <= NEWEST_ORDERS) return;
  const oldest = keys
    .sort((a, b) => ((memory.orders[a]?.at ?? "") < (memory.orders[b]?.at ?? "") ? -1 : 1))
    .slice(0, keys.length - NEWEST_ORDERS);
  for (const key of oldest) {
    const order = memory.orders[key];
    if (order) addTo(memory.older, order);
    delete memory.orders[key];
  }
}
