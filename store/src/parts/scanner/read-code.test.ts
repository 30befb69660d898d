import { expect, test } from "vitest";
import { readCode } from "./read-code.ts";

test.each([
  ["https://id.example.org/01/09521234543213", "09521234543213"],
  ["https://brand.example/tr/01/9521234543213/22/2A/10/ABC%2F1?17=271231", "9521234543213"],
  ["HTTPS://ID.EXAMPLE.ORG/01/036000291452", "036000291452"],
])("a GS1 Digital Link means its GTIN: %s", (link, gtin) => {
  expect(readCode(link)).toBe(gtin);
});

test.each(["4006381333931", "https://shop.example/r/01x", "https://a.example/01/123", "KLM-7"])(
  "%s stays what it is",
  (text) => {
    expect(readCode(` ${text} `)).toBe(text);
  },
);
