import { type Db, instantText, one, type RawBuilder, rows, sql } from "../../platform/db.ts";

export interface MemberRow {
  readonly profile_id: string;
  readonly entered_at: string;
}

/** Newest first. Index memberships_rule. */
export async function listMembers(
  db: Db,
  segmentId: string,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<MemberRow[]> {
  const [enteredAt = null, profileId = null] = after ?? [];
  return await rows(
    db,
    sql<MemberRow>`
      select profile_id, entered_at from segments.memberships
      where rule_id = (select rule_id from segments.segments where id = ${segmentId})
        and (${enteredAt}::timestamptz is null or (entered_at, profile_id) < (${enteredAt}::timestamptz, ${profileId}::uuid))
      order by entered_at desc, profile_id desc limit ${limit}`,
  );
}

export interface MembershipOf {
  readonly id: string;
  readonly name: string;
  readonly entered_at: string;
}

/** The live segments a person is in, longest first. Primary key of memberships. */
export async function membershipsOf(db: Db, profileId: string): Promise<MembershipOf[]> {
  return await rows(
    db,
    sql<MembershipOf>`
      select segments.id, segments.name, memberships.entered_at
      from segments.memberships join segments.segments on segments.rule_id = memberships.rule_id
      where memberships.profile_id = ${profileId} and not segments.is_hidden
      order by memberships.entered_at, segments.id`,
  );
}

/** The same within a statement. */
export function membershipsJson(profileId: RawBuilder<unknown>): RawBuilder<readonly MembershipOf[]> {
  return sql`
    (select coalesce(json_agg(json_build_object('id', segments.id, 'name', segments.name,
        'entered_at', ${instantText(sql`memberships.entered_at`)}) order by memberships.entered_at, segments.id), '[]')
    from segments.memberships join segments.segments on segments.rule_id = memberships.rule_id
    where memberships.profile_id = ${profileId} and not segments.is_hidden)`;
}

export async function isMemberOf(db: Db, segmentId: string, profileId: string): Promise<boolean> {
  return (await memberSince(db, segmentId, profileId)) !== null;
}

/** Since when somebody is in a segment, null when not. */
export async function memberSince(db: Db, segmentId: string, profileId: string): Promise<string | null> {
  const row = await one(
    db,
    sql<{ entered_at: string }>`
      select entered_at from segments.memberships join segments.segments on segments.rule_id = memberships.rule_id
      where segments.id = ${segmentId} and memberships.profile_id = ${profileId}`,
  );
  return row?.entered_at ?? null;
}
