import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";

export interface VisitedMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly journey_id: string | null;
  readonly broadcast_id: string | null;
  readonly variant: string | null;
  readonly subject: string | null;
}

/** Of `messages.messages m`, what an event about it says. */
export const VISITED = sql.raw(
  "m.id, m.channel, m.profile_id, m.template_id, m.journey_id, m.broadcast_id, m.variant, m.subject",
);

/** Those of these messages that are opened for the first time. Rows are taken in order, so that two never wait for ever. */
export async function firstOpenings(tx: Tx, ids: readonly string[], now: string): Promise<VisitedMessage[]> {
  if (ids.length === 0) return [];
  return rows(
    tx,
    sql<VisitedMessage>`
      with held as (
        select id from messages.messages where id = any(${list("uuid", ids)}) and opened_at is null order by id for update
      )
      update messages.messages m set opened_at = ${now} from held where m.id = held.id
      returning ${VISITED}`,
  );
}

/** The messages and addresses of these clicks that are clicked for the first time; every click is counted. */
export async function firstClicks(
  tx: Tx,
  clicks: readonly { readonly messageId: string; readonly url: string; readonly times: number }[],
  now: string,
): Promise<(VisitedMessage & { readonly url: string })[]> {
  if (clicks.length === 0) return [];
  const column = <K extends keyof (typeof clicks)[number]>(key: K) => clicks.map((click) => click[key]);
  return rows(
    tx,
    sql<VisitedMessage & { readonly url: string }>`
      with given as (
        select * from unnest(${list("uuid", column("messageId"))}, ${list("text", column("url"))},
                             ${list("int4", column("times"))}) as given (message_id, url, times)
      ), held as (
        select m.id from messages.messages m where m.id in (select message_id from given) order by m.id for update
      ), counted as (
        insert into messages.clicks (message_id, url_hash, url, first_at, times)
        select given.message_id, sha256(convert_to(given.url, 'UTF8')), given.url, ${now}, given.times
        from given join held on held.id = given.message_id
        on conflict (message_id, url_hash) do update set times = clicks.times + excluded.times
        returning message_id, url, xmax = 0 as is_first
      ), marked as (
        update messages.messages m set clicked_at = coalesce(clicked_at, ${now}), opened_at = coalesce(opened_at, ${now})
        from (select distinct message_id from counted where is_first) as first where m.id = first.message_id
        returning ${VISITED}
      )
      select marked.*, counted.url from counted join marked on marked.id = counted.message_id where is_first`,
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
      update messages.messages m set unsubscribed_at = ${now}
      where id = ${id} and (unsubscribed_at is null or unsubscribed_at < ${recently})
      returning ${VISITED}`,
  );
}

/** Whose message it is, on which channel and in which language it was. */
export async function loadAddressee(
  db: Db,
  id: string,
): Promise<{ language: string | null; channel: Channel; profile_id: string | null } | undefined> {
  return one(
    db,
    sql<{ language: string | null; channel: Channel; profile_id: string | null }>`
      select language, channel, profile_id from messages.messages where id = ${id}`,
  );
}

/** Marked once; no decision leans on it. */
export async function markMachineOpening(db: Db, id: string, now: string): Promise<void> {
  await sql`
    update messages.messages set machine_opened_at = ${now} where id = ${id} and machine_opened_at is null`.execute(db);
}
