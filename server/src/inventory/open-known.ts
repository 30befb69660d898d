import { readItems } from "../catalog/index.ts";
import type { Tx } from "../platform/db.ts";
import { refuse } from "./errors.ts";
import { loadKits } from "./queries/kits.pg.ts";
import { loadLocations } from "./queries/locations.pg.ts";
import { openLevels } from "./queries/lock-levels.pg.ts";

/** Opens the levels that lines are about; a variant or place that is not known, or a kit, is refused with its path. */
export async function openKnown(
  tx: Tx,
  lines: readonly { readonly variant_id: string; readonly location_id: string }[],
  path: string,
): Promise<void> {
  const ids = lines.map((line) => line.variant_id);
  const [items, places, kits] = await Promise.all([readItems(tx, ids), loadLocations(tx), loadKits(tx, ids)]);
  const known = new Set(places.map((place) => place.id));
  const isKit = new Set(kits.map((part) => part.kit_id));
  const levels = lines.map((line, i) => {
    const wrong = (field: string, message: string) => [{ path: `${path}.${i}.${field}`, message }];
    const item = items.get(line.variant_id);
    if (!item) throw refuse("unknown_variant", undefined, wrong("variant_id", "is not known"));
    if (isKit.has(line.variant_id)) throw refuse("kit_has_no_stock", undefined, wrong("variant_id", "is a kit"));
    if (!known.has(line.location_id)) {
      throw refuse("unknown_location", undefined, wrong("location_id", "is not known"));
    }
    return { variantId: line.variant_id, productId: item.productId, locationId: line.location_id };
  });
  await openLevels(tx, levels);
}
