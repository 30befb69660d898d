import { type Db, list, one, rows, send, sql, type Tx } from "../../platform/db.ts";

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

/** A device as locked, with where its row lies until the transaction ends. */
export interface LockedDevice {
  readonly device: DeviceRow;
  readonly place: string;
}

export async function lockDevices(tx: Tx, anonymousIds: readonly string[]): Promise<LockedDevice[]> {
  const found = await rows(
    tx,
    sql<Stored & { place: string }>`
      select ctid::text as place, anonymous_id, last_category, last_category_at, viewed from decisions.device
      where anonymous_id = any(${list("text", anonymousIds)}) order by anonymous_id for update`,
  );
  return found.map(({ place, ...row }) => ({ device: read(row), place }));
}

/** Of locked rows, where they lie. */
export function updateDevices(tx: Tx, changed: readonly LockedDevice[], day: string): void {
  if (changed.length === 0) return;
  send(
    tx,
    sql`
    update decisions.device d set last_category = t.last_category, last_category_at = t.last_category_at,
      viewed = t.viewed, seen_on = ${day}::date
    from unnest(${list(
      "tid",
      changed.map(({ place }) => place),
    )}, ${columns(changed.map(({ device }) => device))}) as t (place, anonymous_id, last_category, last_category_at, viewed)
    where d.ctid = t.place`,
  );
}

/** Another transaction may be making one of them at the same time: the later word stands, as for any device. */
export function insertDevices(tx: Tx, devices: readonly DeviceRow[], day: string): void {
  if (devices.length === 0) return;
  const sorted = [...devices].sort((a, b) => (a.anonymous_id < b.anonymous_id ? -1 : 1));
  send(
    tx,
    sql`
    insert into decisions.device (anonymous_id, last_category, last_category_at, viewed, seen_on)
    select *, ${day}::date from unnest(${columns(sorted)})
    on conflict (anonymous_id) do update set last_category = excluded.last_category,
      last_category_at = excluded.last_category_at, viewed = excluded.viewed, seen_on = excluded.seen_on`,
  );
}

function columns(devices: readonly DeviceRow[]) {
  const column = (name: keyof DeviceRow) => devices.map((device) => device[name]);
  return sql`${list("text", column("anonymous_id"))}, ${list("text", column("last_category"))},
    ${list("timestamptz", column("last_category_at"))},
    ${list(
      "text",
      devices.map(({ viewed }) => JSON.stringify(viewed)),
    )}`;
}

/** Forgets devices that were not seen after a day; leans on device (seen_on). */
export async function forgetDevices(db: Db, day: string): Promise<void> {
  await sql`delete from decisions.device where seen_on <= ${day}::date`.execute(db);
}

/** The day of the one not seen for longest. */
export async function oldestDevice(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ day: string | null }>`select min(seen_on)::text as day from decisions.device`);
  return found?.day ?? null;
}
