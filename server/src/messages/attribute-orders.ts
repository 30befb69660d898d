import type { KilimEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { Batch, FoldedEvent } from "../profiles/contracts.ts";
import { currencyOf, revenueOf } from "../profiles/index.ts";
import { noteHeldOut } from "./broadcasts/queries/recipients.pg.ts";
import { eventName, messageEvent } from "./events.ts";
import { attributeOrders } from "./queries/attribute-orders.pg.ts";
import { newsOf } from "./tracking/visit-log.ts";

/** How long after it was sent, or clicked, a message may claim an order. */
const WINDOW = { hours: 5 * 24 };

/**
 * Notes which message an order followed: the one clicked last, else sent last, within five days before; and gives the
 * events that say so. Orders of people held out of a broadcast are noted beside, to be compared with.
 */
export async function noteOrders(tx: Tx, clock: Clock, batch: Batch): Promise<KilimEvent[]> {
  const orders = batch.events.filter(({ event }) => event.name === "Order Completed" && !event.historical);
  if (orders.length === 0) return [];
  const news = orders.map((order) => {
    const { properties, timestamp } = order.event;
    const currency = currencyOf(properties);
    return {
      profileId: order.profileId,
      orderId: orderIdOf(order),
      at: timestamp,
      since: Temporal.Instant.from(timestamp).subtract(WINDOW).toString(),
      revenue: revenueOf(properties, currency),
      currency,
    };
  });
  noteHeldOut(tx, news);
  const hits = await attributeOrders(tx, news);
  return hits.flatMap((hit) => {
    const about = newsOf(hit);
    if (about === null) return [];
    const { order_id, revenue_minor, currency } = hit;
    return [messageEvent(clock, eventName(hit.channel, "Converted"), about, { order_id, revenue_minor, currency })];
  });
}

function orderIdOf({ event }: FoldedEvent): string {
  const id = event.properties.order_id;
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : event.messageId;
}
