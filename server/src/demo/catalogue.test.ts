import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { toGtin14 } from "../catalog/index.ts";
import { available } from "../inventory/index.ts";
import { inTransaction, one, sql } from "../platform/db.ts";
import { isUuid } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { demoCatalogue, demoStock, lastPair } from "./catalogue.ts";
import { loadDemoCatalogue } from "./load-catalogue.ts";

describe("the demo's assortment", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  test("has about 120 products with ids, codes and titles of their own", () => {
    const { products } = demoCatalogue;
    const variants = products.flatMap((p) => p.variants);
    expect(products.length).toBeGreaterThanOrEqual(100);
    expect(new Set(products.map((p) => p.title)).size).toBe(products.length);
    expect(new Set(products.map((p) => p.id)).size).toBe(products.length);
    expect(new Set(variants.map((v) => v.id)).size).toBe(variants.length);
    expect(new Set(variants.map((v) => v.sku)).size).toBe(variants.length);
    expect(variants.every((v) => toGtin14(v.gtin) === `0${v.gtin}` && isUuid(v.id))).toBe(true);
    expect(variants.every((v) => /^[A-Z0-9×-]+$/.test(v.sku))).toBe(true);
  });

  test("loads twice without a difference, with one pair of the red sneakers in 38 for web and store together", async () => {
    for (let i = 0; i < 2; i++) await inTransaction(world.db, (tx) => loadDemoCatalogue(tx, world.clock));
    const stock = (await available(world.db, world.clock, [lastPair.variantId])).get(lastPair.variantId);
    expect(stock?.web).toBe(1);
    expect(stock?.stores.filter((s) => s.available > 0).map((s) => s.name)).toEqual(["Dokuma Izmir Alsancak"]);
    const total = await one(world.db, sql<{ n: number }>`select sum(on_hand) as n from inventory.level`);
    expect(total?.n).toBe(demoStock().reduce((sum, line) => sum + line.quantity, 0));
  });
});
