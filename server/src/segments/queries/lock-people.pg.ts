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

/**
 * The next `limit` people after a given one, locked: a walk over everybody beside running batches, or over those alone
 * who have a state of one of `predicateIds`. Primary keys of both tables.
 */
export async function lockNextPeople(
  tx: Tx,
  { after, limit, predicateIds }: { after: string | null; limit: number; predicateIds: readonly number[] | null },
): Promise<string[]> {
  const withState =
    predicateIds === null
      ? sql``
      : sql`cross join lateral (
          select from segments.states
          where states.profile_id = people.profile_id and predicate_id = any(${list("int4", predicateIds)}) limit 1
        ) as held`;
  const found = await rows(
    tx,
    sql<{ profile_id: string }>`
      select people.profile_id from segments.people ${withState}
      where people.profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      order by people.profile_id limit ${limit} for update of people`,
  );
  return found.map((row) => row.profile_id);
}
