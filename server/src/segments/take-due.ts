import type { Db, Tx } from "../platform/db.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decidePairs } from "./decide-pairs.ts";
import { duePairs, duePeople, removeHorizons, takePending } from "./queries/due.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { lockPeople } from "./queries/lock-people.pg.ts";
import type { RegistryCache } from "./registry.ts";

export type LoadProfiles = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;

export interface DueChanges {
  /** In the order in which they became true. */
  readonly changes: MembershipChange[];
  readonly profileIds: string[];
  /** Whether more may be due already. */
  readonly more: boolean;
}

/** Makes what time alone has changed by `now` true, for at most `limit` horizons, in the sweeper's transaction. */
export async function takeDue(
  tx: Tx,
  registryCache: RegistryCache,
  loadProfiles: LoadProfiles,
  now: Temporal.Instant,
  limit: number,
): Promise<DueChanges> {
  await shareDefinitions(tx);
  const pending = await takePending(tx, limit);
  const at = now.toString();
  const due = await duePeople(tx, at, limit);
  const swept = due.length === 0 ? [] : await sweep(tx, registryCache, loadProfiles, due, now);
  const changes = [
    ...pending.map((row) => ({
      segmentId: row.segment_id,
      segmentName: row.segment_name,
      profileId: row.profile_id,
      kind: row.kind,
      at: row.at,
      historical: false,
    })),
    ...swept,
  ];
  return {
    changes,
    profileIds: [...new Set(changes.map((change) => change.profileId))],
    more: pending.length === limit || due.length > 0,
  };
}

async function sweep(
  tx: Tx,
  registryCache: RegistryCache,
  loadProfiles: LoadProfiles,
  due: readonly string[],
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
  const registry = await registryCache.current(tx);
  await lockPeople(tx, due);
  const pairs = (await duePairs(tx, due, now.toString())).flatMap((pair) => {
    const rule = registry.rules.get(pair.rule_id);
    return rule ? [{ profileId: pair.profile_id, rule, historical: undefined }] : [];
  });
  const profiles = await loadProfiles(tx, due);
  // Whoever is gone (erased) has nothing to wait for.
  await removeHorizons(
    tx,
    due.filter((id) => !profiles.has(id)),
  );
  return await decidePairs(tx, pairs, profiles, new Map(), now);
}
