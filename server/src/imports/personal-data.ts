import { list, sql } from "../platform/db.ts";
import { affected, type DistantData, namesOf, type Person, readPages } from "../platform/personal-data.ts";

/** Rows that were not taken, as they stood in the file. The file itself goes by its age: see docs/import.md. */
export const personalData: DistantData = {
  async erase(db, person) {
    return { removed: { problems: await affected(db, sql`delete from imports.problem where ${isOf(person)}`) } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "refused_rows",
      sql`select job_id || ':' || lpad(row::text, 12, '0') as key, to_jsonb(problem) as row
          from imports.problem where ${isOf(person)}`,
    );
  },
};

function isOf(person: Person) {
  return sql`exists (select from unnest(${list("text", namesOf(person))}) as n (text)
    where position(n.text in lower(imports.problem.text)) > 0)`;
}
