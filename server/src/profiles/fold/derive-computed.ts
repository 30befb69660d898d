import type { ChannelCounts, Computed } from "../contracts.ts";
import { cartOf } from "./fold-cart.ts";
import { listsOf } from "./fold-lists.ts";
import { addTo, isPlaced } from "./fold-orders.ts";
import type { Memory, OlderOrders } from "./memory.ts";

/** What State shows of a person, from what the fold remembers. */
export function deriveComputed(memory: Memory): Computed {
  const sums = copyOf(memory.older);
  for (const order of Object.values(memory.orders)) addTo(sums, order);
  const channels: Record<string, { events: number; orders: number; revenue: number; last_at: string }> = {};
  for (const [name, { events, last }] of Object.entries(memory.channels)) {
    channels[name] = { events, ...(sums.byChannel[name] ?? { orders: 0, revenue: 0 }), last_at: last };
  }
  const currency = most(sums.byCurrency);
  return {
    first_order_at: sums.first,
    last_order_at: lastOrderAt(memory),
    orders: sums.count,
    revenue: currency === null ? 0 : (sums.byCurrency[currency] ?? 0),
    currency,
    channels,
    order_channels: Object.values(sums.byChannel).filter(({ orders }) => orders > 0).length,
    preferred_channel: preferredChannel(channels),
    preferred_store: most(sums.stores),
    last_category: memory.category?.[2] ?? null,
    time_zone: memory.zone?.[2] ?? null,
    recently_viewed: Object.entries(memory.views)
      .sort((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] > b[1] ? -1 : 1))
      .map(([id]) => id),
    sizes: Object.fromEntries(Object.entries(sums.sizes).map(([kind, counts]) => [kind, most(counts) ?? ""])),
    cart: cartOf(memory),
    lists: listsOf(memory),
    devices: memory.devices.length,
    events: memory.events,
  };
}

function copyOf(older: OlderOrders): OlderOrders {
  const copy: OlderOrders = {
    ...older,
    byCurrency: { ...older.byCurrency },
    byChannel: {},
    stores: { ...older.stores },
    sizes: {},
  };
  for (const [name, counts] of Object.entries(older.byChannel)) copy.byChannel[name] = { ...counts };
  for (const [kind, counts] of Object.entries(older.sizes)) copy.sizes[kind] = { ...counts };
  return copy;
}

function lastOrderAt(memory: Memory): string | null {
  let last: string | null = null;
  for (const order of Object.values(memory.orders)) {
    if (isPlaced(order) && (last === null || order.at > last)) last = order.at;
  }
  return last;
}

/** The key with the largest number; ties go to the first in order of name. */
function most(counts: Readonly<Record<string, number>>): string | null {
  let best: string | null = null;
  for (const [key, count] of Object.entries(counts)) {
    if (best === null || count > (counts[best] ?? 0) || (count === counts[best] && key < best)) best = key;
  }
  return best;
}

/** Where a person buys most; before a first purchase, where they are seen most. */
function preferredChannel(channels: Readonly<Record<string, ChannelCounts>>): string | null {
  const orders = Object.fromEntries(Object.entries(channels).map(([name, counts]) => [name, counts.orders]));
  const byOrders = most(orders);
  if (byOrders !== null && (orders[byOrders] ?? 0) > 0) return byOrders;
  return most(Object.fromEntries(Object.entries(channels).map(([name, counts]) => [name, counts.events])));
}
