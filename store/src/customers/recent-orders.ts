import { type Money, minorDigits, type Order } from "@kilim/sdk";
import type { TimelineItem } from "./queries.ts";

interface RecentLine {
  readonly title: string;
  readonly titles?: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly quantity: number;
}

export interface RecentOrder {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly storeName: string | null;
  readonly total: Money;
  readonly lines: readonly RecentLine[];
}

/** Newest first: our own order book, and what other systems told by events (imports, an older shop). */
export function recentOrders(book: readonly Order[], timeline: readonly TimelineItem[], most: number): RecentOrder[] {
  const own = new Set(book.flatMap((order) => [order.id, order.number]));
  const told = timeline.flatMap((item) => {
    const order = item.event === "Order Completed" ? readOrder(item) : null;
    return order && !own.has(order.id) ? [order] : [];
  });
  return [...book.map(fromBook), ...told].sort((a, b) => b.at.localeCompare(a.at)).slice(0, most);
}

function fromBook(order: Order): RecentOrder {
  const { id, created_at: at, channel, store_name: storeName, total, lines } = order;
  return { id, at, channel, storeName, total, lines };
}

/** Events of others may lack anything; what cannot be shown as an order is none. */
function readOrder({ properties, timestamp, channel }: TimelineItem): RecentOrder | null {
  const { order_id: id, currency, products } = properties;
  const total = Number(properties.total ?? properties.revenue);
  if (typeof id !== "string" || typeof currency !== "string" || !Number.isFinite(total)) return null;
  const amount = Math.round(total * 10 ** minorDigits(currency));
  const lines = (Array.isArray(products) ? products : []).flatMap((product) => readLine(product) ?? []);
  return { id, at: timestamp, channel, storeName: null, total: { amount, currency }, lines };
}

function readLine(product: Record<string, unknown>): RecentLine | null {
  const text = (name: string) => (typeof product[name] === "string" ? product[name] : null);
  const title = text("name");
  if (!title) return null;
  const quantity = Number(product.quantity ?? 1);
  return { title, size: text("size"), color: text("color"), image_url: text("image_url") ?? "", quantity };
}
