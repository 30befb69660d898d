import type { Db } from "../platform/db.ts";
import type { Profile } from "./contracts.ts";
import { deriveComputed } from "./fold/derive-computed.ts";
import { emptyMemory } from "./fold/memory.ts";
import { readProfiles } from "./queries/profile-rows.pg.ts";

/** Profiles by id; ids that have none are absent. */
export async function loadProfiles(db: Db, ids: readonly string[]): Promise<Map<string, Profile>> {
  if (ids.length === 0) return new Map();
  const found = await readProfiles(db, ids);
  return new Map(
    found.map((row) => [
      row.id,
      {
        id: row.id,
        traits: row.traits,
        computed: { ...NOTHING_COMPUTED, ...row.computed },
        consent: row.consent,
        first_seen: row.first_seen ?? "",
        last_seen: row.last_seen ?? "",
      },
    ]),
  );
}

/** What is computed of a person of whom no event has been folded yet. */
const NOTHING_COMPUTED = deriveComputed(emptyMemory());
