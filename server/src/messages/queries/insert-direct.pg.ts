import { type Db, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";
import { LANES } from "./insert-messages.pg.ts";

export interface DirectRow {
  readonly id: string;
  readonly channel: Channel;
  readonly profileId: string | null;
  readonly address: string;
  readonly subject: string | null;
  readonly sealedContent: string;
  readonly now: string;
}

/** A message whose text is already made (a sign-in code, an answer); the text is kept sealed until it has been sent. */
export async function insertDirect(db: Db, row: DirectRow): Promise<void> {
  await sql`
    insert into messages.messages
      (id, dedup_key, lane, channel, purpose, profile_id, address, subject, content, status, due_at, created_at)
    values (${row.id}, ${`direct:${row.id}`}, ${LANES.transactional}, ${row.channel}, 'transactional', ${row.profileId}, ${row.address},
            ${row.subject}, ${row.sealedContent}, 'queued', ${row.now}, ${row.now})`.execute(db);
}
