import { expect, test } from "vitest";

import { nameOf } from "./name-of.ts";

test("a full name, its parts in either spelling, an address, or nothing", () => {
  expect(nameOf({ traits: { name: "Ayşe Yılmaz", email: "a@x.com" } })).toBe("Ayşe Yılmaz");
  expect(nameOf({ traits: { first_name: "Ayşe", last_name: "Yılmaz" } })).toBe("Ayşe Yılmaz");
  expect(nameOf({ traits: { firstName: "Ayşe" } })).toBe("Ayşe");
  expect(nameOf({ traits: { email: "a@x.com", name: " " } })).toBe("a@x.com");
  expect(nameOf({ traits: {} })).toBeNull();
});
