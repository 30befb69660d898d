import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface DeviceRow {
  readonly anonymous_id: string;
  readonly last_category: string | null;
  readonly last_category_at: string | null;
  readonly viewed: readonly { readonly id: string; readonly at: string }[];
}

export function loadDevice(db: Db, anonymousId: string): Promise<DeviceRow | undefined> {
  return one(
    db,
    sql<DeviceRow>`
      select anonymous_id, last_category, last_category_at, viewed from decisions.device
      where anonymous_id = ${anonymousId}`,
  );
}

export function lockDevices(tx: Tx, anonymousIds: readonly string[]): Promise<DeviceRow[]> {
  return rows(
    tx,
    sql<DeviceRow>`
      select anonymous_id, last_category, last_category_at, viewed from decisions.device
      where anonymous_id = any(${list("text", anonymousIds)}) order by anonymous_id for update`,
  );
}

export async function saveDevices(tx: Tx, devices: readonly DeviceRow[], at: string): Promise<void> {
  await sql`
    insert into decisions.device (anonymous_id, last_category, last_category_at, viewed, updated_at)
    select anonymous_id, last_category, last_category_at, viewed, ${at}
    from jsonb_to_recordset(${JSON.stringify(devices)}::jsonb)
      as r (anonymous_id text, last_category text, last_category_at timestamptz, viewed jsonb)
    order by anonymous_id
    on conflict (anonymous_id) do update set last_category = excluded.last_category,
      last_category_at = excluded.last_category_at, viewed = excluded.viewed, updated_at = excluded.updated_at`.execute(
    tx,
  );
}

/** Forgets devices that were not seen since; leans on device (updated_at). */
export async function forgetDevices(db: Db, before: string): Promise<void> {
  await sql`delete from decisions.device where updated_at <= ${before}`.execute(db);
}

export async function oldestDevice(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select min(updated_at) as at from decisions.device`);
  return found?.at ?? null;
}
