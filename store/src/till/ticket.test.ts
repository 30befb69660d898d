import { expect, test } from "vitest";
import { changeTicket, newTicket, type TicketLine, totalOf } from "./ticket.ts";

const shoe: Omit<TicketLine, "quantity"> = {
  variant_id: "v1",
  product_id: "p1",
  title: "Sneakers",
  size: "38",
  color: "Brick",
  image_url: "/a.svg",
  price: { amount: 8900, currency: "EUR" },
};

test("the same article scanned twice is one line of two", () => {
  const ticket = [1, 2].reduce((held) => changeTicket(held, { do: "add", line: shoe }), newTicket());
  expect(ticket.lines).toMatchObject([{ variant_id: "v1", quantity: 2 }]);
  expect(totalOf(ticket)).toEqual({ amount: 17800, currency: "EUR" });
});

test("two of a list's are two on the ticket, beside what was scanned", () => {
  const scanned = changeTicket(newTicket(), { do: "add", line: shoe });
  expect(changeTicket(scanned, { do: "add", line: shoe, quantity: 2 }).lines).toMatchObject([{ quantity: 3 }]);
  expect(changeTicket(newTicket(), { do: "add", line: shoe, quantity: 2 }).lines).toMatchObject([{ quantity: 2 }]);
});

test("a line taken down to nothing is gone", () => {
  const ticket = changeTicket(newTicket(), { do: "add", line: shoe });
  expect(changeTicket(ticket, { do: "quantity", variantId: "v1", quantity: 0 }).lines).toEqual([]);
  expect(totalOf(newTicket())).toBeNull();
});

test("another content is another sale, so it gets another idempotency key", () => {
  const before = changeTicket(newTicket(), { do: "add", line: shoe });
  expect(changeTicket(before, { do: "add", line: shoe }).key).not.toBe(before.key);
});
