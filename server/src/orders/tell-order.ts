import { asEventProduct, type Item, readItems, readStores } from "../catalog/index.ts";
import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";
import type { LineRow, OrderRow } from "./queries/orders.pg.ts";

export interface Told {
  readonly lines: readonly LineRow[];
  /** What is left in the person's cart. */
  readonly cart: JsonObject | null;
  /** And on her lists, when something of them was bought. */
  readonly listed: JsonObject | null;
  /** What the catalogue says of the lines, if that was read just now. */
  readonly items?: ReadonlyMap<string, Item> | null;
}

/**
 * "Order Completed" (Segment's e-commerce standard), to be appended in the transaction in which the order is paid, with what
 * is left in the person's cart. An address told by an unproven buyer is a claim beside it, nothing more.
 */
export async function newsOfOrder(
  tx: Tx,
  clock: Clock,
  order: OrderRow,
  { lines, cart, listed, items: known = null }: Told,
): Promise<KilimEvent[]> {
  const items =
    known ??
    (await readItems(
      tx,
      lines.map((line) => line.variant_id),
    ));
  const products = lines.flatMap((line) => {
    const item = items.get(line.variant_id);
    const sold = item && { ...item, price: { amount: line.unit_price, currency: order.currency } };
    return sold ? [asEventProduct(sold, line.quantity)] : [];
  });
  const total = toMajor(order.total, order.currency);
  const store =
    order.store_id === null
      ? null
      : (await readStores(tx, { withArchived: true })).find(({ id }) => id === order.store_id);
  const whom = {
    profileId: order.profile_id,
    anonymousId: order.anonymous_id,
    channel: channelOf(order.channel),
    touchpoint: store?.code ?? null,
  };
  const completed = newEvent(clock, {
    ...whom,
    messageId: `order-completed:${order.id}`,
    source: "orders",
    name: "Order Completed",
    // A till that was offline tells it later.
    ...(order.channel === "store" ? { timestamp: order.placed_at } : {}),
    properties: {
      order_id: order.id,
      order_number: order.number,
      revenue: toMajor(order.total - order.shipping, order.currency),
      ...(order.shipping === 0 ? {} : { shipping: toMajor(order.shipping, order.currency) }),
      total,
      currency: order.currency,
      products,
      channel: order.channel,
      store_id: order.store_id,
      payment_method: order.payment_method,
      ...(order.email === null ? {} : { email: order.email }),
      ...(cart === null ? {} : { cart }),
      ...(listed === null ? {} : { lists: listed }),
    },
  });
  return [...claimOf(clock, order, whom), completed];
}

export function channelOf(channel: string): "store" | "app" | "kiosk" | "web" {
  return channel === "store" || channel === "app" || channel === "kiosk" ? channel : "web";
}

/** The address a guest typed at checkout, as the standard's identify. Who has proven herself needs none. */
function claimOf(clock: Clock, order: OrderRow, whom: Pick<KilimEvent, "anonymousId" | "channel" | "touchpoint">) {
  if (order.email === null || order.anonymous_id === null || order.is_proven) return [];
  return [
    newEvent(clock, {
      messageId: newId(clock),
      source: "orders",
      type: "identify",
      name: "Identify",
      anonymousId: whom.anonymousId,
      channel: whom.channel,
      traits: { email: order.email },
    }),
  ];
}
