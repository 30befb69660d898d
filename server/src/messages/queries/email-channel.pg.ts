import { type Db, one, sql } from "../../platform/db.ts";

export interface ChannelRow {
  readonly from_address: string | null;
  readonly cap_messages: number | null;
  readonly cap_per: string | null;
}

export async function loadChannel(db: Db, channel: string): Promise<ChannelRow | undefined> {
  return one(
    db,
    sql<ChannelRow>`
      select from_address, cap_messages, cap_per from messages.channels where channel = ${channel}`,
  );
}

export async function saveChannel(db: Db, row: ChannelRow & { channel: string; now: string }): Promise<void> {
  await sql`
    insert into messages.channels (channel, from_address, cap_messages, cap_per, updated_at)
    values (${row.channel}, ${row.from_address}, ${row.cap_messages}, ${row.cap_per}, ${row.now})
    on conflict (channel) do update
    set from_address = excluded.from_address, cap_messages = excluded.cap_messages, cap_per = excluded.cap_per, updated_at = excluded.updated_at`.execute(
    db,
  );
}
