import { type Db, list, one, type RawBuilder, rows, send, sql, type Tx } from "../../../platform/db.ts";
import type { Hashes } from "../../channels/ad-network.ts";

export interface Coming {
  readonly segmentId: string;
  readonly profileId: string;
  readonly isIn: boolean;
}

/** Notes who has come into followed segments and who has left them. Leans on audiences_segment. */
export function noteComings(tx: Tx, comings: readonly Coming[], now: string): void {
  send(
    tx,
    upsert(
      sql`select a.id, c.profile_id, c.is_in from messages.audiences a
          join unnest(${list(
            "uuid",
            comings.map(({ segmentId }) => segmentId),
          )},
                      ${list(
                        "uuid",
                        comings.map(({ profileId }) => profileId),
                      )},
                      ${list(
                        "bool",
                        comings.map(({ isIn }) => isIn),
                      )}) as c (segment_id, profile_id, is_in)
            on c.segment_id = a.segment_id
          where a.state <> 'leaving' and a.account_id is not null`,
      now,
    ),
  );
}

/** Puts people into one audience or takes them out, as far as it is not so already. */
export async function wantMembers(
  tx: Tx,
  audienceId: string,
  profileIds: readonly string[],
  isIn: boolean,
  now: string,
): Promise<void> {
  if (profileIds.length === 0) return;
  await upsert(
    sql`select ${audienceId}::uuid, profile_id, ${isIn}::bool from unnest(${list("uuid", profileIds)}) as c (profile_id)`,
    now,
  ).execute(tx);
}

/** In one order, so that two of these cannot wait for each other. */
function upsert(source: RawBuilder<unknown>, now: string): RawBuilder<unknown> {
  return sql`
    insert into messages.audience_members as m (id, audience_id, profile_id, wanted, is_due, changed_at)
    select gen_random_uuid(), s.audience_id, s.profile_id, s.is_in, true, ${now}
    from (${source}) as s (audience_id, profile_id, is_in)
    order by s.audience_id, s.profile_id
    on conflict (audience_id, profile_id) do update
    set wanted = excluded.wanted, is_due = true, version = m.version + 1, changed_at = excluded.changed_at
    where m.wanted <> excluded.wanted`;
}

/** What a network may know these people by has changed, or what they allow. Leans on audience_members_profile. */
export function lookAgain(tx: Tx, profileIds: readonly string[], now: string): void {
  send(
    tx,
    sql`
      with theirs as (
        select id from messages.audience_members where profile_id = any(${list("uuid", profileIds)})
        order by audience_id, profile_id for update)
      update messages.audience_members m set is_due = true, version = version + 1, changed_at = ${now}
      from theirs where m.id = theirs.id`,
  );
}

/** The same of some members of one audience, whose rows are held. */
export async function lookAtMembers(
  tx: Tx,
  audienceId: string,
  profileIds: readonly string[],
  now: string,
): Promise<void> {
  await sql`
    update messages.audience_members set is_due = true, version = version + 1, changed_at = ${now}
    where audience_id = ${audienceId} and profile_id = any(${list("uuid", profileIds)})`.execute(tx);
}

/** Everybody is to be taken out; whom the network has never heard of is gone at once. */
export async function emptyAudience(tx: Tx, audienceId: string, now: string): Promise<void> {
  await sql`delete from messages.audience_members where audience_id = ${audienceId} and told is null`.execute(tx);
  await sql`
    update messages.audience_members
    set wanted = false, is_due = true, version = version + 1, changed_at = ${now}
    where audience_id = ${audienceId}`.execute(tx);
}

/** Whether nobody is left to be taken out. */
export async function isEmptied(db: Db, audienceId: string): Promise<boolean> {
  const found = await one(db, sql`select 1 from messages.audience_members where audience_id = ${audienceId} limit 1`);
  return found === undefined;
}

export interface DueMember {
  readonly id: string;
  readonly profile_id: string | null;
  readonly wanted: boolean;
  readonly told: Hashes | null;
  readonly version: number;
}

/** Those who are to go come first: whoever lives on in another's place is told of after that. Leans on audience_members_due. */
export async function dueMembers(db: Db, audienceId: string, limit: number): Promise<DueMember[]> {
  return rows(
    db,
    sql<DueMember>`
      select id, profile_id, wanted, told, version from messages.audience_members
      where audience_id = ${audienceId} and is_due
      order by wanted, changed_at, id limit ${limit}`,
  );
}

