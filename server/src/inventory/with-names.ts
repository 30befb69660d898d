import { readItems } from "../catalog/index.ts";
import type { Db } from "../platform/db.ts";
import { loadLocations } from "./queries/locations.pg.ts";

interface Placed {
  readonly variant_id: string;
  readonly location_id: string;
}

/** What people call the variants and places of some rows: one read for all of them. */
export async function withNames<T extends Placed>(db: Db, rows: readonly T[]) {
  const ids = [...new Set(rows.map((row) => row.variant_id))];
  const [items, locations] = await Promise.all([readItems(db, ids), loadLocations(db)]);
  const placeOf = new Map(locations.map((place) => [place.id, place.name]));
  return rows.map((row) => {
    const {
      sku = "",
      title = "",
      titles = {},
      size = null,
      color = null,
      imageUrl = "",
    } = items.get(row.variant_id) ?? {};
    return {
      ...row,
      sku,
      title,
      titles,
      size,
      color,
      image_url: imageUrl,
      location_name: placeOf.get(row.location_id) ?? "",
    };
  });
}
