import { type Db, list, rows, sql } from "../../platform/db.ts";

/**
 * People behind `after`, in the order of their ids, whose trait is a date on one of these days: `MM-DD` for any year,
 * else the whole date. Reads everybody; the first look is at the text, which costs a tenth of reading it as JSON.
 */
export async function peopleByDate(
  db: Db,
  trait: string,
  days: readonly string[],
  after: string | null,
  limit: number,
): Promise<string[]> {
  const ends = days.map((day) => (day.length === 5 ? `____-${day}` : day));
  const found = await rows(
    db,
    sql<{ id: string }>`
      select id from profiles.profiles
      where data like any(${list(
        "text",
        ends.map((day) => `%${JSON.stringify(trait).replace(/[\\%_]/g, "\\$&")}:"${day}%`),
      )})
        and data::jsonb -> 'traits' ->> ${trait} like any(${list(
          "text",
          ends.map((day) => `${day}%`),
        )})
        and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${limit}`,
  );
  return found.map((row) => row.id);
}
