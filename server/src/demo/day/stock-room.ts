import { demoCatalogue, demoLocations } from "../catalogue.ts";
import type { Api } from "./api.ts";
import { choose } from "./choose.ts";

/** Goods under way from the warehouse to the first store. */
export async function stockRoom(api: Api): Promise<void> {
  const warehouse = demoLocations.find(({ store_id }) => store_id === null);
  const store = demoLocations.find(({ store_id }) => store_id === demoCatalogue.stores[0]?.id);
  if (!warehouse || !store) return;
  const lines = choose(7, 4).map(({ id }) => ({ variant_id: id, quantity: 3 }));
  const body = { from: warehouse.id, to: store.id, note: "For the weekend", lines };
  await api({ method: "POST", url: "/v1/stock/transfers", body });
}
