import { expect, test } from "vitest";
import { leftOf, takeTender } from "./tenders.ts";

test("a gift card pays a part, cash the rest, and only what is given too much in cash is change", () => {
  const card = takeTender(8_900, [], { method: "gift_card", amount: 2_500 });
  expect(card).toEqual({ paid: [{ method: "gift_card", amount: 2_500 }], change: 0 });
  expect(leftOf(8_900, card?.paid ?? [])).toBe(6_400);
  expect(takeTender(8_900, card?.paid ?? [], { method: "cash", amount: 10_000 })).toEqual({
    paid: [
      { method: "gift_card", amount: 2_500 },
      { method: "cash", amount: 6_400 },
    ],
    change: 3_600,
  });
});

test("a card is not charged more than is open, and nothing is no payment", () => {
  expect(takeTender(8_900, [], { method: "card", amount: 9_000 })).toBeNull();
  expect(takeTender(8_900, [], { method: "cash", amount: 0 })).toBeNull();
  expect(takeTender(0, [], { method: "cash", amount: 0 })).toEqual({ paid: [], change: 0 });
});
