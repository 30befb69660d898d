import type { Tx } from "../platform/db.ts";
import type { Batch, Profile } from "../profiles/index.ts";
import type { MembershipChange } from "./contracts.ts";
import type { Told } from "./join-people.ts";
import { followOn, type ProcessDeps, writeOutbox } from "./process-events.ts";
import { cancelRewrites, insertHandover } from "./queries/rewrites.pg.ts";

export interface Separated {
  /** The separation's own id. */
  readonly id: string;
  readonly from: string;
  readonly into: string;
  /** `from` and whoever was merged into it before. */
  readonly members: readonly string[];
  /** Everybody `from` was merged into, directly or later, `into` among them. */
  readonly hosts: readonly string[];
  /** Events of `from` that stand under a host's id: 16 bytes each, as `repeatKey` gives them. */
  readonly keys: Buffer;
  readonly profiles: ReadonlyMap<string, Profile>;
}

/** Lets the rooms that follow and History know that one person is two again. */
export async function noteSeparation(
  tx: Tx,
  deps: ProcessDeps,
  { id, from, into, members, hosts, keys, profiles }: Separated,
  changes: readonly MembershipChange[],
): Promise<Told> {
  const all = new Set(["*"]);
  const changed = new Map([from, into].map((person) => [person, all]));
  const batch: Batch = { now: deps.clock.now(), events: [], profiles, changed, merges: [] };
  await cancelRewrites(tx, members);
  const news = await followOn(tx, deps, batch, changes);
  const moved = members.map((member) => ({ from_id: member, into_id: from }));
  const version = await writeOutbox(tx, deps.clock, news, { merges: [], moved });
  await insertHandover(tx, {
    id,
    person_id: from,
    profile_ids: members,
    host_ids: hosts,
    keys,
    version: version ?? 0,
  });
  return { batch, changes };
}
