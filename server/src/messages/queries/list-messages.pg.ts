import { type Db, rows, sql } from "../../platform/db.ts";
import type { MessageView } from "../contracts.ts";

/** Newest first. Leans on messages_profile, messages_journey or messages_newest. */
export async function listMessages(
  db: Db,
  filter: {
    profileId: string | null;
    journeyId: string | null;
    before: readonly [string, string] | null;
    limit: number;
  },
): Promise<MessageView[]> {
  const byProfile = filter.profileId === null ? sql`true` : sql`m.profile_id = ${filter.profileId}`;
  const byJourney = filter.journeyId === null ? sql`true` : sql`m.journey_id = ${filter.journeyId}`;
  const before =
    filter.before === null ? sql`true` : sql`(m.created_at, m.id) < (${filter.before[0]}, ${filter.before[1]})`;
  return rows(
    db,
    sql<MessageView>`
      select m.id, m.profile_id, m.template_id, t.name as template_name, m.channel, m.purpose, m.status, m.reason,
             m.subject, m.journey_id, m.created_at, m.sent_at, m.opened_at, m.clicked_at, m.ordered_at, m.order_id
      from messages.messages m left join messages.templates t on t.id = m.template_id
      where ${byProfile} and ${byJourney} and ${before}
      order by m.created_at desc, m.id desc limit ${filter.limit}`,
  );
}
