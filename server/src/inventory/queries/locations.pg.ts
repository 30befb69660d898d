import { type Db, rows, sql } from "../../platform/db.ts";

export interface LocationRow {
  readonly id: string;
  readonly kind: "web" | "store";
  readonly name: string;
  readonly store_id: string | null;
  readonly web_sellable: boolean;
  readonly priority: number;
}

export function loadLocations(db: Db): Promise<LocationRow[]> {
  return rows(
    db,
    sql<LocationRow>`
      select id, kind, name, store_id, web_sellable, priority from inventory.location order by priority, id`,
  );
}

export async function saveLocations(db: Db, locations: readonly LocationRow[]): Promise<void> {
  await sql`
    insert into inventory.location (id, kind, name, store_id, web_sellable, priority)
    select id, kind, name, store_id, web_sellable, priority
    from jsonb_to_recordset(${JSON.stringify(locations)}::jsonb)
      as r (id uuid, kind text, name text, store_id uuid, web_sellable bool, priority int4)
    on conflict (id) do update set name = excluded.name, web_sellable = excluded.web_sellable,
      priority = excluded.priority`.execute(db);
}
