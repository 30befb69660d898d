import { type Db, rows, sql } from "../../platform/db.ts";
import type { Store } from "../contracts.ts";

export function loadStores(db: Db): Promise<Store[]> {
  return rows(
    db,
    sql<Store>`
      select id, code, name, address, city, country, lat, lon, timezone, hours
      from catalog.store order by position, id`,
  );
}
