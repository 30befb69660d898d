import type { Db } from "../../platform/db.ts";
import type { MarketPrice } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { loadPrices } from "./queries/change-products.pg.ts";
import { loadItems } from "./queries/load-items.pg.ts";

/** What a variant costs beside its own price. */
export async function readPrices(db: Db, variantId: string): Promise<MarketPrice[]> {
  if ((await loadItems(db, [variantId])).length === 0) throw refuse("variant_not_found");
  return loadPrices(db, variantId);
}
