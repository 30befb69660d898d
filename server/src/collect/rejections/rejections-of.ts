import { type Db, list, sql } from "../../platform/db.ts";
import { affected, type ExportPage, namesOf, type Person, readPages } from "../../platform/personal-data.ts";

/** Forgets what was refused at the door by then and mentions the person in any case; returns how many. */
export function eraseRejections(db: Db, person: Person, until: string): Promise<number> {
  return affected(db, sql`delete from collect.rejections where at <= ${until} and ${isOf(person)}`);
}

export function exportRejections(db: Db, person: Person): AsyncIterable<ExportPage> {
  return readPages(
    db,
    "rejected_events",
    sql`select id::text as key, to_jsonb(r) - 'identifiers' as row from collect.rejections r where ${isOf(person)}`,
  );
}

/**
 * Inside JSON a value stands in quotes, so that a short id does not find every text that holds it. A whole request that
 * was refused is no JSON.
 */
function isOf(person: Person) {
  const values = person.identifiers.map(({ value }) => value.toLowerCase());
  const quoted = values.map((value) => JSON.stringify(value));
  return sql`(identifiers && ${list("text", values)}
    or exists (select from unnest(${list("text", quoted)}) as q (text) where position(q.text in lower(payload)) > 0)
    or exists (select from unnest(${list("text", namesOf(person))}) as k (text)
               where position(k.text in lower(coalesce(payload, '') || coalesce(value, ''))) > 0))`;
}
