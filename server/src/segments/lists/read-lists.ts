import type { Db } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { readList, withUsers } from "../change-list.ts";
import type { ListView } from "../contracts.ts";
import { listListMembers, listLists } from "../queries/lists.pg.ts";
import { type Member, toMember } from "../read-segments.ts";
import type { LoadProfiles } from "../take-due.ts";

/** Newest first. */
export async function readLists(db: Db, query: PageQuery): Promise<Page<ListView>> {
  const found = await listLists(db, decodeCursor(query.after, 2), query.limit + 1);
  const page = toPage(found, query.limit, (list) => [list.created_at, list.id]);
  return { items: await withUsers(db, page.items), next: page.next };
}

/** Who is on a list, the last first. */
export async function readListMembers(
  { db, loadProfiles }: { readonly db: Db; readonly loadProfiles: LoadProfiles },
  id: string,
  query: PageQuery,
): Promise<Page<Member & { added_at: string }>> {
  await readList(db, id);
  const found = await listListMembers(db, id, decodeCursor(query.after, 2), query.limit + 1);
  const page = toPage(found, query.limit, (row) => [row.added_at, row.profile_id]);
  const profiles = await loadProfiles(
    db,
    page.items.map((row) => row.profile_id),
  );
  const items = page.items.map((row) => ({
    ...toMember(row.profile_id, profiles.get(row.profile_id)),
    added_at: row.added_at,
  }));
  return { items, next: page.next };
}
