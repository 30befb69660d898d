import { type Money, minorDigits } from "@kilim/sdk";
import type { Order } from "../orders/queries.ts";
import type { TimelineItem } from "./queries.ts";

interface RecentLine {
  readonly title: string;
  readonly titles?: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly quantity: number;
}

/** What is read of an order of the book. */
export type BookOrder = Pick<
  Order,
  "id" | "number" | "status" | "channel" | "store_name" | "total" | "created_at" | "lines"
>;

export interface RecentOrder {
  readonly id: string;
  /** What the book says of it; null: another system's, which has no page here. */
  readonly own: Pick<Order, "number" | "status"> | null;
  readonly at: string;
  readonly channel: string;
  readonly storeName: string | null;
  readonly total: Money;
  readonly lines: readonly RecentLine[];
}

/** What is still to be paid, prepared or fetched. */
const isOpen = ({ own }: RecentOrder) => own?.status === "paid" || own?.status === "awaiting_payment";

/**
 * Our own order book, and what other systems told by events (imports, an older shop): all that are open, then the newest
 * of the others until there are so many.
 */
export function recentOrders(
  book: readonly BookOrder[],
  timeline: readonly TimelineItem[],
  most: number,
): RecentOrder[] {
  const own = new Set(book.flatMap((order) => [order.id, order.number]));
  const told = timeline.flatMap((item) => {
    const order = item.event === "Order Completed" ? readOrder(item) : null;
    return order && !own.has(order.id) ? [order] : [];
  });
  const all = [...book.map(fromBook), ...told].sort((a, b) => b.at.localeCompare(a.at));
  const open = all.filter(isOpen);
  return [...open, ...all.filter((order) => !isOpen(order)).slice(0, Math.max(0, most - open.length))];
}

function fromBook(order: BookOrder): RecentOrder {
  const { id, number, status, created_at: at, channel, store_name: storeName, total, lines } = order;
  return { id, own: { number, status }, at, channel, storeName, total, lines };
}

/** Events of others may lack anything; what cannot be shown as an order is none. */
function readOrder({ properties, timestamp, channel }: TimelineItem): RecentOrder | null {
  const { order_id: id, currency, products } = properties;
  const total = Number(properties.total ?? properties.revenue);
  if (typeof id !== "string" || typeof currency !== "string" || !Number.isFinite(total)) return null;
  const amount = Math.round(total * 10 ** minorDigits(currency));
  const lines = (Array.isArray(products) ? products : []).flatMap((product) => readLine(product) ?? []);
  return { id, own: null, at: timestamp, channel, storeName: null, total: { amount, currency }, lines };
}

function readLine(product: Record<string, unknown>): RecentLine | null {
  const text = (name: string) => (typeof product[name] === "string" ? product[name] : null);
  const title = text("name");
  if (!title) return null;
  const quantity = Number(product.quantity ?? 1);
  return { title, size: text("size"), color: text("color"), image_url: text("image_url") ?? "", quantity };
}
