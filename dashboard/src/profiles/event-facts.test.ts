import { expect, test } from "vitest";

import { readFacts } from "./event-facts.ts";
import type { TimelineEvent } from "./wire.ts";

const event = (name: string, properties: TimelineEvent["properties"]): TimelineEvent => ({
  message_id: "1",
  type: "track",
  event: name,
  timestamp: "2026-03-02T09:00:00.000Z",
  received_at: "2026-03-02T09:00:00.000Z",
  channel: "web",
  touchpoint: null,
  properties,
});

test("a product event names the product, its size and how many", () => {
  const facts = readFacts(event("Product Added", { name: "Runner", size: "38", color: "red", quantity: 2, price: 89 }));
  expect(facts.text).toBe("2 × Runner (38, red)");
});

test("an order names its first three products and its sum", () => {
  const products = ["A", "B", "C", "D"].map((name) => ({ name }));
  const facts = readFacts(event("Order Completed", { products, revenue: 120.5, currency: "EUR" }));
  expect(facts.text).toBe("A, B, C +1");
  expect(facts.money).toEqual({ value: 120.5, currency: "EUR" });
});

test("entering a segment links to it", () => {
  const facts = readFacts(event("Segment Entered", { segment_id: "s1", segment_name: "Left a cart" }));
  expect(facts).toEqual({ text: "Left a cart", money: null, link: { to: "segment", id: "s1" } });
});

test("odd properties say nothing rather than something wrong", () => {
  expect(readFacts(event("Order Completed", { products: [null, 3, {}], revenue: "12", currency: "euro" }))).toEqual({
    text: "",
    money: null,
    link: null,
  });
});
