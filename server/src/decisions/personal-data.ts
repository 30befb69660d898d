import { list, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";

export const personalData: PersonalData = {
  async erase(tx, person) {
    return { removed: { devices: await affected(tx, sql`delete from decisions.device where ${isOf(person)}`) } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "devices",
      sql`select anonymous_id as key, to_jsonb(d) || jsonb_build_object('viewed', viewed::jsonb) as row from decisions.device d where ${isOf(person)}`,
    );
  },
};

function isOf(person: Person) {
  return sql`anonymous_id = any(${list("text", valuesOf(person, "anonymous_id"))})`;
}
