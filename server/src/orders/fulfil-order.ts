import type { OrderDeps } from "./check-out.ts";
import { refuse } from "./errors.ts";
import { collectFulfilment, shipFulfilment } from "./hand-over-fulfilment.ts";
import { loadFulfilments } from "./queries/fulfilments.pg.ts";
import { loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { before } from "./transitions.ts";

/** All goods of a paid order leave the house, whoever prepares them: only now does "on hand" fall. */
export async function fulfilOrder(deps: OrderDeps, orderId: string, actor: string): Promise<OrderRow> {
  const order = await loadOrder(deps.db, orderId);
  if (!order) throw refuse("order_not_found");
  const waiting = (await loadFulfilments(deps.db, [orderId])).filter(
    ({ state }) => state !== "planned" && before("collected").includes(state),
  );
  if (waiting.length === 0) throw refuse("not_fulfillable");
  for (const { id, kind } of waiting) {
    const shipment = { id, carrier: null, trackingNumber: null, trackingUrl: null, actor };
    if (kind === "delivery") await shipFulfilment(deps, shipment);
    else await collectFulfilment(deps, { id, by: "staff", actor });
  }
  return (await loadOrder(deps.db, orderId)) ?? order;
}
