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
  },
};

interface Kept {
  readonly memory?: unknown;
}
