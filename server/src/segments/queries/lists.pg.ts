import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import { affected } from "../../platform/personal-data.ts";

export interface ListRow {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly created_at: string;
}

export async function existingLists(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows(db, sql<{ id: string }>`select id from segments.lists where id = any(${list("uuid", ids)})`);
  return new Set(found.map((row) => row.id));
}

export async function listNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ id: string; name: string }>`select id, name from segments.lists where id = any(${list("uuid", ids)})`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

export async function listByName(db: Db, name: string): Promise<string | undefined> {
  return (await one(db, sql<{ id: string }>`select id from segments.lists where name = ${name}`))?.id;
}

export async function insertList(db: Db, id: string, name: string, now: string): Promise<void> {
  await sql`insert into segments.lists (id, name, created_at) values (${id}, ${name}, ${now})`.execute(db);
}

export async function findList(db: Db, id: string): Promise<ListRow | undefined> {
  return await one(db, sql<ListRow>`${VIEW} where lists.id = ${id}`);
}

export async function listLists(db: Db, after: readonly (string | number)[] | null, limit: number): Promise<ListRow[]> {
  const [createdAt = null, id = null] = after ?? [];
  return await rows(
    db,
    sql<ListRow>`${VIEW}
      where ${createdAt}::timestamptz is null or (created_at, id) < (${createdAt}::timestamptz, ${id}::uuid)
      order by created_at desc, id desc limit ${limit}`,
  );
}

const VIEW = sql`
  select id, name, created_at, (select count(*) from segments.list_members where list_id = lists.id) as size
  from segments.lists`;

/** Refuses with 23505 when another list has the name. */
export async function renameList(db: Db, id: string, name: string): Promise<void> {
  await sql`update segments.lists set name = ${name} where id = ${id}`.execute(db);
}

/** With everybody on it, and with the uploads that were meant for it. */
export async function deleteList(tx: Tx, id: string): Promise<void> {
  await sql`delete from segments.jobs where kind = 'upload' and target_id = ${id}`.execute(tx);
  await sql`delete from segments.list_members where list_id = ${id}`.execute(tx);
  await sql`delete from segments.lists where id = ${id}`.execute(tx);
}

/** Those who were not on it before. */
export async function addListMembers(
  tx: Tx,
  listId: string,
  profileIds: readonly string[],
  now: string,
): Promise<string[]> {
  const added = await rows(
    tx,
    sql<{ profile_id: string }>`
      insert into segments.list_members (list_id, profile_id, added_at)
      select ${listId}, unnest(${list("uuid", profileIds)}), ${now} on conflict do nothing returning profile_id`,
  );
  return added.map((row) => row.profile_id);
}

/** How many were on it. */
export async function removeListMembers(tx: Tx, listId: string, profileIds: readonly string[]): Promise<number> {
  return await affected(
    tx,
    sql`
      delete from segments.list_members where list_id = ${listId} and profile_id = any(${list("uuid", profileIds)})`,
  );
}

/** Who is on a list, the last first. Leans on list_members_newest. */
export async function listListMembers(
  db: Db,
  listId: string,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<{ profile_id: string; added_at: string }[]> {
  const [addedAt = null, profileId = null] = after ?? [];
  return await rows(
    db,
    sql<{ profile_id: string; added_at: string }>`
      select profile_id, added_at from segments.list_members
      where list_id = ${listId}
        and (${addedAt}::timestamptz is null or (added_at, profile_id) < (${addedAt}::timestamptz, ${profileId}::uuid))
      order by added_at desc, profile_id desc limit ${limit}`,
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
