import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Store, StoreBody, StoreChange, StoreView } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { refuseTaken } from "../products/refuse-taken.ts";
import { checkZone } from "./check-zone.ts";
import { lockStore, saveStores, setStoreArchived } from "./queries/save-stores.pg.ts";
import { viewOf } from "./read-stores.ts";

export interface StoreDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Hears of every store that is opened, moved or closed, in that transaction: its shelf, and who is near it. */
  readonly onStore: (tx: Tx, store: Pick<Store, "id" | "name">) => Promise<void>;
}

export async function createStore(deps: StoreDeps, body: StoreBody): Promise<StoreView> {
  checkZone(body.timezone, "timezone");
  const store = { ...body, id: newId(deps.clock) };
  await refuseTaken(
    inTransaction(deps.db, async (tx) => {
      await saveStores(tx, [store]);
      await deps.onStore(tx, store);
    }),
  );
  return viewOf({ ...store, archived_at: null }, deps.clock.now());
}

/** Changes what is given. Whoever is asked for by their distance from it is decided anew. */
export async function changeStore(deps: StoreDeps, id: string, change: StoreChange): Promise<StoreView> {
  if (change.timezone !== undefined) checkZone(change.timezone, "timezone");
  const saved = await refuseTaken(
    inTransaction(deps.db, async (tx) => {
      const now = await lockStore(tx, id);
      if (!now) throw refuse("catalog_store_not_found");
      const store = { ...now, ...change } as typeof now;
      await saveStores(tx, [store]);
      await deps.onStore(tx, store);
      return store;
    }),
  );
  return viewOf(saved, deps.clock.now());
}

/** Closes a store for good, or opens it again; its orders and its stock stay as they are. */
export async function archiveStore(deps: StoreDeps, id: string, isArchived: boolean): Promise<StoreView> {
  const now = deps.clock.now();
  const archived_at = isArchived ? now.toString({ smallestUnit: "millisecond" }) : null;
  const saved = await inTransaction(deps.db, async (tx) => {
    const store = await lockStore(tx, id);
    if (!store) throw refuse("catalog_store_not_found");
    await setStoreArchived(tx, id, archived_at);
    await deps.onStore(tx, store);
    return store;
  });
  return viewOf({ ...saved, archived_at }, now);
}
