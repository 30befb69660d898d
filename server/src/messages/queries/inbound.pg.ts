import { type Db, one, sql } from "../../platform/db.ts";
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
