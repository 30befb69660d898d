import { expect, test } from "vitest";
import type { Product } from "./queries.ts";
import { variantOfCode } from "./variant-of-code.ts";

const product = {
  variants: [
    { id: "v38", sku: "ILG-BRI-38", gtin: "09520000000011" },
    { id: "v39", sku: "ILG-BRI-39", gtin: null },
    { id: "v40", sku: "ILG-BRI-40", gtin: "00042100005264" },
  ],
} as unknown as Product;

test("a scanner's thirteen digits find the GTIN kept with fourteen", () => {
  expect(variantOfCode(product, "9520000000011")?.id).toBe("v38");
  expect(variantOfCode(product, "09520000000011")?.id).toBe("v38");
});

test("a UPC-E finds the UPC-A that it stands for", () => {
  expect(variantOfCode(product, "04252614")?.id).toBe("v40");
});

test("an SKU is found however it is typed, words are no code", () => {
  expect(variantOfCode(product, " ilg-bri-39 ")?.id).toBe("v39");
  expect(variantOfCode(product, "sneakers")).toBeUndefined();
});
