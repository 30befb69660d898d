import { type Db, rows, sql } from "../../platform/db.ts";
import type { LocationBody, SalesChannel } from "../contracts.ts";

export interface LocationRow {
  readonly id: string;
  readonly kind: "web" | "store";
  readonly name: string;
  readonly store_id: string | null;
  /** The channels that may sell what lies here. */
  readonly channels: readonly SalesChannel[];
  /** Orders take from the lowest number first. */
  readonly priority: number;
}

export function loadLocations(db: Db): Promise<LocationRow[]> {
  return rows(
    db,
    sql<LocationRow>`
      select id, kind, name, store_id, channels, priority from inventory.location order by priority, id`,
  );
}

/** The same, with whether anything is a kit: most retailers have none. */
export function loadPlaces(db: Db): Promise<(LocationRow & { readonly has_kits: boolean })[]> {
  return rows(
    db,
    sql<LocationRow & { readonly has_kits: boolean }>`
      select id, kind, name, store_id, channels, priority, exists (select from inventory.kit_part) as has_kits
      from inventory.location order by priority, id`,
  );
}

/** Changes what is given; nothing when there is no such place. */
export function changeLocation(db: Db, id: string, change: LocationBody): Promise<LocationRow[]> {
  return rows(
    db,
    sql<LocationRow>`
      update inventory.location l set (name, channels, priority) =
        (select n.name, n.channels, n.priority
         from jsonb_populate_record(l, ${JSON.stringify(change)}::jsonb) as n)
      where id = ${id} returning id, kind, name, store_id, channels, priority`,
  );
}

export async function saveLocations(db: Db, locations: readonly LocationRow[]): Promise<void> {
  await sql`
    insert into inventory.location (id, kind, name, store_id, channels, priority)
    select id, kind, name, store_id, channels, priority
    from jsonb_to_recordset(${JSON.stringify(locations)}::jsonb)
      as r (id uuid, kind text, name text, store_id uuid, channels text[], priority int4)
    on conflict (id) do update set name = excluded.name, channels = excluded.channels,
      priority = excluded.priority`.execute(db);
}
