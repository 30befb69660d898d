import { loadFamily, loadLodgings, type MergedRow, placesOf } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { refuseMerging } from "./errors.ts";
import type { PastRow } from "./past-event.ts";

/** What is known of a merge before it is undone. */
export interface Plan {
  /** Who lived on. */
  readonly into: string;
  /** Who gets a life of her own. */
  readonly from: string;
  /** `from`, everybody who had been merged into her, and whom her identifiers have brought since. */
  readonly members: ReadonlySet<string>;
  /** Everybody she was merged into, directly or later, `into` among them. */
  readonly hosts: ReadonlySet<string>;
  /** All ids of the person as she is. */
  readonly family: readonly string[];
  /** Where History keeps events of the family. */
  readonly places: readonly string[];
  /** The batch of the merge. */
  readonly batch: number;
  /** `type:value` of what was `from`'s. */
  readonly identifiers: ReadonlySet<string>;
  /** Under whose id an event came in, also where a separation has handed it to somebody else since. */
  originOf(row: PastRow): string;
  /** Tells whether anything of this has changed meanwhile. */
  readonly mark: string;
}

export async function planSeparation(db: Db, into: string, from: string): Promise<Plan> {
  const { ids, under } = await placesOf(db, into);
  if (!ids.includes(from) || from === into) throw refuseMerging("not_merged");
  const family = await loadFamily(db, into);
  const byId = new Map(family.map((row) => [row.from_id, row]));
  const merge = byId.get(from);
  const hosts = hostsOf(from, byId);
  if (!merge || !hosts.has(into)) throw refuseMerging("not_separable");
  const members = membersOf(from, family);
  const own = new Set(merge.identifiers);
  bringLater(merge, members, own, family, hosts);
  const places = [...ids, ...under];
  const lodged = new Set((await loadLodgings(db, places)).map((row) => `${row.person_id} ${row.profile_id}`));
  return {
    into,
    from,
    members,
    hosts,
    family: ids,
    places,
    batch: merge.batch,
    identifiers: own,
    originOf: ({ person_id: person, profile_id: profile }) =>
      person !== undefined && lodged.has(`${person} ${profile}`) ? person : profile,
    mark: JSON.stringify([[...ids].sort(), family, [...lodged].sort()]),
  };
}

/** Whom she was merged into, and whom that one was, up to who lives. */
function hostsOf(from: string, byId: ReadonlyMap<string, MergedRow>): Set<string> {
  const hosts = new Set<string>();
  for (let row = byId.get(from); row !== undefined && !hosts.has(row.into_id); row = byId.get(row.into_id))
    hosts.add(row.into_id);
  return hosts;
}

/**
 * Whoever was merged into the two of them since through one of her identifiers (a device on which she signed in) is hers:
 * the strongest of the event that led to it, but for the merged one's own, tells.
 */
function bringLater(
  merge: MergedRow,
  members: Set<string>,
  own: Set<string>,
  family: readonly MergedRow[],
  hosts: ReadonlySet<string>,
): void {
  const later = family.filter((row) => hosts.has(row.into_id) && !hosts.has(row.from_id) && row.batch >= merge.batch);
  for (let before = -1; before < members.size; ) {
    before = members.size;
    for (const row of later) {
      const led = row.evidence.find((key) => !row.identifiers.includes(key));
      if (members.has(row.from_id) || led === undefined || !own.has(led)) continue;
      for (const id of membersOf(row.from_id, family)) members.add(id);
      for (const key of row.identifiers) own.add(key);
    }
  }
}

function membersOf(from: string, family: readonly MergedRow[]): Set<string> {
  const members = new Set([from]);
  for (let before = 0; before < members.size; ) {
    before = members.size;
    for (const row of family) if (members.has(row.into_id)) members.add(row.from_id);
  }
  return members;
}
