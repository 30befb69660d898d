import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface HandOver {
  readonly id: string;
  readonly claim: string;
  readonly address: string;
  readonly language: string | null;
  readonly templateVersion: number | null;
}

/**
 * The last step before the provider: gives the ids of the messages whose claim still holds and that nobody has
 * cancelled or held since. From here on the outcome is the provider's. Leans on the primary key.
 */
export async function handOver(db: Db, messages: readonly HandOver[], now: string): Promise<Set<string>> {
  if (messages.length === 0) return new Set();
  const column = <K extends keyof HandOver>(key: K) => messages.map((message) => message[key]);
  const handed = await rows(
    db,
    sql<{ id: string }>`
      update messages.messages m
      set handed_at = ${now}, address = given.address, language = given.language,
          template_version = given.template_version
      from unnest(${list("uuid", column("id"))}, ${list("uuid", column("claim"))}, ${list("text", column("address"))},
                  ${list("text", column("language"))}, ${list("int4", column("templateVersion"))})
        as given (id, claim, address, language, template_version)
      where m.id = given.id and m.claim = given.claim and m.status = 'sending' and m.cancel_reason is null and not m.held
      returning m.id`,
  );
  return new Set(handed.map(({ id }) => id));
}

/**
 * How many marketing messages have been handed over to each person since then, sent or under way, besides these. Two
 * transactions that ask about one person wait for each other, in order of person, so that they cannot both hand over
 * the last message that is allowed. Leans on messages_profile.
 */
export async function countHanded(
  tx: Tx,
  given: {
    readonly ids: readonly string[];
    readonly profileIds: readonly string[];
    readonly channel: string;
    readonly since: string;
  },
): Promise<Map<string, number>> {
  const people = list("uuid", [...new Set(given.profileIds)].sort());
  await sql`
    select pg_advisory_xact_lock(hashtextextended('messages.cap:' || id::text, 0))
    from unnest(${people}) as people (id)`.execute(tx);
  const found = await rows(
    tx,
    sql<{ profile_id: string; n: number }>`
      select people.id as profile_id, handed.n from unnest(${people}) as people (id)
      cross join lateral (
        select count(*)::int4 as n from messages.messages m
        where m.profile_id = people.id and m.channel = ${given.channel} and m.purpose = 'marketing'
          and m.status in ('sending', 'sent') and m.handed_at > ${given.since}
          and m.id <> all (${list("uuid", given.ids)})
      ) as handed`,
  );
  return new Map(found.map(({ profile_id, n }) => [profile_id, n]));
}
