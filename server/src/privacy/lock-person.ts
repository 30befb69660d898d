import { findProfile, loadFates, loadMergedFrom, lockIdentifiersOf } from "../identity/index.ts";
import type { Tx } from "../platform/db.ts";
import type { Person } from "../platform/personal-data.ts";
import { lockProfiles } from "../profiles/index.ts";

const MOST_LOOKS = 10;

/**
 * Locks a person in the order of the pipeline: the profile's row, then what leads to it. Nobody can be merged into it,
 * nothing can be learnt of it until this transaction ends. Null when there is nobody (any more).
 */
export async function lockPerson(tx: Tx, profileId: string): Promise<Person | null> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const id = (await findProfile(tx, profileId)) ?? profileId;
    if ((await loadFates(tx, [id])).erased.has(id)) return null;
    const locked = await lockProfiles(tx, [id], async (missing) => {
      const { aliases, erased } = await loadFates(tx, missing);
      return new Set([...aliases.keys(), ...erased]);
    });
    if (!locked.has(id)) continue;
    const identifiers = await lockIdentifiersOf(tx, [id]);
    return { profileIds: [id, ...(await loadMergedFrom(tx, id))], identifiers };
  }
  throw Object.assign(new Error("a person to be erased keeps being merged"), { code: "40001" });
}
