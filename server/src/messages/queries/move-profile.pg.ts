import { type Db, list, sql } from "../../platform/db.ts";

/** Leans on messages_profile. */
export async function moveMessages(db: Db, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return;
  await sql`
    update messages.messages m set profile_id = merge.into_id, first_profile_id = coalesce(m.first_profile_id, m.profile_id)
    from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])}) as merge (from_id, into_id)
    where m.profile_id = merge.from_id`.execute(db);
}

/** Gives back what was to be said to people who were merged away, to the one of them who lives again. Leans on messages_profile. */
export async function moveMessagesBack(
  db: Db,
  { from, into, members }: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  await sql`
    update messages.messages set profile_id = ${from}
    where profile_id = ${into} and first_profile_id = any(${list("uuid", members)})`.execute(db);
}
