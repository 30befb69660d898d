import { findProfile, loadFates, loadIdentifiersOf, lockIdentifiersOf, placesOf } from "../identity/index.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { Person } from "../platform/personal-data.ts";
import { takeProfiles } from "../profiles/index.ts";

const MOST_LOOKS = 10;

/**
 * Locks a person in the order of the pipeline: the profile's row, then what leads to it. Nobody can be merged into it,
 * nothing can be learnt of it until this transaction ends. Null when there is nobody (any more).
 */
export async function lockPerson(tx: Tx, profileId: string): Promise<Person | null> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const id = (await findProfile(tx, profileId)) ?? profileId;
    if ((await loadFates(tx, [id])).erased.has(id)) return null;
    // Takes its share of the table first, as the pipeline does: a separation waits for that before it locks anybody.
    await loadIdentifiersOf(tx, [id]);
    const locked = await takeProfiles(tx, [id], async (missing) => {
      const { aliases, erased } = await loadFates(tx, missing);
      return new Set([...aliases.keys(), ...erased]);
    });
    if (!locked.has(id)) continue;
    const identifiers = await lockIdentifiersOf(tx, [id]);
    return { ...(await placePerson(tx, id)), identifiers };
  }
  throw Object.assign(new Error("a person to be erased keeps being merged"), { code: "40001" });
}

/** All ids of a person, and where else events of hers and of others stand. */
export async function placePerson(db: Db, id: string): Promise<Omit<Person, "identifiers">> {
  const { ids, under, guests } = await placesOf(db, id);
  return { profileIds: [id, ...ids.filter((other) => other !== id)], under, guests };
}
