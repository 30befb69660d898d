import type { Db, Tx } from "../platform/db.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decidePairs } from "./decide-pairs.ts";
import { duePairs, duePeople, removeHorizons, takePending, toChange } from "./queries/due.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { lockPeople } from "./queries/lock-people.pg.ts";
import type { Registry, RegistryCache } from "./registry.ts";

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
  shareDefinitions(tx);
  const registry = await registryCache.current(tx);
  const changes = (await takePending(tx, limit)).map(toChange);
  // What a switch has brought is told before anything that came after it.
  if (changes.length === limit) return { changes, profileIds: peopleOf(changes), more: true };
  const due = await duePeople(tx, now.toString(), limit);
  if (due.length > 0) changes.push(...(await sweep(tx, registry, loadProfiles, due, now)));
  return { changes, profileIds: peopleOf(changes), more: due.length > 0 };
}

function peopleOf(changes: readonly MembershipChange[]): string[] {
  return [...new Set(changes.map((change) => change.profileId))];
}

async function sweep(
  tx: Tx,
  registry: Registry,
  loadProfiles: LoadProfiles,
  due: readonly string[],
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
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
