import { list, rows, sql } from "../platform/db.ts";
import { affected, type PersonalData } from "../platform/personal-data.ts";
import { loadProfiles } from "./load-profiles.ts";

export const personalData: PersonalData = {
  async erase(tx, { profileIds }) {
    const ids = list("uuid", profileIds);
    return {
      removed: {
        profiles: await affected(tx, sql`delete from profiles.profiles where id = any(${ids})`),
        search: await affected(tx, sql`delete from profiles.search where profile_id = any(${ids})`),
        likeness_keys: await affected(tx, sql`delete from profiles.likeness_keys where profile_id = any(${ids})`),
        duplicates: await affected(tx, sql`delete from profiles.duplicates where a = any(${ids}) or b = any(${ids})`),
      },
    };
  },
  async *exportOf(db, { profileIds }) {
    const profiles = await loadProfiles(db, profileIds);
    const kept = await rows(
      db,
      sql<{ id: string; data: string }>`
        select id, data from profiles.profiles where id = any(${list("uuid", profileIds)}) order by id`,
    );
    yield {
      kind: "profile",
      // With what the fold remembers to count exactly: it is about the person, too.
      rows: kept.map(({ id, data }) => ({ ...profiles.get(id), memory: (JSON.parse(data) as Kept).memory ?? {} })),
    };
    const alike = await rows(
      db,
      sql<object>`
        select score, evidence, state, found_at, decided_at from profiles.duplicates
        where a = any(${list("uuid", profileIds)}) or b = any(${list("uuid", profileIds)}) order by id`,
    );
    if (alike.length > 0) yield { kind: "duplicate", rows: alike };
  },
};

interface Kept {
  readonly memory?: unknown;
}
