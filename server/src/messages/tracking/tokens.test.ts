import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { createSecrets } from "../../platform/secrets.ts";
import { createTrackingTokens } from "./tokens.ts";

const ID = "01960000-0000-7000-8000-000000000001";
const OTHER = "01960000-0000-7000-8000-000000000002";
const tokens = createTrackingTokens(createSecrets(randomBytes(32)));

test("a click token carries its message and its address", () => {
  const url = "https://shop.test/cart?a=1&ü=2#x";
  expect(tokens.readClick(tokens.click(ID, url))).toEqual({ messageId: ID, url });
});

test("MSG-5 a token of another use, message or address is refused", () => {
  const click = tokens.click(ID, "https://shop.test/");
  const [payload, signature] = click.split(".") as [string, string];
  const evil = payload.slice(0, 22) + Buffer.from("https://evil.test/").toString("base64url");
  expect(tokens.readClick(`${evil}.${signature}`)).toBeNull();
  expect(tokens.readClick(`${tokens.click(OTHER, "https://shop.test/").split(".")[0]}.${signature}`)).toBeNull();
  expect(tokens.readUnsubscribe(tokens.open(ID))).toBeNull();
  expect(tokens.readOpen(tokens.unsubscribe(ID))).toBeNull();
  expect(tokens.readOpen(tokens.open(ID))).toBe(ID);
  for (const forged of ["", ".", "x", payload, `${payload}.`, `${payload}.${signature}x`, `.${signature}`]) {
    expect(tokens.readClick(forged)).toBeNull();
  }
});

test("MSG-5 a signed address that is not of the web leads nowhere", () => {
  expect(tokens.readClick(tokens.click(ID, "javascript:alert(1)"))).toBeNull();
});

test("tokens of another installation are refused", () => {
  const foreign = createTrackingTokens(createSecrets(randomBytes(32)));
  expect(tokens.readOpen(foreign.open(ID))).toBeNull();
});
