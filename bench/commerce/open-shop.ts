import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { type CatalogueInput, loadCatalogue } from "../../server/src/catalog/products/load-catalogue.ts";
import { SALES_CHANNELS } from "../../server/src/inventory/contracts.ts";
import { stockAssortment } from "../../server/src/inventory/index.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { inTransaction, openDb } from "../../server/src/platform/db.ts";
import { startPostgres } from "../../server/src/platform/engines/postgres.ts";
import { newId } from "../../server/src/platform/ids.ts";
import { cpuSecondsOf, type KilimProcess, startKilim } from "../lib/kilim-process.ts";

const WAREHOUSE = "01900000-0000-7000-9000-000000000001";
const STORE = "01900000-0000-7000-9000-000000000002";
const VARIANTS_EACH = 5;
const AT_ONCE = 1_000;
const KINDS = ["dress", "shirt", "sofa", "lamp", "sneaker", "bag", "vase", "coat", "carpet", "chair"];
const STUFFS = ["linen", "cotton", "velvet", "oak", "wool", "leather", "ceramic", "silk", "denim", "walnut"];
const NAMES = ["Ilgın", "Bodrum", "Kemang", "Ayvalık", "Ubud", "Kapadokya", "Malang", "Urla", "Bandung", "Assos"];
const PLACE = { address: "", country: "TR", lat: 38.4, lon: 27.1, timezone: "Europe/Istanbul", hours: {} };

export type Kilim = Pick<KilimProcess, "url" | "writeKey">;

export interface Shelf {
  readonly productId: string;
  readonly variantIds: readonly string[];
}

/** A Kilim on a PostgreSQL of its own, with so many variants on the shelves of a warehouse and a store. */
export async function openShop(variants: number) {
  const dataDir = await mkdtemp(join(tmpdir(), "kilim-bench-"));
  const { host, port, user, pid, stop } = await startPostgres({ dataDir, log: { info() {}, warn() {} } });
  const admin = openDb({ host, port, user, database: "postgres", max: 1 });
  await admin.pool.query("create database kilim");
  await admin.close();
  const address = `postgres://${user}@/kilim?host=${encodeURIComponent(host)}&port=${port}`;
  const kilim = await startKilim({ DATABASE_URL: address });
  const state = openDb({ host, port, user, database: "kilim", max: 2 });
  const shelves: Shelf[] = [];
  for (let from = 0; from < variants / VARIANTS_EACH; from += AT_ONCE) {
    const products = Array.from({ length: Math.min(AT_ONCE, variants / VARIANTS_EACH - from) }, (_, i) =>
      productOf(from + i),
    );
    await inTransaction(state.db, (tx) => fill(tx, products));
    shelves.push(...products.map((p) => ({ productId: p.id, variantIds: p.variants.map((v) => v.id) })));
  }
  await state.pool.query("analyze");
  return {
    kilim,
    shelves,
    warehouse: WAREHOUSE,
    /** Of its processes and its PostgreSQL, so far. */
    cpuSeconds: () => ({ ...kilim.cpuSeconds(), postgres: cpuSecondsOf(pid) }),
    /** Returns when what was told so far has been worked in: it is no part of what comes next. */
    async quiet() {
      for (;;) {
        const { rows } = await state.pool.query<{ waiting: number }>("select count(*) as waiting from collect.inbox");
        if (rows[0]?.waiting === 0) return;
        await pause(100);
      }
    },
    async close() {
      await state.close();
      await kilim.stop();
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Product = CatalogueInput["products"][number];

function productOf(n: number): Product {
  const word = (words: readonly string[], by: number) => words[Math.floor(n / by) % words.length] ?? "";
  const id = newId(systemClock);
  return {
    id,
    title: `${word(NAMES, 100)} ${word(STUFFS, 10)} ${word(KINDS, 1)} ${n}`,
    brand: "Dokuma",
    category: "all",
    variants: Array.from({ length: VARIANTS_EACH }, (_, i) => ({
      id: newId(systemClock),
      sku: `sku-${n}-${i}`,
      size: String(36 + i),
      color: "Red",
      price: { amount: 4990, currency: "EUR" },
    })),
  };
}

async function fill(tx: Parameters<typeof loadCatalogue>[0], products: Product[]): Promise<void> {
  await loadCatalogue(tx, systemClock, {
    categories: [{ id: "all", title: "All" }],
    products,
    stores: [{ ...PLACE, id: STORE, code: "izm", name: "Alsancak", city: "Izmir" }],
  });
  const place = { channels: SALES_CHANNELS, priority: 1 };
  const locations = [
    { ...place, id: WAREHOUSE, kind: "web" as const, name: "Web", store_id: null },
    { ...place, id: STORE, kind: "store" as const, name: "Alsancak", store_id: STORE, priority: 2 },
  ];
  const lines = products.flatMap((p) =>
    p.variants.flatMap((v) =>
      [WAREHOUSE, STORE].map((locationId) => ({ variantId: v.id, productId: p.id, locationId, quantity: 100_000 })),
    ),
  );
  await stockAssortment(tx, systemClock, locations, { document: products[0]?.id ?? "", lines });
}
