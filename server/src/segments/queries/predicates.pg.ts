import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import type { PredicateRow } from "./load-registry.pg.ts";

/** Registers predicates that are not known yet; gives those that are not complete from the first event on. */
export async function registerPredicates(tx: Tx, keys: readonly string[]): Promise<PredicateRow[]> {
  await sql`
    insert into segments.predicates (key, filled) select key, false from unnest(${list("text", keys)}) as asked (key)
    on conflict (md5(key)) do nothing`.execute(tx);
  return await rows(
    tx,
    sql<PredicateRow>`
      select id, key, filled from segments.predicates
      where md5(key) in (select md5(key) from unnest(${list("text", keys)}) as asked (key)) and not filled`,
  );
}

export async function markFilled(tx: Tx): Promise<void> {
  await sql`update segments.predicates set filled = true where not filled`.execute(tx);
}

/** Drops what fills that were given up have registered; gives their ids, whose states are then garbage. */
export async function dropUnfilled(tx: Tx): Promise<number[]> {
  const dropped = await rows(tx, sql<{ id: number }>`delete from segments.predicates where not filled returning id`);
  return dropped.map((row) => row.id);
}

/** Forgets the states of dropped predicates. Looks through everybody's: not for a transaction that others wait for. */
export async function clearStates(db: Db, predicateIds: readonly number[]): Promise<void> {
  if (predicateIds.length === 0) return;
  await sql`delete from segments.states where predicate_id = any(${list("int4", predicateIds)})`.execute(db);
  await sql`delete from segments.blocks where predicate_id = any(${list("int4", predicateIds)})`.execute(db);
}

/** Drops predicates in which no rule is interested any more; gives their ids, whose states are then garbage. */
export async function dropPredicatesExcept(tx: Tx, keys: readonly string[]): Promise<number[]> {
  const dropped = await rows(
    tx,
    sql<{ id: number }>`
      delete from segments.predicates
      where md5(key) not in (select md5(key) from unnest(${list("text", keys)}) as kept (key)) returning id`,
  );
  return dropped.map((row) => row.id);
}
