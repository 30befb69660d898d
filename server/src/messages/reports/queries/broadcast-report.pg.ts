import { type Db, rows, sql } from "../../../platform/db.ts";

export interface VariantRow {
  readonly variant: string;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly converted: number;
  readonly unsubscribed: number;
  readonly bounced: number;
  readonly complained: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came of a broadcast's messages, as State knows it at this moment. Leans on messages_broadcast. */
export async function readVariantOutcomes(db: Db, broadcastId: string): Promise<VariantRow[]> {
  return rows(
    db,
    sql<VariantRow>`
      select variant,
        count(*) filter (where sent_at is not null)::int4 as sent,
        count(delivered_at)::int4 as delivered,
        count(opened_at) filter (where sent_at is not null)::int4 as opened,
        count(clicked_at) filter (where sent_at is not null)::int4 as clicked,
        count(ordered_at)::int4 as converted,
        count(unsubscribed_at)::int4 as unsubscribed,
        count(*) filter (where status = 'bounced')::int4 as bounced,
        count(complained_at)::int4 as complained,
        count(*) filter (where status = 'failed')::int4 as failed,
        count(*) filter (where status = 'skipped')::int4 as skipped
      from messages.messages where broadcast_id = ${broadcastId} and variant is not null
      group by variant order by variant`,
  );
}

export interface RevenueRow {
  /** Null for those held out. */
  readonly variant: string | null;
  readonly currency: string;
  readonly amount: number;
}

export async function readRevenue(db: Db, broadcastId: string): Promise<RevenueRow[]> {
  return rows(
    db,
    sql<RevenueRow>`
      select variant, currency, sum(revenue_minor)::int8 as amount from messages.messages
      where broadcast_id = ${broadcastId} and ordered_at is not null and currency is not null group by 1, 2
      union all
      select null, currency, sum(revenue_minor)::int8 from messages.recipients
      where broadcast_id = ${broadcastId} and wave = 2 and ordered_at is not null and currency is not null group by 2`,
  );
}

export async function readSkipReasons(db: Db, broadcastId: string): Promise<{ reason: string; messages: number }[]> {
  return rows(
    db,
    sql<{ reason: string; messages: number }>`
      select coalesce(reason, '') as reason, count(*)::int4 as messages from messages.messages
      where broadcast_id = ${broadcastId} and status = 'skipped' group by 1 order by 2 desc, 1`,
  );
}

export async function readLinks(
  db: Db,
  broadcastId: string,
): Promise<{ url: string; messages: number; clicks: number }[]> {
  return rows(
    db,
    sql<{ url: string; messages: number; clicks: number }>`
      select c.url, count(*)::int4 as messages, sum(c.times)::int4 as clicks
      from messages.messages m join messages.clicks c on c.message_id = m.id
      where m.broadcast_id = ${broadcastId} and m.clicked_at is not null
      group by c.url order by 2 desc, 1 limit 100`,
  );
}

export async function readHeldOut(db: Db, broadcastId: string): Promise<{ people: number; converted: number }> {
  const [found] = await rows(
    db,
    sql<{ people: number; converted: number }>`
      select count(*)::int4 as people, count(ordered_at)::int4 as converted
      from messages.recipients where broadcast_id = ${broadcastId} and wave = 2`,
  );
  return found ?? { people: 0, converted: 0 };
}
