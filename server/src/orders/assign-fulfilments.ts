import { readStores } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { promiseTime } from "./promise-time.ts";
import { type FulfilmentRow, takeStep } from "./queries/fulfilments.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";

const NO_STORE = { prepare_minutes: 0, accept_minutes: 0 };

/** Gives paid fulfilments to whoever prepares them, with the time promised. A warehouse need not accept. */
export async function assignFulfilments(
  tx: Tx,
  clock: Clock,
  fulfilments: readonly Pick<FulfilmentRow, "id" | "store_id">[],
): Promise<FulfilmentRow[]> {
  const isForStores = fulfilments.some(({ store_id }) => store_id !== null);
  const stores = isForStores ? await readStores(tx) : [];
  const { prepare_minutes, accept_minutes } = isForStores ? await loadPolicy(tx) : NO_STORE;
  const now = clock.now();
  const assigned: FulfilmentRow[] = [];
  for (const { id, store_id } of fulfilments) {
    const store = stores.find((one) => one.id === store_id);
    const promised_at = store ? (promiseTime(store, now, prepare_minutes)?.toString() ?? null) : null;
    const due_at = now.add({ minutes: accept_minutes }).toString();
    const row = store
      ? await takeStep(tx, id, "assigned", now.toString(), { promised_at, due_at })
      : await takeStep(tx, id, "accepted", now.toString(), { accepted_at: now.toString() });
    if (row) assigned.push(row);
  }
  return assigned;
}
