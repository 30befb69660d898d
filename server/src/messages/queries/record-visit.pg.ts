import { type Db, one, sql } from "../../platform/db.ts";

export interface VisitedMessage {
  readonly id: string;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly journey_id: string | null;
  readonly subject: string | null;
}

/** The message when this is its first opening, else undefined. */
export async function firstOpening(db: Db, id: string, now: string): Promise<VisitedMessage | undefined> {
  return one(
    db,
    sql<VisitedMessage>`
      update messages.messages set opened_at = ${now} where id = ${id} and opened_at is null
      returning id, profile_id, template_id, journey_id, subject`,
  );
}

/** The message when this is the first click on this address, else undefined; every click is counted. */
export async function firstClick(db: Db, id: string, url: string, now: string): Promise<VisitedMessage | undefined> {
  return one(
    db,
    sql<VisitedMessage>`
      with click as (
        insert into messages.clicks (message_id, url_hash, url, first_at)
        select id, sha256(convert_to(${url}, 'UTF8')), ${url}, ${now} from messages.messages where id = ${id}
        on conflict (message_id, url_hash) do update set times = clicks.times + 1
        returning times
      )
      update messages.messages m set clicked_at = coalesce(clicked_at, ${now}), opened_at = coalesce(opened_at, ${now})
      from click where m.id = ${id} and click.times = 1
      returning m.id, m.profile_id, m.template_id, m.journey_id, m.subject`,
  );
}

/** Marks the message whose link took the consent back; undefined when it is unknown or was marked a moment ago. */
export async function markUnsubscribed(
  db: Db,
  id: string,
  now: string,
  recently: string,
): Promise<VisitedMessage | undefined> {
  return one(
    db,
    sql<VisitedMessage>`
      update messages.messages set unsubscribed_at = ${now}
      where id = ${id} and (unsubscribed_at is null or unsubscribed_at < ${recently})
      returning id, profile_id, template_id, journey_id, subject`,
  );
}

/** Whose message it is, and in which language it was. */
export async function loadAddressee(
  db: Db,
  id: string,
): Promise<{ language: string | null; profile_id: string | null } | undefined> {
  return one(
    db,
    sql<{ language: string | null; profile_id: string | null }>`
      select language, profile_id from messages.messages where id = ${id}`,
  );
}
