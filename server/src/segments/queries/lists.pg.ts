import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { ListView } from "../contracts.ts";

export async function existingLists(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows(db, sql<{ id: string }>`select id from segments.lists where id = any(${list("uuid", ids)})`);
  return new Set(found.map((row) => row.id));
}

export async function insertList(db: Db, id: string, name: string, now: string): Promise<void> {
  await sql`insert into segments.lists (id, name, created_at) values (${id}, ${name}, ${now})`.execute(db);
}

export async function findList(db: Db, id: string): Promise<ListView | undefined> {
  return await one(db, sql<ListView>`${VIEW} where lists.id = ${id}`);
}

export async function listLists(
  db: Db,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<ListView[]> {
  const [createdAt = null, id = null] = after ?? [];
  return await rows(
    db,
    sql<ListView>`${VIEW}
      where ${createdAt}::timestamptz is null or (created_at, id) < (${createdAt}::timestamptz, ${id}::uuid)
      order by created_at desc, id desc limit ${limit}`,
  );
}

const VIEW = sql`
  select id, name, created_at, (select count(*) from segments.list_members where list_id = lists.id) as size
  from segments.lists`;

export async function addListMembers(
  tx: Tx,
  listId: string,
  profileIds: readonly string[],
  now: string,
): Promise<void> {
  await sql`
    insert into segments.list_members (list_id, profile_id, added_at)
    select ${listId}, unnest(${list("uuid", profileIds)}), ${now} on conflict do nothing`.execute(tx);
}

export async function removeListMembers(tx: Tx, listId: string, profileIds: readonly string[]): Promise<void> {
  await sql`
    delete from segments.list_members where list_id = ${listId} and profile_id = any(${list("uuid", profileIds)})`.execute(
    tx,
  );
}

/** Lets the sweeper decide these people again at once. Whoever was never folded is not known to any rule yet. */
export async function makeDue(
  tx: Tx,
  profileIds: readonly string[],
  ruleIds: readonly string[],
  now: string,
): Promise<void> {
  await sql`
    insert into segments.horizons (profile_id, rule_id, due_at, historical)
    select people.profile_id, rule_id, ${now}, false
    from segments.people, unnest(${list("uuid", ruleIds)}) as rules (rule_id)
    where people.profile_id = any(${list("uuid", profileIds)})
    order by people.profile_id, rule_id
    on conflict (profile_id, rule_id) do update
    set due_at = least(horizons.due_at, excluded.due_at), historical = false`.execute(tx);
}
