import { readItems, readStores } from "../../catalog/index.ts";
import { type KilimEvent, newEvent } from "../../collect/index.ts";
import { available } from "../../inventory/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { loadItemsOfPeople } from "../shopping/queries/items.pg.ts";

/** Somebody is in a store: a QR code at the door, the app's geofence, a till that recognised her. */
const ARRIVAL = "Store Entered";
const MOST_NAMED = 10;

export interface Arrivals {
  readonly events: readonly { readonly event: KilimEvent; readonly profileId: string }[];
}

/** Whoever enters a store where something of her lists is in stock: an event of hers that says what. */
export async function followVisits(tx: Tx, clock: Clock, { events }: Arrivals): Promise<KilimEvent[]> {
  const arrivals = events.filter(({ event }) => event.name === ARRIVAL && !event.historical);
  if (arrivals.length === 0) return [];
  const stores = await readStores(tx);
  const visits = new Map(
    arrivals.flatMap(({ event, profileId }) => {
      const { store_id, store_code } = event.properties;
      const store = stores.find(({ id, code }) => id === store_id || code === store_code || code === event.touchpoint);
      return store ? [[profileId, store] as const] : [];
    }),
  );
  const items = await loadItemsOfPeople(tx, [...visits.keys()]);
  const ids = [...new Set(items.map((item) => item.variant_id))];
  const [known, stock] = [await readItems(tx, ids), await available(tx, clock, ids)];
  return [...Map.groupBy(items, (item) => item.profile_id)].flatMap(([profileId, hers]) => {
    const store = visits.get(profileId);
    const here = hers.flatMap(({ variant_id, list_id }) => {
      const item = known.get(variant_id);
      const left = stock.get(variant_id)?.stores.find(({ storeId }) => storeId === store?.id)?.available ?? 0;
      if (!item || left <= 0) return [];
      const { productId: product_id, sku, title: name } = item;
      return [{ product_id, variant_id, sku, name, list_id, available: left }];
    });
    if (!store || here.length === 0) return [];
    return newEvent(clock, {
      messageId: newId(clock),
      source: "lists",
      name: "List Found in Store",
      profileId,
      channel: "store",
      touchpoint: store.code,
      properties: {
        store_id: store.id,
        store_name: store.name,
        items: here.length,
        products: here.slice(0, MOST_NAMED),
      },
    });
  });
}
