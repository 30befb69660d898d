import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";

export type Keyword = "stop" | "start" | "help";

export interface InboundRow {
  readonly id: string;
  readonly accountId: string;
  readonly channel: Channel;
  readonly providerId: string;
  readonly profileId: string | null;
  readonly from: string;
  readonly text: string;
  readonly keyword: Keyword | null;
  readonly messageId: string | null;
  readonly at: string;
}

/** False when the provider has told it before. */
export async function insertInbound(db: Db, row: InboundRow): Promise<boolean> {
  const result = await sql`
    insert into messages.inbound
      (id, account_id, channel, provider_id, profile_id, from_address, text, keyword, message_id, at)
    values (${row.id}, ${row.accountId}, ${row.channel}, ${row.providerId}, ${row.profileId}, ${row.from}, ${row.text},
            ${row.keyword}, ${row.messageId}, ${row.at})
    on conflict (account_id, provider_id) do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** When this address wrote to us last, RFC 3339; null for never. Leans on inbound_from. */
export async function lastInbound(db: Db, channel: Channel, from: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string }>`
      select at from messages.inbound where channel = ${channel} and from_address = ${from} order by at desc limit 1`,
  );
  return found?.at ?? null;
}

/** The address each of these people wrote from last, by profile id. Leans on inbound_profile. */
export async function lastWriters(
  db: Db,
  channel: Channel,
  profileIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ profile_id: string; from_address: string }>`
      select distinct on (profile_id) profile_id, from_address from messages.inbound
      where profile_id = any(${list("uuid", profileIds)}) and channel = ${channel} order by profile_id, at desc`,
  );
  return new Map(found.map((row) => [row.profile_id, row.from_address]));
}

export interface Answered {
  readonly id: string;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly journey_id: string | null;
  readonly broadcast_id: string | null;
  readonly variant: string | null;
}

/** The message that is answered, marked so at its first answer. Leans on messages_provider. */
export async function markReplied(
  db: Db,
  accountId: string,
  providerId: string,
  at: string,
): Promise<Answered | undefined> {
  return one(
    db,
    sql<Answered>`
      update messages.messages set replied_at = coalesce(replied_at, ${at})
      where provider_id = ${providerId} and account_id = ${accountId}
      returning id, profile_id, template_id, journey_id, broadcast_id, variant`,
  );
}

/** The newest message of a person on a channel within some days before; what they write is most likely about it. */
export async function markLastReplied(
  db: Db,
  channel: Channel,
  profileId: string,
  at: string,
  since: string,
): Promise<Answered | undefined> {
  return one(
    db,
    sql<Answered>`
      update messages.messages set replied_at = coalesce(replied_at, ${at})
      where id = (
        select id from messages.messages
        where profile_id = ${profileId} and channel = ${channel} and status = 'sent'
          and sent_at between ${since} and ${at}
        order by created_at desc limit 1
      )
      returning id, profile_id, template_id, journey_id, broadcast_id, variant`,
  );
}
