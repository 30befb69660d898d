import { list, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { Json } from "../../platform/json.ts";

export interface StateRow {
  readonly profile_id: string;
  readonly predicate_id: number;
  readonly state: Json;
}

/** The state of a locked person, with where its row lies until the transaction ends. */
export interface PlacedState extends StateRow {
  readonly place: string;
}

/** As State keeps it: nothing but Node looks into the JSON, and PostgreSQL would read and write it anew for nothing. */
interface WrittenRow extends Omit<StateRow, "state"> {
  readonly state: string;
}

function readStates<Row extends WrittenRow>(found: readonly Row[]): (Omit<Row, "state"> & Pick<StateRow, "state">)[] {
  return found.map((row) => ({ ...row, state: JSON.parse(row.state) as Json }));
}

/** The states of exactly these (person, predicate) pairs; pairs without one are absent. Primary key. */
export async function loadStates(
  tx: Tx,
  profileIds: readonly string[],
  predicateIds: readonly number[],
): Promise<PlacedState[]> {
  if (profileIds.length === 0) return [];
  return readStates(
    await rows(
      tx,
      sql<WrittenRow & Pick<PlacedState, "place">>`
      select states.ctid::text as place, states.profile_id, states.predicate_id, states.state
      from unnest(${list("uuid", profileIds)}, ${list("int4", predicateIds)}) as asked (profile_id, predicate_id)
      join segments.states using (profile_id, predicate_id)`,
    ),
  );
}

/** The states of each of these people for each of these predicates. Primary key, one descent for a person. */
export async function loadStatesOfAll(
  tx: Tx,
  profileIds: readonly string[],
  predicateIds: readonly number[],
): Promise<PlacedState[]> {
  if (profileIds.length === 0 || predicateIds.length === 0) return [];
  return readStates(
    await rows(
      tx,
      sql<WrittenRow & Pick<PlacedState, "place">>`
      select states.ctid::text as place, states.profile_id, states.predicate_id, states.state
      from unnest(${list("uuid", profileIds)}) as asked (profile_id)
      join segments.states using (profile_id) where states.predicate_id = any(${list("int4", predicateIds)})`,
    ),
  );
}

/** All states of these people; used when they are merged into others. Primary key, first column. */
export async function takeStatesOf(tx: Tx, profileIds: readonly string[]): Promise<StateRow[]> {
  return readStates(
    await rows(
      tx,
      sql<WrittenRow>`
      delete from segments.states where profile_id = any(${list("uuid", profileIds)})
      returning profile_id, predicate_id, state`,
    ),
  );
}

export interface StateToSave extends StateRow {
  /** Whether a part of it is in History only. */
  readonly in_history: boolean;
  /** Where its row lies; null when it has none yet. */
  readonly place: string | null;
}

/**
 * Of locked people, as read under the lock: nobody else writes what they lack meanwhile. To look out for that all the same
 * (`on conflict`) would cost half as much again.
 */
export function saveStates(tx: Tx, states: readonly StateToSave[]): void {
  const known = states.filter(({ place }) => place !== null);
  const fresh = states.filter(({ place }) => place === null);
  if (known.length > 0) updateStates(tx, known);
  if (fresh.length > 0) insertStates(tx, fresh);
}

function updateStates(tx: Tx, states: readonly StateToSave[]): void {
  send(
    tx,
    sql`
    update segments.states s set state = t.state, in_history = t.in_history
    from unnest(${list(
      "tid",
      states.map(({ place }) => place),
    )}, ${contents(states)}) as t (place, state, in_history)
    where s.ctid = t.place`,
    states.length,
  );
}

function insertStates(tx: Tx, states: readonly StateToSave[]): void {
  send(
    tx,
    sql`
    insert into segments.states (profile_id, predicate_id, state, in_history)
    select * from unnest(${list(
      "uuid",
      states.map((row) => row.profile_id),
    )}, ${list(
      "int4",
      states.map((row) => row.predicate_id),
    )}, ${contents(states)})`,
  );
}

function contents(states: readonly StateToSave[]) {
  return sql`${list(
    "text",
    states.map((row) => JSON.stringify(row.state)),
  )}, ${list(
    "bool",
    states.map((row) => row.in_history),
  )}`;
}
