import type { ChannelCounts, Computed } from "../contracts.ts";
import { cartOf } from "./fold-cart.ts";
import { isPlaced, netOf } from "./fold-orders.ts";
import type { Memory } from "./memory.ts";

/** What State shows of a person, from what the fold remembers. */
export function deriveComputed(memory: Memory): Computed {
  const placed = Object.values(memory.orders).filter(isPlaced);
  const byCurrency: Record<string, number> = { ...memory.older.byCurrency };
  const channels: Record<string, { events: number; orders: number; revenue: number; last_at: string }> = {};
  for (const [name, { events, last }] of Object.entries(memory.channels)) {
    const older = memory.older.byChannel[name];
    channels[name] = { events, orders: older?.orders ?? 0, revenue: older?.revenue ?? 0, last_at: last };
  }
  for (const order of placed) {
    byCurrency[order.c] = (byCurrency[order.c] ?? 0) + netOf(order);
    const channel = (channels[order.ch] ??= { events: 0, orders: 0, revenue: 0, last_at: order.at });
    channel.orders += 1;
    channel.revenue += netOf(order);
  }
  const times = placed.map((order) => order.at).sort();
  const currency = most(byCurrency);
  return {
    first_order_at: earliest(times[0] ?? null, memory.older.first),
    last_order_at: times.at(-1) ?? null,
    orders: placed.length + memory.older.count,
    revenue: currency === null ? 0 : (byCurrency[currency] ?? 0),
    currency,
    channels,
    preferred_channel: preferredChannel(channels),
    preferred_store: most(memory.stores),
    last_category: memory.category?.[2] ?? null,
    recently_viewed: Object.entries(memory.views)
      .sort((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] > b[1] ? -1 : 1))
      .map(([id]) => id),
    sizes: Object.fromEntries(Object.entries(memory.sizes).map(([kind, counts]) => [kind, most(counts) ?? ""])),
    cart: cartOf(memory),
    devices: memory.devices.length,
    events: memory.events,
  };
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
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
