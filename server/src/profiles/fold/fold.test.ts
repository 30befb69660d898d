import fc from "fast-check";
import { expect, test } from "vitest";

import { type KilimEvent, newEvent } from "../../collect/index.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { deriveComputed } from "./derive-computed.ts";
import { type Folding, foldEvent } from "./fold-event.ts";
import { emptyMemory } from "./memory.ts";
import { mergeInto } from "./merge-memory.ts";

const clock = new VirtualClock("2026-03-02T09:00:00Z");

function empty(): Folding {
  return {
    version: null,
    id: "p",
    traits: {},
    consent: {},
    memory: emptyMemory(),
    firstSeen: null,
    lastSeen: null,
    changed: new Set(),
  };
}

function fold(events: readonly KilimEvent[], into = empty()): Folding {
  for (const event of events) foldEvent(into, event);
  return into;
}

function seen(folding: Folding) {
  const { traits, consent, firstSeen, lastSeen, memory } = folding;
  return { traits, consent, firstSeen, lastSeen, computed: deriveComputed(memory) };
}

let n = 0;
function event(name: string, more: Partial<KilimEvent> = {}): KilimEvent {
  return newEvent(clock, {
    messageId: `m${String(++n).padStart(6, "0")}`,
    source: "shop",
    name,
    channel: "web",
    ...more,
  });
}
function order(id: string, revenue: number, more: Partial<KilimEvent> = {}): KilimEvent {
  return event("Order Completed", {
    ...more,
    properties: { order_id: id, revenue, currency: "EUR", ...more.properties },
  });
}

const at = fc
  .integer({ min: 0, max: 500 })
  .map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString());
const channel = fc.constantFrom("web", "app", "store", "email");
const anyEvent = fc
  .tuple(at, channel, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 }))
  .map(([timestamp, from, what, which]): KilimEvent => {
    const context = { timezone: ["Asia/Jakarta", "Europe/Istanbul", "nowhere"][which] ?? null };
    const base = { timestamp, channel: from as "web", context };
    const product = { product_id: `p${which}`, price: which + 0.5, quantity: 1, category: `c${which}` };
    switch (what) {
      case 0:
        return event("Identify", {
          ...base,
          type: "identify",
          verified: which > 2,
          traits: { city: `city ${which}`, plan: which === 0 ? null : which },
        });
      case 1:
        return event("Product Viewed", { ...base, properties: product });
      case 2:
      case 3:
        return event("Product Added", { ...base, properties: product });
      case 4:
        return event("Product Removed", { ...base, properties: product });
      case 5:
        return order(`o${which}`, 10 * (which + 1), {
          ...base,
          properties: { products: [{ ...product, size: `S${which}` }] },
        });
      case 6:
        return event("Order Refunded", { ...base, properties: { order_id: `o${which}`, total: 3, currency: "EUR" } });
      case 7:
        return event("Consent Changed", {
          ...base,
          properties: { channel: "email", purpose: "marketing", state: which % 2 ? "granted" : "denied" },
        });
      case 8:
        return event("Product Added", {
          ...base,
          properties: { ...product, cart: { items: which, value: which * 2, currency: "EUR" } },
        });
      default:
        return event("Page Viewed", { ...base, type: "page", anonymousId: `device-${which}` });
    }
  });

test("PRO-1 events in any order of arrival give the same profile", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyEvent, { maxLength: 40 })
        .chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
          ),
        ),
      ([events, shuffled]) => {
        expect(seen(fold(shuffled))).toEqual(seen(fold(events)));
      },
    ),
    { numRuns: 500, seed: 11 },
  );
});

test("PRO-2 a merged profile is what it would be had all events always been one person's", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEvent, fc.boolean()), { maxLength: 40 }), (marked) => {
      const mine = marked.filter(([, isMine]) => isMine).map(([e]) => e);
      const others = marked.filter(([, isMine]) => !isMine).map(([e]) => e);
      const merged = fold(mine);
      mergeInto(merged, fold(others));
      expect(seen(merged)).toEqual(seen(fold(marked.map(([e]) => e))));
    }),
    { numRuns: 500, seed: 12 },
  );
});

test("an order told twice under other message ids counts once", () => {
  const { computed } = seen(fold([order("o1", 25), order("o1", 25)]));
  expect(computed).toMatchObject({ orders: 1, revenue: 2500, currency: "EUR" });
});

test("a late older trait does not overwrite a newer one, and null removes", () => {
  const identify = (timestamp: string, traits: KilimEvent["traits"]) =>
    event("Identify", { type: "identify", timestamp, traits });
  const folding = fold([
    identify("2026-03-01T12:00:00.000Z", { plan: "pro", nick: null }),
    identify("2026-03-01T11:00:00.000Z", { plan: "free", nick: "old" }),
  ]);
  expect(folding.traits).toEqual({ plan: "pro" });
});

test("PRO-5 what somebody has proven is not overwritten by what was only claimed, whichever is newer", () => {
  const told = (timestamp: string, email: string | null, verified: boolean) =>
    event("Identify", { type: "identify", timestamp, traits: { email }, verified });
  const proven = told("2026-03-01T11:00:00.000Z", "ada@x.co", true);
  const typed = told("2026-03-01T12:00:00.000Z", "adda@x.co", false);
  const removed = told("2026-03-01T13:00:00.000Z", null, false);
  const anew = told("2026-03-01T12:30:00.000Z", "ada@new.co", true);
  expect(fold([proven, typed, removed]).traits).toEqual({ email: "ada@x.co" });
  expect(fold([removed, typed, proven]).traits).toEqual({ email: "ada@x.co" });
  expect(fold([anew, typed, proven]).traits).toEqual({ email: "ada@new.co" });
  const merged = fold([typed]);
  mergeInto(merged, fold([proven]));
  expect(merged.traits).toEqual({ email: "ada@x.co" });
});

test("at the same instant a refused consent wins over a given one", () => {
  const choice = (state: string) =>
    event("Consent Changed", { properties: { channel: "email", purpose: "marketing", state } });
  for (const events of [
    [choice("granted"), choice("denied")],
    [choice("denied"), choice("granted")],
  ]) {
    expect(fold(events).consent.email?.marketing?.state).toBe("denied");
  }
});

test("an order empties the cart of what came before it, not of what came after", () => {
  const added = (timestamp: string) =>
    event("Product Added", { timestamp, properties: { product_id: "p", price: 5, quantity: 2, currency: "EUR" } });
  const bought = order("o9", 5, { timestamp: "2026-03-01T12:00:00.000Z" });
  const { computed } = seen(fold([added("2026-03-01T13:00:00.000Z"), added("2026-03-01T11:00:00.000Z"), bought]));
  expect(computed.cart).toMatchObject({ items: 2, value: 1000 });
});

test("names that every object inherits are names like any other", () => {
  const hostile = ["__proto__", "constructor", "toString"];
  const events = hostile.flatMap((name) => [
    event("Consent Changed", { properties: { channel: name, purpose: name, state: "granted" } }),
    event("Product Viewed", { properties: { product_id: name, category: name } }),
    order(name, 1, { properties: { store_id: name, products: [{ size: name, category: name }] } }),
    event("Identify", { type: "identify", traits: Object.fromEntries([[name, "x"]]) }),
  ]);
  expect(seen(fold(events)).computed).toMatchObject({ orders: 3, revenue: 300 });
  expect(({} as Record<string, unknown>).granted).toBeUndefined();
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
