import { type Db, list, rows, sql } from "../../platform/db.ts";

/** People of a segment or a list behind `after`, in the order of their ids. Leans on the primary keys. */
export async function peopleOf(
  db: Db,
  audience: { readonly segment_id: string } | { readonly list_id: string },
  after: string | null,
  limit: number,
): Promise<string[]> {
  const source =
    "segment_id" in audience
      ? sql`segments.memberships where rule_id = (select rule_id from segments.segments where id = ${audience.segment_id})`
      : sql`segments.list_members where list_id = ${audience.list_id}`;
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from ${source} and (${after}::uuid is null or profile_id > ${after}::uuid)
      order by profile_id limit ${limit}`,
  );
  return found.map((row) => row.profile_id);
}

/** Those of these people who are in these segments: `segment person`. Primary key of memberships. */
export async function membersAmong(
  db: Db,
  segmentIds: readonly string[],
  profileIds: readonly string[],
): Promise<Set<string>> {
  if (segmentIds.length === 0 || profileIds.length === 0) return new Set();
  const found = await rows(
    db,
    sql<{ id: string; profile_id: string }>`
      select s.id, m.profile_id from segments.segments s join segments.memberships m on m.rule_id = s.rule_id
      where s.id = any(${list("uuid", segmentIds)}) and m.profile_id = any(${list("uuid", profileIds)})`,
  );
  return new Set(found.map((row) => `${row.id} ${row.profile_id}`));
}
