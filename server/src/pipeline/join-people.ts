import { applyMerges, type Joined, loadAliases, type MergeCause } from "../identity/index.ts";
import type { Tx } from "../platform/db.ts";
import { type AtHand, type Batch, foldBatch, takeProfiles } from "../profiles/index.ts";
import type { MembershipChange } from "./contracts.ts";
import { followOn, type ProcessDeps, writeOutbox } from "./process-events.ts";

/** What a transaction without events has made true, to be told after its commit. */
export interface Told {
  readonly batch: Batch;
  readonly changes: readonly MembershipChange[];
}

export type LockedPair = AtHand;

/** Locks both; null when one of them has been merged away meanwhile. */
export async function lockBoth(tx: Tx, ids: readonly string[]): Promise<LockedPair | null> {
  const locked = await takeProfiles(tx, ids, async (missing) => new Set((await loadAliases(tx, missing)).keys()));
  return ids.every((id) => locked.has(id)) ? locked : null;
}

/**
 * Makes two people one because somebody says so, on the way that every merge takes: identity, fold, segments, the rooms
 * that follow, History. Both must be locked.
 */
export async function joinPeople(
  tx: Tx,
  deps: ProcessDeps,
  locked: LockedPair,
  joined: Joined,
  cause: MergeCause,
): Promise<Told> {
  const moved = await applyMerges(tx, deps.clock, [joined], cause);
  const { profiles, changed } = await foldBatch(tx, locked, new Set(), [joined], []);
  const batch: Batch = { now: deps.clock.now(), events: [], profiles, changed, merges: [joined] };
  const changes = await deps.segments.foldBatch(tx, batch);
  const news = await followOn(tx, deps, batch, changes);
  await writeOutbox(tx, deps.clock, news, { merges: [joined], moved });
  return { batch, changes };
}
