import type { Line } from "../inventory/index.ts";
import type { Delivery } from "./contracts.ts";
import { refuse } from "./errors.ts";
import type { Group } from "./plan-fulfilments.ts";

/** Which lines of a cart go which way, each one once. */
export function groupLines(lines: readonly Line[], deliveries: readonly Delivery[] | undefined): Group[] {
  const all = lines.map((line, position) => ({ ...line, position }));
  if (!deliveries) return [{ kind: "delivery", storeId: null, lines: all }];
  const named = new Set<string>();
  for (const [i, { variant_ids = [] }] of deliveries.entries()) {
    for (const id of variant_ids) {
      const path = `deliveries.${i}.variant_ids`;
      if (named.has(id)) throw refuse("bad_delivery", undefined, [{ path, message: "names an item twice" }]);
      if (!all.some((line) => line.variantId === id)) {
        throw refuse("bad_delivery", undefined, [{ path, message: "names what is not in the cart" }]);
      }
      named.add(id);
    }
  }
  const restAt = deliveries.findIndex((delivery) => delivery.variant_ids === undefined);
  const isRest = (id: string) => !named.has(id);
  const isTwice = deliveries.filter((delivery) => delivery.variant_ids === undefined).length > 1;
  if (isTwice || (restAt < 0 && all.some((line) => isRest(line.variantId)))) {
    throw refuse("bad_delivery", undefined, [{ path: "deliveries", message: "leave some items open" }]);
  }
  return deliveries
    .map(({ kind, store_id = null, variant_ids }) => ({
      kind,
      storeId: store_id,
      lines: all.filter((line) => variant_ids?.includes(line.variantId) ?? isRest(line.variantId)),
    }))
    .filter((group) => group.lines.length > 0);
}
