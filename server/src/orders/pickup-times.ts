import { offersPickup, readStores } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { promiseTime } from "./promise-time.ts";
import { loadPolicy } from "./queries/policy.pg.ts";

/** When what is ordered now would be ready in each store that hands orders over; null where it does not open. */
export async function readPickupTimes(
  db: Db,
  clock: Clock,
): Promise<{ store_id: string; promised_at: string | null }[]> {
  const [stores, { prepare_minutes }] = await Promise.all([readStores(db), loadPolicy(db)]);
  return stores.filter(offersPickup).map((store) => ({
    store_id: store.id,
    promised_at: promiseTime(store, clock.now(), prepare_minutes)?.toString() ?? null,
  }));
}
