import { type Db, list, rows, sql } from "../../platform/db.ts";

/** One merge that holds: who was joined to whom directly. */
export interface MergedRow {
  readonly from_id: string;
  readonly into_id: string;
  /** The batch of the merge: events of `into_id` in earlier ones came before it. */
  readonly batch: number;
  /** `type:value` of what was the merged one's own. */
  readonly identifiers: readonly string[];
  /** `type:value` of the event that led to it, strongest first; empty for what was done by hand. */
  readonly evidence: readonly string[];
}

/** All merges that made this person. Leans on aliases_into and the primary key. */
export async function loadFamily(db: Db, profileId: string): Promise<MergedRow[]> {
  return rows(
    db,
    sql<MergedRow>`
      select m.from_id, m.into_id, m.batch, m.identifiers, m.evidence
      from identity.aliases a join identity.merged m using (from_id) where a.into_id = ${profileId} order by m.from_id`,
  );
}

/** Whose events stand under whose ids, for these hosts. Leans on lodgings_profile. */
export async function loadLodgings(
  db: Db,
  hostIds: readonly string[],
): Promise<{ person_id: string; profile_id: string }[]> {
  return rows(
    db,
    sql<{ person_id: string; profile_id: string }>`
      select person_id, profile_id from identity.lodgings where profile_id = any(${list("uuid", hostIds)})`,
  );
}

/** Which of these have events under others' ids, or others' events under theirs. */
export async function lodgedAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows(
    db,
    sql<{ id: string }>`
      select person_id as id from identity.lodgings where person_id = any(${list("uuid", ids)})
      union select profile_id from identity.lodgings where profile_id = any(${list("uuid", ids)})`,
  );
  return new Set(found.map((row) => row.id));
}
