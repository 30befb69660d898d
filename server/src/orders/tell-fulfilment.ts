import { append, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";
import type { FulfilmentRow } from "./queries/fulfilments.pg.ts";
import type { OrderRow } from "./queries/orders.pg.ts";
import { channelOf } from "./tell-order.ts";

type Told =
  | "Order Ready for Pickup"
  | "Order Pickup Reminder"
  | "Order Pickup Expired"
  | "Order Collected"
  | "Order Shipped"
  | "Order Delivered"
  | "Order Rerouted";

/** Tells what became of a part of an order on its buyer's timeline. Never the code that fetches it. */
export async function tellFulfilment(
  tx: Tx,
  clock: Clock,
  name: Told,
  order: OrderRow,
  fulfilment: FulfilmentRow,
): Promise<void> {
  await tellBuyer(tx, clock, name, order, {
    fulfilment_id: fulfilment.id,
    kind: fulfilment.kind,
    store_id: fulfilment.store_id,
    ...(fulfilment.expires_at === null ? {} : { expires_at: fulfilment.expires_at }),
    ...(fulfilment.carrier === null ? {} : { carrier: fulfilment.carrier }),
    ...(fulfilment.tracking_number === null ? {} : { tracking_number: fulfilment.tracking_number }),
  });
}

/** Part of what was paid goes back: the standard's event, so that revenue follows. */
export async function tellRefund(tx: Tx, clock: Clock, order: OrderRow, amount: number, reason: string): Promise<void> {
  const total = toMajor(amount, order.currency);
  await tellBuyer(tx, clock, "Order Refunded", order, { total, currency: order.currency, reason });
}

async function tellBuyer(tx: Tx, clock: Clock, name: string, order: OrderRow, more: JsonObject): Promise<void> {
  const event = newEvent(clock, {
    messageId: newId(clock),
    source: "orders",
    name,
    profileId: order.profile_id,
    anonymousId: order.anonymous_id,
    channel: channelOf(order.channel),
    properties: { order_id: order.id, order_number: order.number, ...more },
  });
  await append(tx, [event]);
}
