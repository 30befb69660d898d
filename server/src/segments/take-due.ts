import type { Db, Tx } from "../platform/db.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decidePairs } from "./decide-pairs.ts";
import { HeldStates } from "./held-states.ts";
import type { Bounds } from "./predicates/settle-series.ts";
import { duePairs, duePeople, removeHorizons, takePending, toChange } from "./queries/due.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { lockPeople } from "./queries/lock-people.pg.ts";
import type { Registry, RegistryCache } from "./registry.ts";

export type LoadProfiles = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;

export interface DueChanges {
  /** In the order in which they became true. */
  readonly changes: MembershipChange[];
  /** Whoever was looked at. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Whether more may be due already. */
  readonly more: boolean;
}

export interface DueDeps {
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
  readonly bounds?: Bounds;
}

/** Makes what time alone has changed by `now` true, for at most `limit` horizons, in the sweeper's transaction. */
export async function takeDue(tx: Tx, deps: DueDeps, now: Temporal.Instant, limit: number): Promise<DueChanges> {
  shareDefinitions(tx);
  const registry = await deps.registry.current(tx);
  const told = (await takePending(tx, limit)).map(toChange);
  const toldTo = await deps.loadProfiles(tx, [...new Set(told.map((change) => change.profileId))]);
  // What a switch has brought is told before anything that came after it.
  if (told.length === limit) return { changes: told, profiles: toldTo, more: true };
  const due = await duePeople(tx, now.toString(), limit);
  if (due.length === 0) return { changes: told, profiles: toldTo, more: false };
  const { changes, profiles } = await sweep(tx, registry, deps, due, now);
  return { changes: [...told, ...changes], profiles: new Map([...toldTo, ...profiles]), more: true };
}

async function sweep(
  tx: Tx,
  registry: Registry,
  { loadProfiles, bounds }: DueDeps,
  due: readonly string[],
  now: Temporal.Instant,
): Promise<Pick<DueChanges, "changes" | "profiles">> {
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
  const states = new HeldStates(bounds);
  const changes = await decidePairs(tx, pairs, profiles, states, now);
  states.save(tx, registry.predicates, now.epochMilliseconds);
  return { changes, profiles };
}
