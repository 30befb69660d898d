import { expect, test } from "vitest";
import type { TimelineItem } from "./queries.ts";
import { type BookOrder, recentOrders } from "./recent-orders.ts";

const total = { amount: 8900, currency: "EUR" };
const own: BookOrder = {
  id: "o1",
  number: "K-1",
  status: "completed",
  channel: "store",
  store_name: "Alsancak",
  total,
  created_at: "2026-03-02T09:00:00.000Z",
  lines: [],
};
const told = (properties: Record<string, unknown>, timestamp = "2026-03-01T09:00:00.000Z") =>
  ({ event: "Order Completed", channel: "web", timestamp, properties }) as unknown as TimelineItem;

test("orders of other systems stand beside those of the book, newest first, each once", () => {
  const events = [
    told({ order_id: "o1", total: 89, currency: "EUR" }),
    told({ order_id: "old", revenue: 12.5, currency: "EUR" }),
  ];
  const orders = recentOrders([own], events, 5);
  expect(orders.map((order) => [order.id, order.total.amount])).toEqual([
    ["o1", 8900],
    ["old", 1250],
  ]);
});

test("all that are open come first, however many were bought since", () => {
  const others = Array.from({ length: 6 }, (_, i) => ({
    ...own,
    id: `n${i}`,
    created_at: `2026-03-0${i + 3}T09:00:00.000Z`,
  }));
  const waiting: BookOrder = { ...own, id: "waiting", status: "paid", created_at: "2026-01-01T09:00:00.000Z" };
  const orders = recentOrders([...others, waiting], [], 5);
  expect(orders.map((order) => order.id)).toEqual(["waiting", "n5", "n4", "n3", "n2"]);
});

test("what others send half is shown as far as it goes, or not at all", () => {
  const events = [
    told({ order_id: "a", total: "12", currency: "EUR", products: [{ name: "Shirt" }, { sku: "nameless" }] }),
    told({ order_id: "b", total: "much", currency: "EUR" }),
    told({ total: 5, currency: "EUR" }),
  ];
  const orders = recentOrders([], events, 5);
  expect(orders).toHaveLength(1);
  expect(orders[0]?.lines).toEqual([{ title: "Shirt", size: null, color: null, image_url: "", quantity: 1 }]);
});
