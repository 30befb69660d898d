import { inTransaction } from "../platform/db.ts";
import type { OrderDeps } from "./check-out.ts";
import { refuse } from "./errors.ts";
import { writeToCollector } from "./letters/order-letters.ts";
import { loadFulfilment, saveCollector } from "./queries/fulfilments.pg.ts";
import { loadOrder } from "./queries/orders.pg.ts";
import { announceFulfilment } from "./step-fulfilment.ts";

/** Somebody else may fetch it, too. Of what is ready already she is written to at once, of the rest when it is. */
export async function nameCollector(
  deps: Pick<OrderDeps, "db" | "clock" | "bus">,
  id: string,
  { name, email = null }: { readonly name: string; readonly email?: string | null | undefined },
): Promise<void> {
  const { order, fulfilment } = await inTransaction(deps.db, async (tx) => {
    if (!(await saveCollector(tx, id, { name, email }))) throw refuse("not_now");
    const fulfilment = await loadFulfilment(tx, id);
    const order = fulfilment && (await loadOrder(tx, fulfilment.order_id));
    if (!fulfilment || !order) throw refuse("fulfilment_not_found");
    if (fulfilment.state === "ready") await writeToCollector(tx, deps, { order, fulfilment, kind: "ready" });
    return { order, fulfilment };
  });
  announceFulfilment(deps, order, fulfilment.store_id);
}
