import { type Db, one, sql, type Tx } from "../../../platform/db.ts";
import type { StoreRow } from "./load-stores.pg.ts";

/** Rows as JSON text; what is there already under its id is brought up to date. */
export async function saveStores(db: Db, rows: readonly object[]): Promise<void> {
  await sql`
    insert into catalog.store
      (id, code, name, address, city, country, lat, lon, timezone, hours, exceptions, services, phone, currency, position)
    select id, code, name, address, city, country, lat, lon, timezone, hours, exceptions,
           array(select jsonb_array_elements_text(services)), phone, currency,
           coalesce(position, (select coalesce(max(position) + 1, 0) from catalog.store))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, code text, name text, address text, city text, country text, lat float8, lon float8,
            timezone text, hours jsonb, exceptions jsonb, services jsonb, phone text, currency text, position int4)
    on conflict (id) do update set code = excluded.code, name = excluded.name, address = excluded.address,
      city = excluded.city, country = excluded.country, lat = excluded.lat, lon = excluded.lon,
      timezone = excluded.timezone, hours = excluded.hours, exceptions = excluded.exceptions,
      services = excluded.services, phone = excluded.phone, currency = excluded.currency,
      position = excluded.position`.execute(db);
}

export interface LockedStore extends StoreRow {
  readonly position: number;
}

/** A store under a lock, to be changed. */
export function lockStore(tx: Tx, id: string): Promise<LockedStore | undefined> {
  return one(
    tx,
    sql<LockedStore>`
      select id, code, name, address, city, country, lat, lon, timezone, hours, exceptions, services, phone, currency,
             archived_at, position
      from catalog.store where id = ${id} for update`,
  );
}

export async function setStoreArchived(tx: Tx, id: string, at: string | null): Promise<void> {
  await sql`update catalog.store set archived_at = ${at} where id = ${id}`.execute(tx);
}
