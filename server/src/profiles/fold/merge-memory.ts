import { type Folding, keepNewestViews, newerConsent } from "./fold-event.ts";
import { isNewer, type Memory, MOST_DEVICES, NEWEST_CART_STEPS } from "./memory.ts";

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
  for (const [name, [at, id]] of Object.entries(from.memory.traits)) {
    if (!isNewer(at, id, into.memory.traits[name])) continue;
    into.memory.traits[name] = [at, id];
    const value = from.traits[name];
    if (value === undefined) delete into.traits[name];
    else into.traits[name] = value;
  }
}

function joinMemory(a: Memory, b: Memory): Memory {
  const cartCleared = later(a.cartCleared, b.cartCleared);
  const joined: Memory = {
    traits: a.traits,
    orders: { ...b.orders, ...a.orders },
    older: {
      count: a.older.count + b.older.count,
      byCurrency: sum(a.older.byCurrency, b.older.byCurrency),
      byChannel: joinChannels(a.older.byChannel, b.older.byChannel),
      first:
        a.older.first === null || (b.older.first !== null && b.older.first < a.older.first)
          ? b.older.first
          : a.older.first,
    },
    channels: { ...a.channels },
    stores: sum(a.stores, b.stores),
    views: { ...a.views },
    category: b.category && isNewer(b.category[0], b.category[1], a.category) ? b.category : a.category,
    cart: b.cart && isNewer(b.cart.at, b.cart.id, a.cart && [a.cart.at, a.cart.id]) ? b.cart : a.cart,
    cartSteps: [...a.cartSteps, ...b.cartSteps]
      .filter((step) => cartCleared === null || step.at > cartCleared)
      .sort((x, y) => (x.at + x.id < y.at + y.id ? -1 : 1))
      .slice(-NEWEST_CART_STEPS),
    cartCleared,
    sizes: { ...a.sizes },
    devices: [...new Set([...a.devices, ...b.devices])].sort().slice(0, MOST_DEVICES),
    events: a.events + b.events,
  };
  for (const [name, { events, last }] of Object.entries(b.channels)) {
    const mine = joined.channels[name];
    joined.channels[name] = { events: events + (mine?.events ?? 0), last: later(last, mine?.last ?? null) ?? last };
  }
  for (const [product, at] of Object.entries(b.views))
    joined.views[product] = later(at, joined.views[product] ?? null) ?? at;
  keepNewestViews(joined);
  for (const [kind, counts] of Object.entries(b.sizes)) joined.sizes[kind] = sum(joined.sizes[kind] ?? {}, counts);
  return joined;
}

function joinChannels(a: Memory["older"]["byChannel"], b: Memory["older"]["byChannel"]): Memory["older"]["byChannel"] {
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

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
