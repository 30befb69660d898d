import { list, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { Json } from "../../platform/json.ts";

export interface StateRow {
  readonly profile_id: string;
  readonly predicate_id: number;
  readonly state: Json;
}

/** The states of exactly these (person, predicate) pairs; pairs without one are absent. Primary key. */
export async function loadStates(
  tx: Tx,
  profileIds: readonly string[],
  predicateIds: readonly number[],
): Promise<StateRow[]> {
  if (profileIds.length === 0) return [];
  return await rows(
    tx,
    sql<StateRow>`
      select states.profile_id, states.predicate_id, states.state
      from unnest(${list("uuid", profileIds)}, ${list("int4", predicateIds)}) as asked (profile_id, predicate_id)
      join segments.states using (profile_id, predicate_id)`,
  );
}

/** All states of these people; used when they are merged into others. Primary key, first column. */
export async function takeStatesOf(tx: Tx, profileIds: readonly string[]): Promise<StateRow[]> {
  return await rows(
    tx,
    sql<StateRow>`
      delete from segments.states where profile_id = any(${list("uuid", profileIds)})
      returning profile_id, predicate_id, state`,
  );
}

/** `in_history`: whether a part of it is in History only. */
export function saveStates(tx: Tx, states: readonly (StateRow & { readonly in_history?: boolean })[]): void {
  if (states.length === 0) return;
  send(
    tx,
    sql`
    insert into segments.states (profile_id, predicate_id, state, in_history)
    select * from unnest(
      ${list(
        "uuid",
        states.map((row) => row.profile_id),
      )},
      ${list(
        "int4",
        states.map((row) => row.predicate_id),
      )},
      ${list(
        "jsonb",
        states.map((row) => JSON.stringify(row.state)),
      )},
      ${list(
        "bool",
        states.map((row) => row.in_history ?? false),
      )})
    on conflict (profile_id, predicate_id) do update
    set state = excluded.state, in_history = excluded.in_history`,
  );
}
