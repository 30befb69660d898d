import type { Clock } from "../platform/clock.ts";
import { one, sql, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { builtInRules } from "./rules.ts";

/**
 * The profile of a device, made when the device was never seen. The share lock on its identifier holds a merge back
 * until this transaction ends, so that what is written beside it cannot be left on a merged profile.
 */
export async function profileForDevice(tx: Tx, clock: Clock, anonymousId: string): Promise<string | null> {
  if (builtInRules.isBlocked(anonymousId) || anonymousId.length > 500) return null;
  const read = () =>
    one(
      tx,
      sql<{
        profile_id: string;
      }>`select profile_id from identity.identifiers where type = 'anonymous_id' and value = ${anonymousId} for share`,
    );
  const known = await read();
  if (known) return known.profile_id;
  const now = clock.now().toString();
  await sql`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source)
    values ('anonymous_id', ${anonymousId}, ${newId(clock)}, ${now}, ${now}, 'device') on conflict do nothing`.execute(
    tx,
  );
  return (await read())?.profile_id ?? null;
}
