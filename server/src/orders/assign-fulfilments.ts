import { readStores } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { promiseTime } from "./promise-time.ts";
import { type FulfilmentRow, takeSteps } from "./queries/fulfilments.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";

const NO_STORE = { prepare_minutes: 0, accept_minutes: 0 };

/**
 * Gives paid fulfilments to whoever prepares them, with the time promised; in the order in which they were made. A warehouse
 * need not accept.
 */
export async function assignFulfilments(
  tx: Tx,
  clock: Clock,
  fulfilments: readonly Pick<FulfilmentRow, "id" | "store_id">[],
): Promise<FulfilmentRow[]> {
  const isForStores = fulfilments.some(({ store_id }) => store_id !== null);
  const stores = isForStores ? await readStores(tx) : [];
  const { prepare_minutes, accept_minutes } = isForStores ? await loadPolicy(tx) : NO_STORE;
  const now = clock.now();
  const at = now.toString();
  const due_at = now.add({ minutes: accept_minutes }).toString();
  const asked = fulfilments.flatMap(({ id, store_id }) => {
    const store = stores.find((one) => one.id === store_id);
    if (!store) return [];
    return { id, change: { promised_at: promiseTime(store, now, prepare_minutes)?.toString() ?? null, due_at } };
  });
  const isAsked = new Set(asked.map(({ id }) => id));
  const others = fulfilments.filter(({ id }) => !isAsked.has(id));
  const assigned = [
    ...(await takeSteps(tx, "assigned", at, asked)),
    ...(await takeSteps(
      tx,
      "accepted",
      at,
      others.map(({ id }) => ({ id, change: { accepted_at: at } })),
    )),
  ];
  return assigned.sort((a, b) => (a.id < b.id ? -1 : 1));
}
