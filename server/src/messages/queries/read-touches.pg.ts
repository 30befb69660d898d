import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

/** Marketing that a person has had, or is about to have before others. */
export interface Touch {
  readonly profile_id: string;
  readonly channel: string;
  /** When it was handed over; null while it waits. */
  readonly at: string | null;
  readonly priority: number;
}

/**
 * People's messages are counted by one transaction at a time, so that two of them cannot both be the last one allowed.
 * In order of key: two batches that share people wait for each other and never for ever.
 */
export async function lockTouches(tx: Tx, profileIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended('messages.cap:' || id, 0) as key
      from unnest(${list("text", profileIds)}) as people (id) order by key
    ) as keys`.execute(tx);
}

/**
 * What has been handed over to these people since then, and what is due to them now and not handed over. A message is
 * handed over within `made` of its making at the latest; leans on messages_profile.
 */
export async function readTouches(
  db: Db,
  ask: {
    profileIds: readonly string[];
    except: readonly string[];
    since: string;
    made: string;
    now: string;
  },
): Promise<Touch[]> {
  return rows(
    db,
    sql<Touch>`
      select m.profile_id, m.channel, m.handed_at as at, m.priority
      from messages.messages m
      where m.profile_id = any(${list("uuid", ask.profileIds)}) and m.created_at > ${ask.made}
        and m.purpose = 'marketing' and m.id <> all(${list("uuid", ask.except)})
        and case
          when m.handed_at is not null then m.status in ('sending', 'sent') and m.handed_at > ${ask.since}
          else not m.held and m.cancel_reason is null
            and (m.status = 'sending' or (m.status = 'queued' and m.due_at <= ${ask.now}))
        end`,
  );
}
