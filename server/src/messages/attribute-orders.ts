import type { Tx } from "../platform/db.ts";
import type { Batch, FoldedEvent } from "../profiles/contracts.ts";
import { attributeOrders } from "./queries/attribute-orders.pg.ts";

/** How long after it was sent, or clicked, a message may claim an order. */
const WINDOW = { hours: 5 * 24 };

/** Notes which message an order followed: the one clicked last, else sent last, within five days before. */
export function noteOrders(tx: Tx, batch: Batch): void {
  const orders = batch.events.filter(({ event }) => event.name === "Order Completed" && !event.historical);
  if (orders.length === 0) return;
  attributeOrders(
    tx,
    orders.map((order) => ({
      profileId: order.profileId,
      orderId: orderIdOf(order),
      at: order.event.timestamp,
      since: Temporal.Instant.from(order.event.timestamp).subtract(WINDOW).toString(),
    })),
  );
}

function orderIdOf({ event }: FoldedEvent): string {
  const id = event.properties.order_id;
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : event.messageId;
}
