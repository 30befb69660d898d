import { expect, test } from "vitest";

import { matchKeys } from "./key-sequence.ts";

const known = ["g p", "g s", "c", "/", "?", "mod+k"];
const press = (key: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test("G then P goes to people", () => {
  const first = matchKeys(press("g"), "", known);
  expect(first).toEqual({ keys: null, pending: "g" });
  expect(matchKeys(press("p"), first.pending, known)).toEqual({ keys: "g p", pending: "" });
});

test("a key that does not go on a sequence starts afresh", () => {
  expect(matchKeys(press("c"), "g", known)).toEqual({ keys: "c", pending: "" });
  expect(matchKeys(press("x"), "g", known)).toEqual({ keys: null, pending: "" });
});

test("Ctrl and Cmd are the same, Alt is never ours, plain K is not Cmd-K", () => {
  expect(matchKeys(press("k", { metaKey: true }), "", known).keys).toBe("mod+k");
  expect(matchKeys(press("K", { ctrlKey: true }), "", known).keys).toBe("mod+k");
  expect(matchKeys(press("k"), "", known).keys).toBeNull();
  expect(matchKeys(press("c", { altKey: true }), "", known).keys).toBeNull();
});
