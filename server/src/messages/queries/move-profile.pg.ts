import { type Db, list, sql } from "../../platform/db.ts";

/** What the channels keep per person beside the messages themselves. */
const TABLES = ["messages", "inbound", "devices", "onsite", "letters", "calls"];

/** Leans on each table's index by person. */
export async function moveMessages(db: Db, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return;
  const [from, into] = [list("uuid", [...moves.keys()]), list("uuid", [...moves.values()])];
  for (const table of TABLES)
    await sql`
      update ${sql.table(`messages.${table}`)} m
      set profile_id = merge.into_id, first_profile_id = coalesce(m.first_profile_id, m.profile_id)
      from unnest(${from}, ${into}) as merge (from_id, into_id)
      where m.profile_id = merge.from_id`.execute(db);
  // Whether the one who lives on belongs to an audience is their segments' to say; under the old id nobody does.
  await sql`delete from messages.audience_members where profile_id = any(${from}) and told is null`.execute(db);
  await sql`
    update messages.audience_members set profile_id = null, wanted = false, is_due = true, version = version + 1
    where profile_id = any(${from})`.execute(db);
}

/** Gives back what was to be said to people who were merged away, to the one of them who lives again. */
export async function moveMessagesBack(
  db: Db,
  { from, into, members }: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  for (const table of TABLES)
    await sql`
      update ${sql.table(`messages.${table}`)} set profile_id = ${from}
      where profile_id = ${into} and first_profile_id = any(${list("uuid", members)})`.execute(db);
}
