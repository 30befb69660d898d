import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Page } from "../../platform/pages.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { DAY_MS } from "../predicates/times.ts";
import { compileTree, evaluateTree } from "../predicates/tree.ts";
import { eventPredicatesOf, nobody } from "../registry.ts";
import { lifecycle, rhythmOf } from "./lifecycle.ts";
import type { TemplateView } from "./shapes.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

describe("RDY-1 whoever has ordered is in exactly one stage of the lifecycle", () => {
  const NOW = Date.parse("2026-03-02T09:00:00Z");
  const orders = fc.uniqueArray(fc.integer({ min: 0, max: 24 * 400 }), { minLength: 1, maxLength: 5 });

  it("at any rhythm and instant, also exactly at an edge", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 7, max: 180 }), (hoursAgo, rhythm) => {
        const events = hoursAgo.map((hours) => orderAt(NOW - hours * 3_600_000));
        const stages = (["new", "active", "at_risk", "lapsed"] as const).filter((stage) => {
          const tree = compileTree(lifecycle(stage, rhythm));
          const states = new Map(
            eventPredicatesOf(tree).map((predicate) => [
              predicate.key,
              events.flatMap((event) => predicate.of(event) ?? []).reduce((a, b) => Number(predicate.combine(a, b))),
            ]),
          );
          return evaluateTree(tree, { ...nobody, stateOf: (key) => states.get(key) }, NOW).holds;
        });
        expect(stages).toHaveLength(1);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("takes the rhythm from the median customer, within bounds, and the usual one where few come back", () => {
    expect(rhythmOf({ people: 24, days: 90 })).toBe(30);
    expect(rhythmOf({ people: 25, days: 41.6 })).toBe(42);
    expect(rhythmOf({ people: 900, days: 1.2 })).toBe(7);
    expect(rhythmOf({ people: 900, days: 400 })).toBe(180);
  });
});

describe("RDY-2 every template is a segment of the people it names", () => {
  it("with the retailer's own values in it", async () => {
    const ago = (days: number) => new Date(server.clock.now().epochMilliseconds - days * DAY_MS).toISOString();
    const did = (userId: string, event: string, days: number, properties: object = {}, channel = "web") => ({
      type: "track",
      event,
      userId,
      messageId: `${userId} ${event} ${days}`,
      timestamp: ago(days),
      properties,
      context: { channel },
    });
    const order = (userId: string, days: number, channel: string, category = "Kilims", size?: string) =>
      did(userId, "Order Completed", days, { revenue: 40, currency: "EUR", products: [{ category, size }] }, channel);
    const batch = [
      ...[0, 60, 120, 180].map((days) => order("ann", 10 + days, days === 0 ? "store" : "web", "Kilims", "M")),
      order("bob", 100, "app", "Cushions", "M"),
      order("bob", 400, "store"),
      order("bob", 401, "web"),
      ...Array.from({ length: 24 }, (_, nth) => [order(`u${nth}`, 300, "web"), order(`u${nth}`, 240, "web")]).flat(),
      ...[1, 2, 3].map((days) => did("eve", "Product Viewed", days, { product_id: `p${days}` })),
      did("joe", "Product Added", 2, { product_id: "p1", price: 10, quantity: 1, cart_id: "c" }),
      did("joe", "Checkout Started", 2),
    ];
    for (let at = 0; at < batch.length; at += 20) {
      const { status } = await server.call("POST", "/v1/import", {
        writeKey: server.writeKey,
        batch: batch.slice(at, at + 20),
      });
      expect(status).toBe(200);
    }
    await server.settle();
    const { body } = await server.call<Page<TemplateView>>("GET", "/v1/segments/templates");
    const sizes: Record<string, number> = {};
    for (const { key, definition } of body.items) {
      const counted = await server.call<{ size: number }>("POST", "/v1/segments/preview", { definition });
      expect(counted.status, `${key} ${JSON.stringify(counted.body)}`).toBe(200);
      sizes[key] = counted.body.size;
    }
    expect(body.items.find(({ key }) => key === "category_lovers")?.values).toEqual({ category: "Kilims" });
    expect(body.items.find(({ key }) => key === "wears_size")?.values).toEqual({ size: "M" });
    expect(body.items.find(({ key }) => key === "lifecycle_lapsed")?.values).toMatchObject({ days: 60 });
    expect(sizes).toMatchObject({
      lifecycle_new: 0,
      lifecycle_active: 2,
      lifecycle_at_risk: 0,
      lifecycle_lapsed: 24,
      one_channel: 24,
      two_channels: 1,
      three_channels: 1,
      cart_abandoners: 1,
      checkout_abandoners: 1,
      browsers: 1,
      dormant: 25,
      category_lovers: 25,
      size_known: 2,
      wears_size: 2,
      // Nobody is scored before the boundaries are computed.
      champions: 0,
      big_spenders: 0,
    });
  });
});

function orderAt(at: number): PastEvent {
  return { name: "Order Completed", channel: "web", properties: {}, at };
}
