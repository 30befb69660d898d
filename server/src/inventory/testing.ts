import { load } from "../catalog/index.ts";
import { inTransaction, one, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { World } from "../platform/testing/world.ts";
import { SALES_CHANNELS } from "./contracts.ts";
import { stockAssortment } from "./stock-assortment.ts";

export const WAREHOUSE = "01900000-0000-7000-9000-000000000001";
export const IZMIR = "01900000-0000-7000-9000-000000000002";
export const JAKARTA = "01900000-0000-7000-9000-000000000003";

/** A product with so many variants, and the places of the tests: a warehouse, a store that ships and one that does not. */
export async function stockedProduct(
  world: World,
  stock: readonly Partial<Record<string, number>>[],
): Promise<{ productId: string; variantIds: string[] }> {
  const productId = newId(world.clock);
  const variants = stock.map((_, i) => ({
    id: newId(world.clock),
    sku: `${productId}-${i}`,
    size: String(36 + i),
    color: "Red",
    price: { amount: 8900, currency: "EUR" },
  }));
  const place = { address: "", country: "TR", lat: 38.4, lon: 27.1, timezone: "Europe/Istanbul", hours: {} };
  await inTransaction(world.db, async (tx) => {
    await load(tx, world.clock, {
      categories: [{ id: "shoes", title: "Shoes" }],
      products: [{ id: productId, title: "Ilgın sneaker", brand: "Dokuma", category: "shoes", variants }],
      stores: [
        { ...place, id: IZMIR, code: "izm", name: "Alsancak", city: "Izmir" },
        {
          ...place,
          id: JAKARTA,
          code: "jkt",
          name: "Kemang",
          city: "Jakarta",
          country: "ID",
          timezone: "Asia/Jakarta",
        },
      ],
    });
    await stockAssortment(
      tx,
      world.clock,
      [
        { id: WAREHOUSE, kind: "web", name: "Web", store_id: null, channels: SALES_CHANNELS, priority: 1 },
        { id: IZMIR, kind: "store", name: "Alsancak", store_id: IZMIR, channels: SALES_CHANNELS, priority: 2 },
        { id: JAKARTA, kind: "store", name: "Kemang", store_id: JAKARTA, channels: [], priority: 3 },
      ],
      {
        document: `first delivery of ${productId}`,
        lines: stock.flatMap((at, i) =>
          Object.entries(at).map(([locationId, quantity]) => ({
            variantId: variants[i]?.id ?? "",
            productId,
            locationId,
            quantity: quantity ?? 0,
          })),
        ),
      },
    );
  });
  return { productId, variantIds: variants.map((v) => v.id) };
}

export async function countersAt(world: World, variantId: string, locationId: string) {
  return one(
    world.db,
    sql<{
      on_hand: number;
      committed: number;
      reserved: number;
      safety: number;
      damaged: number;
      quality_control: number;
      incoming: number;
    }>`
      select on_hand, committed, reserved, safety, damaged, quality_control, incoming from inventory.level
      where variant_id = ${variantId} and location_id = ${locationId}`,
  );
}
