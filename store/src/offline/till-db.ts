import type { Money } from "@kilim/sdk";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PlacedOrder, TillSale } from "../../../server/src/orders/contracts.ts";

/** What this store sells, as the till knows it without a network. */
export interface KnownItem {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly title: string;
  /** In those of the till's languages in which it reads otherwise; a copy that an older till kept has none. */
  readonly titles?: Readonly<Record<string, string>>;
  /** The words it is found by, folded; a copy that an older till kept has none. */
  readonly search?: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: Money;
  readonly image_url: string;
}

export interface KeptSale {
  /** Idempotency key: sold once, however often it is told. */
  readonly key: string;
  readonly at: string;
  readonly body: TillSale;
  readonly total: Money;
  readonly state: "waiting" | "told" | "refused";
  /** What the book made of it. */
  readonly order: Pick<PlacedOrder, "id" | "number"> | null;
  /** The code by which it was refused. */
  readonly refusal: string | null;
}

interface TillDb extends DBSchema {
  items: { key: string; value: KnownItem; indexes: { gtin: string; sku: string } };
  sales: { key: string; value: KeptSale; indexes: { at: string } };
  facts: { key: string; value: string | number };
}

let opening: Promise<IDBPDatabase<TillDb>> | null = null;

/** Everything that must outlive a lost network, a reload and a killed page. */
export function tillDb(): Promise<IDBPDatabase<TillDb>> {
  opening ??= openDB<TillDb>("kilim-till", 1, {
    upgrade(db) {
      const items = db.createObjectStore("items", { keyPath: "variant_id" });
      items.createIndex("gtin", "gtin");
      items.createIndex("sku", "sku");
      db.createObjectStore("sales", { keyPath: "key" }).createIndex("at", "at");
      db.createObjectStore("facts");
    },
  });
  return opening;
}
