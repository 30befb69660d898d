import { type Db, list, sql } from "../../platform/db.ts";

/** Leans on messages_profile. */
export async function moveMessages(db: Db, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return;
  await sql`
    update messages.messages m set profile_id = merge.into_id
    from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])}) as merge (from_id, into_id)
    where m.profile_id = merge.from_id`.execute(db);
}
