import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { MessageStatus, MessageView } from "../contracts.ts";

/** Of `messages.messages m`: given up, and its template makes it anew or its text is kept. */
const CAN_RESEND = "m.status in ('failed', 'bounced') and (m.template_id is not null or m.content is not null)";

const COLUMNS = sql.raw(`
  m.id, m.profile_id, m.template_id, t.name as template_name, m.channel, m.purpose, m.status, m.reason, m.subject,
  m.journey_id, m.broadcast_id, b.name as broadcast_name, m.variant, m.created_at, m.sent_at, m.delivered_at, m.deferred_at, m.bounced_at, m.complained_at, m.replied_at,
  m.machine_opened_at, m.opened_at, m.clicked_at, m.ordered_at, m.order_id, ${CAN_RESEND} as can_resend`);

/** Newest first. Leans on messages_profile, messages_journey, messages_failed or messages_newest. */
export async function listMessages(
  db: Db,
  filter: {
    profileId: string | null;
    journeyId: string | null;
    broadcastId: string | null;
    status: MessageStatus | "given_up" | null;
    before: readonly [string, string] | null;
    limit: number;
  },
): Promise<MessageView[]> {
  const byProfile = filter.profileId === null ? sql`true` : sql`m.profile_id = ${filter.profileId}`;
  const byJourney = filter.journeyId === null ? sql`true` : sql`m.journey_id = ${filter.journeyId}`;
  const byBroadcast = filter.broadcastId === null ? sql`true` : sql`m.broadcast_id = ${filter.broadcastId}`;
  const byStatus =
    filter.status === null
      ? sql`true`
      : filter.status === "given_up"
        ? sql`m.status in ('failed', 'bounced')`
        : sql`m.status = ${filter.status}`;
  const before =
    filter.before === null ? sql`true` : sql`(m.created_at, m.id) < (${filter.before[0]}, ${filter.before[1]})`;
  return rows(
    db,
    sql<MessageView>`
      select ${COLUMNS} from messages.messages m left join messages.templates t on t.id = m.template_id
        left join messages.broadcasts b on b.id = m.broadcast_id
      where ${byProfile} and ${byJourney} and ${byBroadcast} and ${byStatus} and ${before}
      order by m.created_at desc, m.id desc limit ${filter.limit}`,
  );
}

export async function loadMessage(db: Db, id: string): Promise<MessageView | undefined> {
  return one(
    db,
    sql<MessageView>`
      select ${COLUMNS} from messages.messages m left join messages.templates t on t.id = m.template_id
        left join messages.broadcasts b on b.id = m.broadcast_id
      where m.id = ${id}`,
  );
}

export async function findByKey(db: Db, key: string): Promise<{ id: string; status: MessageStatus } | undefined> {
  return one(
    db,
    sql<{ id: string; status: MessageStatus }>`select id, status from messages.messages where dedup_key = ${key}`,
  );
}
