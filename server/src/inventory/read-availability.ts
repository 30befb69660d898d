import { variantIdsOf } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { availableAt } from "./arithmetic.ts";
import type { Availability, AvailabilityList, StockItem, WhichStock } from "./contracts.ts";
import { loadStock } from "./queries/load-stock.pg.ts";

const NOTHING: Availability = { web: 0, stores: [] };

/** What may be sold of each variant, now; every asked id is in the answer. */
export async function available(
  db: Db,
  clock: Clock,
  variantIds: readonly string[],
): Promise<Map<string, Availability>> {
  const stock = variantIds.length > 0 ? await loadStock(db, variantIds, clock.now().toString()) : [];
  const byVariant = Map.groupBy(stock, (row) => row.variant_id);
  return new Map(
    variantIds.map((id) => {
      const levels = byVariant.get(id);
      if (!levels) return [id, NOTHING];
      const web = levels.filter((l) => l.web_sellable).reduce((sum, l) => sum + availableAt(l), 0);
      const stores = levels.flatMap((l) =>
        l.store_id === null ? [] : [{ storeId: l.store_id, name: l.location_name, available: availableAt(l) }],
      );
      return [id, { web, stores }];
    }),
  );
}

/** The same for screens: never below 0. */
export async function showAvailability(db: Db, clock: Clock, which: WhichStock): Promise<AvailabilityList> {
  const found = await available(db, clock, await variantsOf(db, which));
  return {
    items: [...found].map(([variantId, { web, stores }]) => ({
      variant_id: variantId,
      web: Math.max(0, web),
      stores: stores.map((s) => ({ store_id: s.storeId, name: s.name, available: Math.max(0, s.available) })),
    })),
  };
}

export async function readStock(db: Db, clock: Clock, which: WhichStock): Promise<StockItem[]> {
  const stock = await loadStock(db, await variantsOf(db, which), clock.now().toString());
  return stock.map(({ store_id: _, ...row }) => ({ ...row, available: availableAt(row) }));
}

async function variantsOf(db: Db, which: WhichStock): Promise<readonly string[]> {
  return which.variant ?? (which.product ? variantIdsOf(db, [which.product]) : []);
}
