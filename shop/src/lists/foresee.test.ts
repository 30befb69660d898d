import { expect, test } from "vitest";
import type { ShoppingList } from "./api.ts";
import { foresee } from "./use-open-list.ts";

const list = {
  items: [
    { id: "a", quantity: 1, note: null },
    { id: "b", quantity: 2, note: "for Ali" },
  ],
} as unknown as ShoppingList;

test("a change shows before it is answered, in the fields it names", () => {
  expect(foresee(list, { op: "change", item_id: "b", quantity: 5 }).items[1]).toEqual({
    id: "b",
    quantity: 5,
    note: "for Ali",
  });
  expect(foresee(list, { op: "remove", item_id: "a" }).items.map(({ id }) => id)).toEqual(["b"]);
  expect(foresee(list, { op: "restore", item_id: "c" })).toBe(list);
});
