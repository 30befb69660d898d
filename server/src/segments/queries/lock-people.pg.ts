import { list, rows, send, sql, type Tx } from "../../platform/db.ts";

/** Locks these people in the order of their ids, so that two transactions never wait crosswise; gives those known. */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const known = await rows(
    tx,
    sql<{ profile_id: string }>`
      select profile_id from segments.people where profile_id = any(${list("uuid", ids)}) order by profile_id for update`,
  );
  return new Set(known.map((row) => row.profile_id));
}

export function addPeople(tx: Tx, ids: readonly string[]): void {
  if (ids.length === 0) return;
  send(tx, sql`insert into segments.people (profile_id) select unnest(${list("uuid", ids)}) on conflict do nothing`);
}

/** The next `limit` people after a given one, locked: a walk over everybody beside running batches. */
export async function lockNextPeople(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{ profile_id: string }>`
      select profile_id from segments.people
      where profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      order by profile_id limit ${limit} for update`,
  );
  return found.map((row) => row.profile_id);
}
