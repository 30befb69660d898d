import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface DeviceKeys {
  readonly p256dh?: string;
  readonly auth?: string;
  /** Told by the person themselves (a shopper token) or by the retailer's server, not claimed by a device. */
  readonly proven?: boolean;
}

export interface DeviceRow {
  readonly profile_id: string;
  readonly kind: "web" | "fcm" | "apns";
  readonly token: string;
  readonly keys: DeviceKeys;
}

/** Newest seen first. Leans on devices_profile. */
export async function loadDevices(db: Db, profileIds: readonly string[]): Promise<DeviceRow[]> {
  return rows(
    db,
    sql<DeviceRow>`
      select profile_id, kind, token, coalesce(keys, '{}') as keys from messages.devices
      where profile_id = any(${list("uuid", profileIds)}) order by profile_id, seen_at desc, id desc`,
  );
}

/** A token is one device; whoever registers it last has it. */
export async function saveDevice(db: Db, device: DeviceRow & { id: string; now: string }): Promise<void> {
  await sql`
    insert into messages.devices (id, profile_id, kind, token, token_hash, keys, created_at, seen_at)
    values (${device.id}, ${device.profile_id}, ${device.kind}, ${device.token},
            sha256(convert_to(${device.token}, 'UTF8')), ${JSON.stringify(device.keys)}::jsonb, ${device.now}, ${device.now})
    on conflict (token_hash) do update
    set profile_id = excluded.profile_id, first_profile_id = null, keys = excluded.keys, seen_at = excluded.seen_at`.execute(
    db,
  );
}

/** Leans on the token's unique hash. */
export async function removeDevice(db: Db, token: string, profileId: string | null): Promise<void> {
  const isTheirs = profileId === null ? sql`true` : sql`profile_id = ${profileId}`;
  await sql`
    delete from messages.devices where token_hash = sha256(convert_to(${token}, 'UTF8')) and ${isTheirs}`.execute(db);
}
