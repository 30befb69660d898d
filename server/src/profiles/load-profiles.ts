import type { Db } from "../platform/db.ts";
import type { Profile } from "./contracts.ts";
import { readProfiles } from "./queries/profile-rows.pg.ts";
import { samplePeople } from "./queries/sample-people.pg.ts";
import { toFolding, toProfile } from "./stored.ts";

/** Profiles by id; ids that have none are absent. */
export async function loadProfiles(db: Db, ids: readonly string[]): Promise<Map<string, Profile>> {
  if (ids.length === 0) return new Map();
  return new Map((await readProfiles(db, ids)).map((row) => [row.id, toProfile(toFolding(row))]));
}

/** About `most` people who have traits, from all over; who they are is chance. */
export async function sampleProfiles(db: Db, most: number): Promise<Profile[]> {
  return (await samplePeople(db, most)).map((row) => toProfile(toFolding(row)));
}
