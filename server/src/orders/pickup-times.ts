import { offersLocker, offersPickup, readStores } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { PickupTimes } from "./contracts.ts";
import { promiseTime } from "./promise-time.ts";
import { loadPolicy } from "./queries/policy.pg.ts";

/** When what is ordered now would be ready in each store that hands orders over; null where it does not open. */
export async function readPickupTimes(db: Db, clock: Clock): Promise<PickupTimes["items"]> {
  const [stores, { prepare_minutes }] = await Promise.all([readStores(db), loadPolicy(db)]);
  return stores.flatMap((store) => {
    const kinds = [
      ...(offersPickup(store) ? (["pickup"] as const) : []),
      ...(offersLocker(store) ? (["locker"] as const) : []),
    ];
    if (kinds.length === 0) return [];
    const promised = promiseTime(store, clock.now(), prepare_minutes);
    return [{ store_id: store.id, kinds, promised_at: promised?.toString({ smallestUnit: "millisecond" }) ?? null }];
  });
}
