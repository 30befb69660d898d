import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface DeviceRow {
  readonly anonymous_id: string;
  readonly last_category: string | null;
  readonly last_category_at: string | null;
  readonly viewed: readonly { readonly id: string; readonly at: string }[];
}

/** As stored: what was viewed is JSON text, which nothing but this file reads. */
type Stored = Omit<DeviceRow, "viewed"> & { readonly viewed: string };

function read(row: Stored): DeviceRow {
  return { ...row, viewed: JSON.parse(row.viewed) as DeviceRow["viewed"] };
}

export async function loadDevice(db: Db, anonymousId: string): Promise<DeviceRow | undefined> {
  const found = await one(
    db,
    sql<Stored>`
      select anonymous_id, last_category, last_category_at, viewed from decisions.device
      where anonymous_id = ${anonymousId}`,
  );
  return found && read(found);
}

export async function lockDevices(tx: Tx, anonymousIds: readonly string[]): Promise<DeviceRow[]> {
  const found = await rows(
    tx,
    sql<Stored>`
      select anonymous_id, last_category, last_category_at, viewed from decisions.device
      where anonymous_id = any(${list("text", anonymousIds)}) order by anonymous_id for update`,
  );
  return found.map(read);
}

export async function saveDevices(tx: Tx, devices: readonly DeviceRow[], at: string): Promise<void> {
  const sorted = [...devices].sort((a, b) => (a.anonymous_id < b.anonymous_id ? -1 : 1));
  const column = (name: keyof DeviceRow) => sorted.map((device) => device[name]);
  await sql`
    insert into decisions.device (anonymous_id, last_category, last_category_at, viewed, updated_at)
    select *, ${at}::timestamptz from unnest(
      ${list("text", column("anonymous_id"))}, ${list("text", column("last_category"))},
      ${list("timestamptz", column("last_category_at"))},
      ${list(
        "text",
        sorted.map(({ viewed }) => JSON.stringify(viewed)),
      )})
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
