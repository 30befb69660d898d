import { list, sql } from "../platform/db.ts";
import { affected, type PersonalData, readPages } from "../platform/personal-data.ts";

export const personalData: PersonalData = {
  async erase(tx, { profileIds }) {
    const ids = list("uuid", profileIds);
    // Whoever is stepping one of these runs holds it locked: what it writes beside is found by the rooms after us.
    await sql`select 1 from journeys.runs where profile_id = any(${ids}) order by id for update`.execute(tx);
    const errands = await affected(tx, sql`delete from journeys.errands where profile_id = any(${ids})`);
    const runs = await affected(tx, sql`delete from journeys.runs where profile_id = any(${ids})`);
    return { removed: { runs, errands } };
  },
  async *exportOf(db, { profileIds }) {
    const ids = list("uuid", profileIds);
    yield* readPages(
      db,
      "journeys",
      sql`select r.id::text as key, to_jsonb(r) - 'profile_id' - 'failures' || jsonb_build_object('journey', j.name) as row
          from journeys.runs r join journeys.journeys j on j.id = r.journey_id where r.profile_id = any(${ids})`,
    );
  },
};
