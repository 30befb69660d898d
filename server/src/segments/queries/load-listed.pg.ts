import { type Db, list, rows, sql } from "../../platform/db.ts";

/** Which of these lists hold which of these people. Primary key. */
export async function loadListed(
  db: Db,
  profileIds: readonly string[],
  listIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const listed = new Map<string, Set<string>>();
  if (profileIds.length === 0 || listIds.length === 0) return listed;
  const found = await rows(
    db,
    sql<{ profile_id: string; list_id: string }>`
      select profile_id, list_id from segments.list_members
      where profile_id = any(${list("uuid", profileIds)}) and list_id = any(${list("uuid", listIds)})`,
  );
  for (const row of found) listed.set(row.profile_id, (listed.get(row.profile_id) ?? new Set()).add(row.list_id));
  return listed;
}

export interface ListedRow {
  readonly name: string;
  /** Null when the person is not on it. */
  readonly added_at: string | null;
}

/** These lists by id, each with since when one person is on it. Primary keys. */
export async function loadListedSince(
  db: Db,
  profileId: string,
  listIds: readonly string[],
): Promise<Map<string, ListedRow>> {
  if (listIds.length === 0) return new Map();
  const found = await rows(
    db,
    sql<ListedRow & { id: string }>`
      select lists.id, lists.name, members.added_at from segments.lists
      left join segments.list_members as members on members.list_id = lists.id and members.profile_id = ${profileId}
      where lists.id = any(${list("uuid", listIds)})`,
  );
  return new Map(found.map((row) => [row.id, row]));
}
