import { gtinReadings } from "./gtin-readings.ts";
import type { Product, Variant } from "./queries.ts";

/** The variant a scanner means: by its GTIN, whichever way the code writes it, or by its SKU. */
export function variantOfCode(product: Product, code: string): Variant | undefined {
  const typed = code.trim();
  const readings = gtinReadings(typed);
  return product.variants.find(
    ({ gtin, sku }) =>
      (gtin !== null && readings.includes(gtin.padStart(14, "0"))) || sku.toLowerCase() === typed.toLowerCase(),
  );
}
