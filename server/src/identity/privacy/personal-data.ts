import { list, sql } from "../../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../../platform/personal-data.ts";

/** What identity holds of people. Tombstones and suppression are written apart: see `remember-erased.ts`. */
export const personalData: PersonalData = {
  async erase(tx, person) {
    const ids = list("uuid", person.profileIds);
    return {
      removed: {
        identifiers: await affected(tx, sql`delete from identity.identifiers where profile_id = any(${ids})`),
        aliases: await affected(
          tx,
          sql`delete from identity.aliases where from_id = any(${ids}) or into_id = any(${ids})`,
        ),
        merges: await affected(
          tx,
          sql`delete from identity.merge_log where from_id = any(${ids}) or into_id = any(${ids})`,
        ),
        merged: await affected(
          tx,
          sql`delete from identity.merged where from_id = any(${ids}) or into_id = any(${ids})`,
        ),
        separations: await affected(
          tx,
          sql`delete from identity.apart where pair in (select pair from identity.apart where profile_id = any(${ids}))`,
        ),
        lodgings: await affected(tx, sql`delete from identity.lodgings where person_id = any(${ids})`),
        warnings: await affected(
          tx,
          sql`delete from identity.warnings where profile_id = any(${ids}) or (type, value) in (${pairs(person)})`,
        ),
        meetings: await affected(
          tx,
          sql`delete from identity.meetings where profile_id = any(${ids}) or (type, value) in (${pairs(person)})`,
        ),
        alarms: await affected(tx, sql`delete from identity.alarms where (type, value) in (${pairs(person)})`),
        sign_in_codes: await affected(
          tx,
          sql`delete from identity.sign_in_codes where email = any(${list("text", valuesOf(person, "email"))})`,
        ),
        sessions: await affected(tx, sql`delete from identity.shopper_sessions where profile_id = any(${ids})`),
      },
    };
  },
  async *exportOf(db, person) {
    const ids = list("uuid", person.profileIds);
    yield* readPages(
      db,
      "identifiers",
      sql`select type || ':' || value as key, to_jsonb(t) - 'profile_id' as row
          from identity.identifiers t where profile_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "merges",
      sql`select id::text as key, to_jsonb(t) as row
          from identity.merge_log t where from_id = any(${ids}) or into_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "warnings",
      sql`select id::text as key, to_jsonb(t) - 'profile_id' as row
          from identity.warnings t where profile_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "meetings",
      sql`select type || ':' || value || ':' || profile_id as key, to_jsonb(t) - 'profile_id' as row
          from identity.meetings t where profile_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "sessions",
      sql`select id::text as key, to_jsonb(t) - 'id' - 'profile_id' as row
          from identity.shopper_sessions t where profile_id = any(${ids})`,
    );
  },
};

function pairs({ identifiers }: Person) {
  return sql`select * from unnest(${list(
    "text",
    identifiers.map(({ type }) => type),
  )}, ${list(
    "text",
    identifiers.map(({ value }) => value),
  )})`;
}
