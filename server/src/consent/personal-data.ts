import { list, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";

export const personalData: PersonalData = {
  async erase(tx, person) {
    const ids = list("uuid", person.profileIds);
    const choices = await affected(tx, sql`delete from consent.choices where profile_id = any(${ids})`);
    const requests = await affected(tx, sql`delete from consent.requests where email = any(${emails(person)})`);
    return { removed: { choices, consent_requests: requests } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "consent_choices",
      sql`select key, to_jsonb(c) - 'profile_id' - 'first_profile_id' as row from consent.choices c
          where profile_id = any(${list("uuid", person.profileIds)})`,
    );
    yield* readPages(
      db,
      "consent_requests",
      sql`select id::text as key, to_jsonb(r) as row from consent.requests r where email = any(${emails(person)})`,
    );
  },
};

function emails(person: Person) {
  return list(
    "text",
    valuesOf(person, "email").map((email) => email.toLowerCase()),
  );
}