/** Which of these hashes somebody else of the audience is known by, who stays. Leans on audience_members_told. */
export async function sharedHashes(
  db: Db,
  audienceId: string,
  { hashes, leaving }: { readonly hashes: readonly string[]; readonly leaving: readonly string[] },
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const asked = sql`${[...hashes]}::text[]`;
  const found = await rows(
    db,
    sql<{ hash: string }>`
      select distinct h.hash from messages.audience_members m cross join lateral unnest(m.told) as h (hash)
      where m.told && ${asked} and m.audience_id = ${audienceId} and m.id <> all (${list("uuid", leaving)})
        and m.wanted and h.hash = any(${asked})`,
  );
  return new Set(found.map(({ hash }) => hash));
}

/**
 * Notes whom the network is about to be told of, before it is: who dies between the two must not leave somebody there
 * whom nobody takes out again. Gives those who still are to be told of.
 */
export async function foretell(
  tx: Tx,
  members: readonly { readonly id: string; readonly hashes: Hashes }[],
): Promise<Set<string>> {
  if (members.length === 0) return new Set();
  const found = await rows(
    tx,
    sql<{ id: string }>`
      update messages.audience_members m set told = string_to_array(t.told, ' ')
      from unnest(${list(
        "uuid",
        members.map(({ id }) => id),
      )},
                  ${list(
                    "text",
                    members.map(({ hashes }) => hashes.join(" ")),
                  )}) as t (id, told)
      where m.id = t.id and m.profile_id is not null
      returning m.id`,
  );
  return new Set(found.map(({ id }) => id));
}

/** The network knows nothing of these any more, or never did; those who do not belong are gone. */
export async function forgetTold(tx: Tx, members: readonly DueMember[]): Promise<void> {
  if (members.length === 0) return;
  const [ids, versions] = [
    list(
      "uuid",
      members.map(({ id }) => id),
    ),
    list(
      "int4",
      members.map((m) => m.version),
    ),
  ];
  await sql`
    delete from messages.audience_members m using unnest(${ids}, ${versions}) as t (id, version)
    where m.id = t.id and m.version = t.version and not m.wanted`.execute(tx);
  await sql`
    update messages.audience_members m
    set told = null, is_due = m.version <> t.version
    from unnest(${ids}, ${versions}) as t (id, version) where m.id = t.id`.execute(tx);
}

/** The network has them; what has changed meanwhile stays due. */
export async function settleMembers(tx: Tx, members: readonly DueMember[]): Promise<void> {
  if (members.length === 0) return;
  await sql`
    update messages.audience_members m set is_due = false
    from unnest(${list(
      "uuid",
      members.map(({ id }) => id),
    )},
                ${list(
                  "int4",
                  members.map(({ version }) => version),
                )}) as t (id, version)
    where m.id = t.id and m.version = t.version`.execute(tx);
}

/** Members in the order of their people. Leans on the key of audience and person. */
export async function wantedAfter(db: Db, audienceId: string, after: string | null, limit: number): Promise<string[]> {
  return (await rows(db, wanted(audienceId, after, limit))).map(({ profile_id }) => profile_id);
}

/** The same, locked: what is found of them holds until the transaction ends. */
export async function holdWantedAfter(
  tx: Tx,
  audienceId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const found = await rows(tx, sql<{ profile_id: string }>`${wanted(audienceId, after, limit)} for update`);
  return found.map(({ profile_id }) => profile_id);
}

function wanted(audienceId: string, after: string | null, limit: number) {
  return sql<{ profile_id: string }>`
    select profile_id from messages.audience_members
    where audience_id = ${audienceId} and wanted and profile_id is not null
      and (${after}::uuid is null or profile_id > ${after}::uuid)
    order by profile_id limit ${limit}`;
}

export interface Sizes {
  readonly members: number;
  readonly told: number;
  readonly waiting: number;
}

export async function readSizes(db: Db, audienceIds: readonly string[]): Promise<Map<string, Sizes>> {
  const found = await rows(
    db,
    sql<Sizes & { audience_id: string }>`
      select audience_id, count(*) filter (where wanted)::int4 as members,
             count(*) filter (where told is not null and wanted and not is_due)::int4 as told,
             count(*) filter (where is_due)::int4 as waiting
      from messages.audience_members where audience_id = any(${list("uuid", audienceIds)}) group by audience_id`,
  );
  return new Map(found.map((row) => [row.audience_id, row]));
}
