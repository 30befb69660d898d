import { type Db, list, one, rows, sql } from "../../platform/db.ts";

/** Everybody, `limit` at a time in the order of their ids. */
export async function nextPeople(db: Db, after: string | null, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from segments.people
      where profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      order by profile_id limit ${limit}`,
  );
  return found.map((row) => row.profile_id);
}

/** The people who appeared last (ids are made in the order of time). */
export async function newestPeople(db: Db, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`select profile_id from segments.people order by profile_id desc limit ${limit}`,
  );
  return found.map((row) => row.profile_id);
}

/** Each person with the same chance, so many percent of them; the same people at every call. */
export async function drawPeople(db: Db, percent: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{
      profile_id: string;
    }>`select profile_id from segments.people tablesample bernoulli (${percent}) repeatable (1)`,
  );
  return found.map((row) => row.profile_id);
}

export async function countPeople(db: Db): Promise<number> {
  return (await one(db, sql<{ n: number }>`select count(*) as n from segments.people`))?.n ?? 0;
}

/** Which of these ids are people. Primary key. */
export async function knownPeople(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await rows(
    db,
    sql<{ profile_id: string }>`select profile_id from segments.people where profile_id = any(${list("uuid", ids)})`,
  );
  return new Set(found.map((row) => row.profile_id));
}
