import { announce, handOver } from "../inventory/index.ts";
import { inTransaction } from "../platform/db.ts";
import type { OrderDeps } from "./check-out.ts";
import { refuse } from "./errors.ts";
import { loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { markFulfilled } from "./queries/settle-order.pg.ts";

/** The goods of a paid order leave the house: only now does "on hand" fall. */
export async function fulfilOrder(deps: OrderDeps, orderId: string, actor: string): Promise<OrderRow> {
  const { db, clock, bus } = deps;
  const touched = await inTransaction(db, async (tx) => {
    const out = await handOver(tx, clock, { owner: orderId, actor });
    if (!(await markFulfilled(tx, orderId, clock.now().toString()))) {
      throw refuse((await loadOrder(tx, orderId)) ? "not_fulfillable" : "order_not_found");
    }
    return out.touched;
  });
  announce(bus, touched);
  bus.changed("order", orderId, ["fulfilment"]);
  const order = await loadOrder(db, orderId);
  if (!order) throw refuse("order_not_found");
  return order;
}
