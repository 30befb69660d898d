import { type Db, one, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";
import type { MessageStatus } from "../contracts.ts";

/** What a provider's news can change of a message. */
export interface Standing {
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly sent_at: string | null;
  readonly delivered_at: string | null;
  readonly deferred_at: string | null;
  readonly bounced_at: string | null;
  readonly complained_at: string | null;
  readonly opened_at: string | null;
  readonly machine_opened_at: string | null;
  readonly replied_at: string | null;
}

export interface NewsMessage extends Standing {
  readonly id: string;
  readonly channel: Channel;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly journey_id: string | null;
  readonly broadcast_id: string | null;
  readonly variant: string | null;
  readonly subject: string | null;
  readonly address: string | null;
  readonly handed_at: string | null;
}

const COLUMNS = sql.raw(`
  id, channel, profile_id, template_id, journey_id, broadcast_id, variant, subject, address, handed_at, status, reason,
  sent_at, delivered_at, deferred_at, bounced_at, complained_at, opened_at, machine_opened_at, replied_at`);

/**
 * The message an account's news is about, locked; undefined when it is none of this account's. One still in a worker's
 * hands has no account yet. Leans on the primary key or on messages_provider.
 */
export async function lockForNews(
  db: Db,
  accountId: string,
  message: { readonly providerId: string } | { readonly id: string },
): Promise<NewsMessage | undefined> {
  const which =
    "id" in message
      ? sql`id = ${message.id} and (account_id = ${accountId} or (account_id is null and handed_at is not null))`
      : sql`provider_id = ${message.providerId} and account_id = ${accountId}`;
  return one(db, sql<NewsMessage>`select ${COLUMNS} from messages.messages where ${which} limit 1 for update`);
}

/** Writes what the news made of it. A message that waited for another try and turns out to have gone is freed. */
export async function writeNews(db: Db, accountId: string, id: string, next: Standing): Promise<void> {
  await sql`
    update messages.messages
    set status = ${next.status}, reason = ${next.reason}, sent_at = ${next.sent_at}, delivered_at = ${next.delivered_at},
        deferred_at = ${next.deferred_at}, bounced_at = ${next.bounced_at}, complained_at = ${next.complained_at},
        opened_at = ${next.opened_at}, machine_opened_at = ${next.machine_opened_at}, replied_at = ${next.replied_at},
        account_id = coalesce(account_id, case when ${next.status} <> 'sending' then ${accountId}::uuid end),
        content = case when ${next.status} in ('queued', 'sending') then content end
    where id = ${id}`.execute(db);
}
