import type { Product, Variant } from "./queries.ts";

/** The variant a scanner means: an EAN-13 or UPC is a GTIN-14 without its leading zeros. */
export function variantOfCode(product: Product, code: string): Variant | undefined {
  const typed = code.trim();
  const gtin = /^\d{8,14}$/.test(typed) ? typed.padStart(14, "0") : null;
  return product.variants.find(
    (variant) => variant.gtin?.padStart(14, "0") === gtin || variant.sku.toLowerCase() === typed.toLowerCase(),
  );
}
