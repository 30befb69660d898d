import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { ContentOf } from "../content/kinds.ts";

/** Of a message that was erased meanwhile nothing is kept. */
export async function insertOnsite(
  db: Db,
  row: { messageId: string; profileId: string; content: ContentOf<"onsite">; at: string },
): Promise<void> {
  await sql`
    insert into messages.onsite (message_id, profile_id, content, created_at, expires_at)
    select id, coalesce(profile_id, ${row.profileId}), ${JSON.stringify(row.content)}::jsonb, ${row.at}::timestamptz,
           ${row.content.expires_at ?? null}::timestamptz
    from messages.messages where id = ${row.messageId} for key share
    on conflict (message_id) do nothing`.execute(db);
}

export interface OnsiteRow {
  readonly id: string;
  readonly content: ContentOf<"onsite">;
  readonly created_at: string;
}

/** Oldest first. Leans on onsite_waiting. */
export async function waitingOnsite(db: Db, profileId: string, now: string, limit: number): Promise<OnsiteRow[]> {
  return rows(
    db,
    sql<OnsiteRow>`
      select message_id as id, content, created_at from messages.onsite
      where profile_id = ${profileId} and dismissed_at is null and (expires_at is null or expires_at > ${now})
      order by created_at, message_id limit ${limit}`,
  );
}

/** Notes that it was shown or put away; false when it is none of this person's. */
export async function noteOnsite(
  db: Db,
  id: string,
  profileId: string,
  what: "shown" | "clicked" | "dismissed",
  now: string,
): Promise<boolean> {
  const found = await one(
    db,
    sql<{ id: string }>`
      update messages.onsite
      set shown_at = coalesce(shown_at, ${now}),
          dismissed_at = case when ${what} = 'shown' then dismissed_at else coalesce(dismissed_at, ${now}) end
      where message_id = ${id} and profile_id = ${profileId} returning message_id as id`,
  );
  return found !== undefined;
}
