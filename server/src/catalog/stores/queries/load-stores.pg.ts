import { type Db, rows, sql } from "../../../platform/db.ts";
import type { Store } from "../../contracts.ts";

export interface StoreRow extends Store {
  readonly archived_at: string | null;
}

/** Stores in their order; the archived ones only where old orders must name them. */
export function loadStores(db: Db, { withArchived = false } = {}): Promise<StoreRow[]> {
  return rows(
    db,
    sql<StoreRow>`
      select id, code, name, address, city, country, lat, lon, timezone, hours, exceptions, services, phone, currency, archived_at
      from catalog.store where ${withArchived} or archived_at is null order by position, id`,
  );
}
