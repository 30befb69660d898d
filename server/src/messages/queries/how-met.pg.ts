import { type Db, list, rows, sql } from "../../platform/db.ts";

/** What a person did with one message of marketing. */
export interface HowMet {
  readonly channel: string;
  readonly sent_at: string;
  readonly has_read: boolean;
  readonly has_answered: boolean;
  readonly has_bought: boolean;
}

const HAS_ANSWERED = sql.raw("(m.clicked_at is not null or m.replied_at is not null)");
/** One that has just gone out says nothing yet by lying unread. */
const SAYS_SOMETHING = (settledBefore: string) =>
  sql`m.purpose = 'marketing' and m.status = 'sent'
      and (m.sent_at < ${settledBefore} or coalesce(m.opened_at, m.clicked_at, m.replied_at, m.ordered_at) is not null)`;

/** The newest marketing of each of these people since then, at most `most` each. Leans on messages_profile. */
export async function howPeopleMet(
  db: Db,
  ask: { profileIds: readonly string[]; since: string; settledBefore: string; most: number },
): Promise<Map<string, HowMet[]>> {
  const found = await rows(
    db,
    sql<HowMet & { profile_id: string }>`
      select people.id as profile_id, met.* from unnest(${list("uuid", ask.profileIds)}) as people (id)
      cross join lateral (
        select m.channel, m.sent_at, m.opened_at is not null as has_read, ${HAS_ANSWERED} as has_answered,
               m.ordered_at is not null as has_bought
        from messages.messages m
        where m.profile_id = people.id and m.created_at > ${ask.since} and ${SAYS_SOMETHING(ask.settledBefore)}
        order by m.created_at desc limit ${ask.most}
      ) as met`,
  );
  const of = Map.groupBy(found, ({ profile_id }) => profile_id);
  return new Map([...of].map(([id, met]) => [id, met.map(({ profile_id: _, ...one }) => one)]));
}

/** Messages of one channel and language sent in one hour of the week: how many, and of these the best that came of each. */
export interface MetSum {
  readonly channel: string;
  readonly language: string;
  /** 0 is Monday from midnight, in the given zone. */
  readonly hour: number;
  readonly sent: number;
  readonly read: number;
  readonly answered: number;
  readonly bought: number;
}

/** How marketing was met since then, of the newest `most` messages. Leans on messages_newest. */
export async function howAllMet(
  db: Db,
  ask: { since: string; settledBefore: string; most: number; zone: string },
): Promise<MetSum[]> {
  return rows(
    db,
    sql<MetSum>`
      select m.channel, lower(split_part(coalesce(m.language, ''), '-', 1)) as language,
             ((extract(isodow from m.sent_at at time zone ${ask.zone}) - 1) * 24
               + extract(hour from m.sent_at at time zone ${ask.zone}))::int4 as hour,
             count(*)::int4 as sent,
             count(*) filter (where m.ordered_at is not null)::int4 as bought,
             count(*) filter (where m.ordered_at is null and ${HAS_ANSWERED})::int4 as answered,
             count(*) filter (where m.ordered_at is null and not ${HAS_ANSWERED} and m.opened_at is not null)::int4 as read
      from (
        select * from messages.messages where created_at > ${ask.since}
        order by created_at desc, id desc limit ${ask.most}
      ) as m
      where ${SAYS_SOMETHING(ask.settledBefore)}
      group by 1, 2, 3`,
  );
}
