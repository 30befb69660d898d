import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
import type { Channel } from "../../content/kinds.ts";
import { LANES } from "../../queries/insert-messages.pg.ts";

export interface BroadcastMessage {
  readonly id: string;
  readonly profileId: string;
  readonly templateId: string;
  readonly variant: string;
}

/**
 * One message per broadcast and person, whatever happens; gives how many are new. Who was merged has a message under
 * another's key perhaps: messages_profile finds it.
 */
export async function insertBroadcastMessages(
  tx: Tx,
  broadcastId: string,
  messages: readonly BroadcastMessage[],
  now: string,
): Promise<number> {
  if (messages.length === 0) return 0;
  const column = <K extends keyof BroadcastMessage>(key: K) => messages.map((message) => message[key]);
  const result = await sql`
    insert into messages.messages
      (id, dedup_key, lane, channel, purpose, topic, priority, profile_id, template_id, broadcast_id, variant, status,
       due_at, created_at)
    select new.id, 'broadcast:' || ${broadcastId}::text || ':' || new.profile_id, ${LANES.broadcast}::int2, t.channel,
           t.purpose, t.topic, t.priority, new.profile_id, t.id, ${broadcastId}, new.variant, 'queued', ${now}, ${now}
    from unnest(${list("uuid", column("id"))}, ${list("uuid", column("profileId"))},
                ${list("uuid", column("templateId"))}, ${list("text", column("variant"))})
      as new (id, profile_id, template_id, variant)
    join messages.templates t on t.id = new.template_id
    where not exists (
      select from messages.messages m where m.profile_id = new.profile_id and m.broadcast_id = ${broadcastId})
    on conflict (dedup_key) do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

/** Holds back, or lets go, what has not been handed over yet. Leans on messages_broadcast. */
export async function holdBroadcast(tx: Tx, broadcastId: string, isHeld: boolean): Promise<void> {
  await sql`
    update messages.messages set held = ${isHeld}
    where broadcast_id = ${broadcastId} and status in ('queued', 'sending') and held <> ${isHeld}`.execute(tx);
}

export interface TakenBack {
  readonly id: string;
  readonly channel: Channel;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly variant: string | null;
}

/** What waits is skipped at once; what a worker has is marked, so that it is given up before it is handed over. */
export async function takeBack(tx: Tx, broadcastId: string, reason: string): Promise<TakenBack[]> {
  return rows(
    tx,
    sql<TakenBack>`
      with marked as (
        update messages.messages
        set status = case status when 'queued' then 'skipped' else status end,
            reason = case status when 'queued' then ${reason} else reason end,
            cancel_reason = ${reason}, held = false
        where broadcast_id = ${broadcastId} and status in ('queued', 'sending')
        returning id, channel, profile_id, template_id, variant, status
      )
      select id, channel, profile_id, template_id, variant from marked where status = 'skipped'`,
  );
}

export interface VariantResult {
  readonly variant: string;
  readonly sent: number;
  readonly opened: number;
  readonly clicked: number;
  readonly converted: number;
}

/** What came of each variant so far. Leans on messages_broadcast. */
export async function readVariants(db: Db, broadcastId: string): Promise<VariantResult[]> {
  return rows(
    db,
    sql<VariantResult>`
      select variant, count(*)::int4 as sent, count(opened_at)::int4 as opened, count(clicked_at)::int4 as clicked,
             count(ordered_at)::int4 as converted
      from messages.messages where broadcast_id = ${broadcastId} and status = 'sent' and variant is not null
      group by variant order by variant`,
  );
}

/** Of what waits for people who have become one, one message per broadcast goes out. Leans on messages_profile. */
export async function dropDoubles(tx: Tx, profileIds: readonly string[]): Promise<void> {
  await sql`
    update messages.messages m set cancel_reason = 'merged'
    from (
      select id, status, row_number() over (
        partition by profile_id, broadcast_id order by status in ('queued', 'sending'), handed_at nulls last, id) as n
      from messages.messages where profile_id = any(${list("uuid", profileIds)}) and broadcast_id is not null
    ) as ranked
    where m.id = ranked.id and ranked.n > 1 and ranked.status in ('queued', 'sending')`.execute(tx);
}
