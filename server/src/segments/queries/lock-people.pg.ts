import type { RawBuilder } from "kysely";

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
 * who have, of all lists of one of `withStates`, a state of one of the list's predicates. Primary keys of both tables.
 */
export async function lockNextPeople(
  tx: Tx,
  given: {
    readonly after: string | null;
    readonly limit: number;
    readonly withStates: readonly (readonly (readonly number[])[])[] | null;
  },
): Promise<string[]> {
  const { after, limit, withStates } = given;
  const found = await rows(
    tx,
    sql<{ profile_id: string }>`
      select profile_id from segments.people
      where profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
        and ${withStates === null ? sql`true` : anyOf(withStates.map((lists) => allOf(lists.map(hasStateOf))))}
      order by profile_id limit ${limit} for update`,
  );
  return found.map((row) => row.profile_id);
}

/** Not `exists`: the planner would read the states of everybody for it rather than look up those of some. */
function hasStateOf(predicateIds: readonly number[]): RawBuilder<unknown> {
  return sql`(
    select true from segments.states
    where states.profile_id = people.profile_id and predicate_id = any(${list("int4", predicateIds)}) limit 1)`;
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(conditions, sql` and `)})`;
}

function anyOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}
