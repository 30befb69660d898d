import type { Db } from "../../platform/db.ts";
import { qrPng } from "../../platform/qr-code.ts";
import { refuse } from "../errors.ts";
import { loadStores } from "./queries/load-stores.pg.ts";

/** A picture for a store's door, or a kiosk: whoever scans it has entered the store, and finds her lists there. */
export async function drawCheckIn(db: Db, publicUrl: string, id: string): Promise<Buffer> {
  const store = (await loadStores(db)).find((one) => one.id === id);
  if (!store) throw refuse("catalog_store_not_found");
  return qrPng(`${publicUrl}/shop/here/${encodeURIComponent(store.code)}`, 640);
}
