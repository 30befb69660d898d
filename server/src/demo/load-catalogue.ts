import { load } from "../catalog/index.ts";
import { stockAssortment } from "../inventory/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { demoCatalogue, demoLocations, demoStock } from "./catalogue.ts";

/** Puts the demo retailer's products, stores and first stock in place; a second time changes nothing. */
export async function loadDemoCatalogue(tx: Tx, clock: Clock): Promise<void> {
  const { categories, products, stores } = demoCatalogue;
  await load(tx, clock, {
    categories: [...categories],
    products: products.map((p) => ({ ...p, variants: p.variants.map((v) => ({ ...v, prices: [...v.prices] })) })),
    stores: [...stores],
  });
  await stockAssortment(tx, clock, demoLocations, { document: "first delivery of the demo", lines: demoStock() });
}
