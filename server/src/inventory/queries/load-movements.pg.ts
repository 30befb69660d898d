import { type Db, rows, sql } from "../../platform/db.ts";
import type { Movement } from "../contracts.ts";

export interface MovementFilter {
  readonly variant: string | null;
  readonly location: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** The ledger, newest first. Leans on movement (variant_id, location_id, id), or the key. */
export function loadMovements(db: Db, filter: MovementFilter): Promise<Movement[]> {
  return rows(
    db,
    sql<Movement>`
      select id, variant_id, location_id, kind, on_hand, committed, reserved, safety, damaged, quality_control,
             incoming, at, happened_at, source_type, source_id, reason, actor
      from inventory.movement
      where (${filter.variant}::uuid is null or variant_id = ${filter.variant}::uuid)
        and (${filter.location}::uuid is null or location_id = ${filter.location}::uuid)
        and (${filter.after}::uuid is null or id < ${filter.after}::uuid)
      order by id desc limit ${filter.limit}`,
  );
}
