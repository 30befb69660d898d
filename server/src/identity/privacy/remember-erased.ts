import { list, rows, sql, type Tx } from "../../platform/db.ts";
import type { Person } from "../../platform/personal-data.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { HeldRow } from "../queries/load-identifiers.pg.ts";
import { saveSuppressed } from "../queries/suppressed.pg.ts";
import { suppressionKey } from "./suppression-key.ts";

/** Locks what leads to these profiles, in order; a device that is just opening a cart is waited for. */
export async function lockIdentifiersOf(
  tx: Tx,
  profileIds: readonly string[],
): Promise<Pick<HeldRow, "type" | "value">[]> {
  return rows(
    tx,
    sql<Pick<HeldRow, "type" | "value">>`
      select type, value from identity.identifiers where profile_id = any(${list("uuid", profileIds)})
      order by type, value for update`,
  );
}

export interface ErasureFacts {
  readonly erasureId: string;
  readonly now: string;
  readonly suppress: boolean;
}

/**
 * What has to be known of the erased so that nothing of them comes back: their ids as hashes, and keyed hashes of their
 * identifiers, for ever or for what was received before now.
 */
export async function rememberErased(tx: Tx, secrets: Secrets, person: Person, facts: ErasureFacts): Promise<void> {
  await sql`
    insert into identity.erased (key, at)
    select md5(id::text)::uuid, ${facts.now} from unnest(${list("uuid", person.profileIds)}) as t (id)
    on conflict do nothing`.execute(tx);
  await saveSuppressed(
    tx,
    person.identifiers.map((identifier) => ({
      key: suppressionKey(secrets, identifier),
      type: identifier.type,
      erasureId: facts.erasureId,
    })),
    { until: facts.suppress ? null : facts.now, now: facts.now },
  );
}
