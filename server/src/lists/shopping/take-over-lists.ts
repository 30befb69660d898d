import { findProfile, profileForDevice } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import type { Holder } from "../contracts.ts";
import { announceList } from "./announce-list.ts";
import type { ListDeps } from "./make-list.ts";
import { pourList } from "./pour-list.ts";
import { type ListRow, loadListsOf, loadListsOfDevice, lockLists, saveList } from "./queries/lists.pg.ts";
import { summarise } from "./read-lists.ts";

/** The viewer's lists; on the first look after a sign-in with those that this device had made before. */
export async function lookAtLists(deps: ListDeps, holder: Holder) {
  const { db } = deps;
  if (holder.kind === "device") return summarise(db, await loadListsOfDevice(db, holder.anonymousId));
  await takeOverLists(deps, holder);
  const profileId = (await findProfile(db, holder.profileId)) ?? holder.profileId;
  const own = (await loadListsOf(db, profileId)).filter((list) => list.anonymous_id === null);
  return summarise(db, own);
}

type Person = Extract<Holder, { kind: "person" }>;

/** Makes the lists of a device hers who has just proven to be using it. Twice is once; of others' devices nothing. */
export async function takeOverLists(deps: ListDeps, { profileId: given, anonymousId }: Person): Promise<void> {
  const { db, clock, bus } = deps;
  if ((await loadListsOfDevice(db, anonymousId)).length === 0) return;
  const { profileId, lists } = await inTransaction(db, async (tx) => {
    const ofDevice = await profileForDevice(tx, deps, anonymousId);
    const profileId = (await findProfile(tx, given)) ?? given;
    return { profileId, lists: ofDevice === profileId ? await takeOverIn(tx, clock, anonymousId, profileId) : [] };
  });
  for (const id of lists) announceList(bus, id, profileId);
}

/** Main lists are laid into hers by the rule of their kind, others become hers as they are. Answers which changed. */
export async function takeOverIn(tx: Tx, clock: Clock, anonymousId: string, profileId: string): Promise<string[]> {
  const all = await lockLists(tx, [profileId], anonymousId);
  const own = all.filter((list) => list.anonymous_id === null && list.profile_id === profileId);
  const changed: string[] = [];
  for (const list of all.filter((each) => each.anonymous_id === anonymousId)) {
    changed.push(await giveTo(tx, clock, list, own, { profileId, anonymousId: null }));
  }
  return changed;
}

/** Gives a list to somebody who has `own` already; answers which of hers it became. */
export async function giveTo(
  tx: Tx,
  clock: Clock,
  list: ListRow,
  own: ListRow[],
  to: { readonly profileId: string; readonly anonymousId: string | null },
): Promise<string> {
  const main = list.name === null ? own.find((other) => other.name === null && other.kind === list.kind) : undefined;
  if (main) {
    const poured = await pourList(tx, clock, list, main);
    own.splice(own.indexOf(main), 1, poured);
    return main.id;
  }
  const moved = { ...list, profile_id: to.profileId, anonymous_id: to.anonymousId };
  await saveList(tx, moved);
  own.push(moved);
  return list.id;
}
