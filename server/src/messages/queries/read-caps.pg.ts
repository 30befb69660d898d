import { type Db, rows, sql } from "../../platform/db.ts";

/** The caps that were set with a channel. */
export async function readCaps(db: Db): Promise<{ channel: string; messages: number; per: string }[]> {
  return rows(
    db,
    sql<{ channel: string; messages: number; per: string }>`
      select channel, cap_messages as messages, cap_per as per from messages.channels
      where cap_messages is not null and cap_per is not null`,
  );
}
