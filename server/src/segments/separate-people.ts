import type { KilimEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import { inTransaction } from "../platform/db.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decidePairs } from "./decide-pairs.ts";
import { HeldStates } from "./held-states.ts";
import { removeBlocksOf } from "./queries/blocks.pg.ts";
import { isFilling } from "./queries/fills.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { addPeople, lockPeople } from "./queries/lock-people.pg.ts";
import { separateAliases, takeKeptMembershipsOf } from "./queries/merge-people.pg.ts";
import { takeStatesOf } from "./queries/states.pg.ts";
import type { Registry, RegistryCache } from "./registry.ts";

interface SeparateDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly registry: RegistryCache;
}

/** The states of some people, folded anew from all their events by the definitions of one moment. */
export class StatesRefold {
  readonly #registry: Registry;
  readonly #states = new HeldStates();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  fold(profileId: string, event: KilimEvent): void {
    for (const kept of this.#registry.byEvent.get(event.name) ?? []) {
      const { name, channel, properties } = event;
      const state = kept.predicate.of({ name, channel, properties, at: Date.parse(event.timestamp) });
      if (state !== null) this.#states.fold(profileId, kept, state);
    }
  }

  isOf(registry: Registry): boolean {
    return registry.version === this.#registry.version;
  }

  get states(): HeldStates {
    return this.#states;
  }
}

export async function beginRefold({ db, registry }: SeparateDeps): Promise<StatesRefold> {
  return await inTransaction(db, async (tx) => {
    shareDefinitions(tx);
    return new StatesRefold(await registry.current(tx));
  });
}

export interface Separation {
  /** Who lived on, and who gets a life of her own again, with the ids that were merged into her before. */
  readonly into: string;
  readonly from: string;
  readonly members: readonly string[];
  readonly profiles: ReadonlyMap<string, Profile>;
}

/**
 * Gives two people their own states and memberships again. Told is only what the one who lived on has lost: what a
 * separation gives back nobody enters a journey by. Null when definitions have changed or are being filled from History.
 */
export async function separatePeople(
  tx: Tx,
  { clock, registry: cache }: SeparateDeps,
  refold: StatesRefold,
  { into, from, members, profiles }: Separation,
): Promise<MembershipChange[] | null> {
  shareDefinitions(tx);
  const registry = await cache.current(tx);
  if (!refold.isOf(registry) || (await isFilling(tx))) return null;
  await lockPeople(tx, [into]);
  addPeople(tx, [from]);
  await separateAliases(tx, from, members);
  await takeStatesOf(tx, [into]);
  removeBlocksOf(tx, [into]);
  const since = await takeKeptMembershipsOf(tx, from);
  const pairs = [...registry.rules.values()].flatMap((rule) => [
    { profileId: into, rule, historical: false },
    { profileId: from, rule, historical: false, inheritedSince: since.get(rule.id) },
  ]);
  const now = clock.now();
  const changes = await decidePairs(tx, pairs, profiles, refold.states, now);
  refold.states.save(tx, registry.predicates, now.epochMilliseconds);
  return changes.filter((change) => change.profileId === into && change.kind === "exited");
}
