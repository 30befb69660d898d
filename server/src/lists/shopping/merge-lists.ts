import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { followMerges } from "../../platform/follow-merges.ts";
import { lockLists, saveList } from "./queries/lists.pg.ts";
import { giveTo } from "./take-over-lists.ts";

/**
 * Profiles turned out to be one person: devices' lists follow her and stay the devices', persons' main lists become one
 * by the rule of their kind, others follow as they are.
 */
export async function mergeLists(
  tx: Tx,
  clock: Clock,
  merges: readonly { readonly from: string; readonly into: string }[],
): Promise<void> {
  const targetOf = followMerges(merges);
  const all = await lockLists(tx, [...new Set([...targetOf].flat())], null);
  for (const [profileId, moved] of Map.groupBy(all, (list) => targetOf.get(list.profile_id))) {
    if (profileId === undefined) continue;
    const own = all.filter((list) => list.anonymous_id === null && list.profile_id === profileId);
    for (const list of moved) {
      if (list.anonymous_id === null) await giveTo(tx, clock, list, own, { profileId, anonymousId: null });
      else await saveList(tx, { ...list, profile_id: profileId });
    }
  }
}
