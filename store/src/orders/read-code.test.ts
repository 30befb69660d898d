import { expect, test } from "vitest";
import { readCode } from "./read-code.ts";

const RECEIPT = "Ab3_-".repeat(6).concat("xy");

test.each([`https://kilim.example/r/${RECEIPT}`, ` ${RECEIPT} `, `http://x/r/${RECEIPT}?language=tr`])(
  "%s is a receipt",
  (text) => expect(readCode(text)).toEqual({ kind: "receipt", code: RECEIPT }),
);

test("a collection code is one however it is spaced", () => {
  expect(readCode("b2cd-3fgh")).toEqual({ kind: "collection", code: "B2CD3FGH" });
});

test.each(["96385074", "4006381333931", "jane@x.com", "+905321234567", "ILG-BRI-38", "linen dress"])(
  "%s is none",
  (text) => expect(readCode(text)).toBeNull(),
);

const LINK = `ls_01900000-0000-7000-9000-000000000001.${"aB3_-".repeat(8)}`;
test.each([`https://kilim.example/shop/lists/shared#${LINK}`, ` ${LINK} `])("%s is a list", (text) =>
  expect(readCode(text)).toEqual({ kind: "list", code: text.trim() }),
);
