import { sinceTold, tell } from "./fold-cart.ts";
import { type Folding, keepNewestViews, newerConsent } from "./fold-event.ts";
import { tellLists } from "./fold-lists.ts";
import { isBetterTold, isNewer, type Memory, MOST_DEVICES, type OlderOrders, type OrderMemory } from "./memory.ts";

/** Folds a merged profile into the one that lives on, as if all events had always been that one's. */
export function mergeInto(into: Folding, from: Folding): void {
  mergeTraits(into, from);
  for (const [channel, purposes] of Object.entries(from.consent)) {
    const mine = (into.consent[channel] ??= {});
    for (const [purpose, entry] of Object.entries(purposes)) {
      const known = mine[purpose];
      mine[purpose] = known ? newerConsent(known, entry) : entry;
    }
  }
  into.memory = joinMemory(into.memory, from.memory);
  if (from.firstSeen !== null && (into.firstSeen === null || from.firstSeen < into.firstSeen))
    into.firstSeen = from.firstSeen;
  if (from.lastSeen !== null && (into.lastSeen === null || from.lastSeen > into.lastSeen))
    into.lastSeen = from.lastSeen;
  into.changed.add("*");
}

function mergeTraits(into: Folding, from: Folding): void {
  for (const [name, told] of Object.entries(from.memory.traits)) {
    if (!isBetterTold(told, into.memory.traits[name])) continue;
    into.memory.traits[name] = told;
    const value = from.traits[name];
    if (value === undefined) delete into.traits[name];
    else into.traits[name] = value;
  }
}

function joinMemory(a: Memory, b: Memory): Memory {
  const joined: Memory = {
    traits: a.traits,
    orders: { ...a.orders },
    older: joinOlder(a.older, b.older),
    channels: { ...a.channels },
    views: { ...a.views },
    category: b.category && isNewer(b.category[0], b.category[1], a.category) ? b.category : a.category,
    zone: b.zone && isNewer(b.zone[0], b.zone[1], a.zone) ? b.zone : a.zone,
    cart: a.cart,
    lists: a.lists ?? null,
    cartSteps: [...a.cartSteps, ...b.cartSteps],
    devices: [...new Set([...a.devices, ...b.devices])].sort().slice(0, MOST_DEVICES),
    events: a.events + b.events,
  };
  for (const [key, order] of Object.entries(b.orders)) {
    const mine = joined.orders[key];
    joined.orders[key] = mine ? joinOrder(mine, order) : order;
  }
  for (const [name, { events, last }] of Object.entries(b.channels)) {
    const mine = joined.channels[name];
    joined.channels[name] = { events: events + (mine?.events ?? 0), last: mine && mine.last > last ? mine.last : last };
  }
  for (const [product, at] of Object.entries(b.views)) {
    const mine = joined.views[product];
    joined.views[product] = mine !== undefined && mine > at ? mine : at;
  }
  keepNewestViews(joined);
  if (b.cart) tell(joined, b.cart);
  if (b.lists) tellLists(joined, b.lists);
  joined.cartSteps = sinceTold(joined.cartSteps, joined.cart);
  return joined;
}

/** The same order told on both sides: the first telling holds, refunds of both count. */
function joinOrder(a: OrderMemory, b: OrderMemory): OrderMemory {
  const isFirst = b.at === "" || (a.at !== "" && (a.at < b.at || (a.at === b.at && a.id <= b.id)));
  return { ...(isFirst ? a : b), refunds: { ...a.refunds, ...b.refunds }, cancelled: a.cancelled || b.cancelled };
}

function joinOlder(a: OlderOrders, b: OlderOrders): OlderOrders {
  const sizes = { ...a.sizes };
  for (const [kind, counts] of Object.entries(b.sizes)) sizes[kind] = sum(sizes[kind] ?? {}, counts);
  return {
    count: a.count + b.count,
    byCurrency: sum(a.byCurrency, b.byCurrency),
    byChannel: joinChannels(a.byChannel, b.byChannel),
    stores: sum(a.stores, b.stores),
    sizes,
    first: a.first === null || (b.first !== null && b.first < a.first) ? b.first : a.first,
  };
}

function joinChannels(a: OlderOrders["byChannel"], b: OlderOrders["byChannel"]): OlderOrders["byChannel"] {
  const joined = { ...a };
  for (const [name, { orders, revenue }] of Object.entries(b)) {
    const mine = joined[name] ?? { orders: 0, revenue: 0 };
    joined[name] = { orders: mine.orders + orders, revenue: mine.revenue + revenue };
  }
  return joined;
}

function sum(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const total = { ...a };
  for (const [key, count] of Object.entries(b)) total[key] = (total[key] ?? 0) + count;
  return total;
}
