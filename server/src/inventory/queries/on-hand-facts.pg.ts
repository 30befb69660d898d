import { type Db, rows, sql } from "../../platform/db.ts";
import type { CountFact, Fact } from "../replay.ts";

/** Counts of one variant at one place, newest last. */
export function loadCounts(db: Db, variantId: string, locationId: string): Promise<CountFact[]> {
  return rows(
    db,
    sql<CountFact>`
      select counted, counted_at from inventory.count
      where variant_id = ${variantId} and location_id = ${locationId} order by counted_at, id`,
  );
}

/**
 * What moved goods since an instant (all of it when null), in the order in which it happened. What was only concluded
 * (found, recounted) is left out: it is concluded anew. Leans on movement (variant, location, happened_at).
 */
export function loadFacts(db: Db, variantId: string, locationId: string, after: string | null): Promise<Fact[]> {
  return rows(
    db,
    sql<Fact>`
      select on_hand, happened_at from inventory.movement
      where variant_id = ${variantId} and location_id = ${locationId} and on_hand <> 0
        and kind not in ('found', 'recount')
        and (${after}::timestamptz is null or happened_at > ${after}::timestamptz)
      order by happened_at, id`,
  );
}
