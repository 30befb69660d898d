import { type Db, list, one, type RawBuilder, rows, sql } from "../../platform/db.ts";

/** A segment or a list, as somebody to be written to. */
export type Audience = { readonly segment_id: string } | { readonly list_id: string };

interface Member {
  readonly profile_id: string;
  /** Exactly as PostgreSQL prints it: milliseconds would skip who came within one. */
  readonly since: string;
}

export interface AudiencePage {
  readonly ids: readonly string[];
  /** Where to go on; null after the last. */
  readonly next: readonly string[] | null;
}

/** A page of who is in it, the last who came first: who comes meanwhile is not met. Leans on memberships_rule, list_members_newest. */
export async function audiencePage(
  db: Db,
  audience: Audience,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<AudiencePage> {
  const [since = null, profileId = null] = after ?? [];
  const at = "segment_id" in audience ? sql.ref("entered_at") : sql.ref("added_at");
  const found = await rows(
    db,
    sql<Member>`
      select profile_id, ${at}::text as since from ${membersOf(audience)}
        and (${since}::timestamptz is null or (${at}, profile_id) < (${since}::timestamptz, ${profileId}::uuid))
      order by ${at} desc, profile_id desc limit ${limit}`,
  );
  const last = found.length === limit ? found.at(-1) : undefined;
  return { ids: found.map((row) => row.profile_id), next: last ? [last.since, last.profile_id] : null };
}

export async function audienceSize(db: Db, audience: Audience): Promise<number> {
  const found = await one(db, sql<{ n: number }>`select count(*)::int4 as n from ${membersOf(audience)}`);
  return found?.n ?? 0;
}

/** Those of these people who are in it now. Leans on the keys of memberships and list_members. */
export async function audienceAmong(db: Db, audience: Audience, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from ${membersOf(audience)} and profile_id = any(${list("uuid", ids)})`,
  );
  return new Set(found.map((row) => row.profile_id));
}

/** Its name; null when there is none. */
export async function audienceName(db: Db, audience: Audience): Promise<string | null> {
  const query =
    "segment_id" in audience
      ? sql<{ name: string }>`
          select name from segments.segments
          where id = ${audience.segment_id} and archived_at is null and not is_hidden`
      : sql<{ name: string }>`select name from segments.lists where id = ${audience.list_id}`;
  return (await one(db, query))?.name ?? null;
}

/** A table with a condition to which more may be added. */
function membersOf(audience: Audience): RawBuilder<unknown> {
  return "segment_id" in audience
    ? sql`segments.memberships
        where rule_id = (select rule_id from segments.segments where id = ${audience.segment_id})`
    : sql`segments.list_members where list_id = ${audience.list_id}`;
}
