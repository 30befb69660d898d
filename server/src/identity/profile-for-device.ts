import type { Clock } from "../platform/clock.ts";
import { anyOf, type Db, rows, sql, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { jointly } from "../platform/jointly.ts";
import type { Secrets } from "../platform/secrets.ts";
import { isSuppressed } from "./privacy/is-suppressed.ts";
import { builtInRules } from "./rules.ts";

interface DeviceRow {
  readonly value: string;
  readonly profile_id: string;
}

function lockDevices(tx: Db, anonymousIds: readonly string[]): Promise<DeviceRow[]> {
  return rows(
    tx,
    sql<DeviceRow>`
      select value, profile_id from identity.identifiers
      where type = 'anonymous_id' and value ${anyOf("text", anonymousIds)} order by value for share`,
  );
}

/**
 * The profile of a device, made when the device was never seen. The share lock on its identifier holds a merge back
 * until this transaction ends, so that what is written beside it cannot be left on a merged profile. Null for what is no
 * id of a device, and for the devices of people who are not to be kept.
 */
export async function profileForDevice(
  tx: Tx,
  { clock, secrets }: { readonly clock: Clock; readonly secrets: Secrets },
  anonymousId: string,
): Promise<string | null> {
  if (builtInRules.isBlocked(anonymousId) || anonymousId.length > 500) return null;
  const read = async () => (await jointly(tx, lockDevices, [anonymousId])).find(({ value }) => value === anonymousId);
  const known = await read();
  if (known) return known.profile_id;
  if (await isSuppressed(tx, secrets, { type: "anonymous_id", value: anonymousId })) return null;
  const now = clock.now().toString();
  await sql`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source)
    values ('anonymous_id', ${anonymousId}, ${newId(clock)}, ${now}, ${now}, 'device') on conflict do nothing`.execute(
    tx,
  );
  return (await read())?.profile_id ?? null;
}
