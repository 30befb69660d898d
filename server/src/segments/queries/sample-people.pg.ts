import { type Db, rows, sql } from "../../platform/db.ts";

/** Up to about `most` of a segment's members, chosen by a hash of their ids: the same ones each time, in no order of their own. */
export async function sampleMembers(db: Db, segmentId: string, size: number, most: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from segments.memberships
      where rule_id = (select rule_id from segments.segments where id = ${segmentId}) and ${oneIn(size, most)}
      limit ${2 * most}`,
  );
  return found.map((row) => row.profile_id);
}

/** The same of everybody. */
export async function sampleEverybody(db: Db, size: number, most: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from segments.people where ${oneIn(size, most)} limit ${2 * most}`,
  );
  return found.map((row) => row.profile_id);
}

function oneIn(size: number, most: number) {
  return sql`(uuid_hash(profile_id)::int8 & 2147483647) % ${Math.max(1, Math.ceil(size / most))}::int8 = 0`;
}
