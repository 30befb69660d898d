import { type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { Errand } from "../../contracts.ts";

export type ErrandRow = Omit<Errand, "items">;

const COLUMNS = sql.raw(
  "e.id, e.list_id, l.profile_id, e.store_id, e.state, e.called, e.note, e.taken_by, e.created_at, e.updated_at",
);

export function loadErrand(db: Db, id: string): Promise<ErrandRow | undefined> {
  return one(
    db,
    sql<ErrandRow>`
      select ${COLUMNS} from lists.errand e join lists.list l on l.id = e.list_id where e.id = ${id}`,
  );
}

/** The newest errand of a list. Leans on errand (list_id). */
export function loadErrandOf(db: Db, listId: string): Promise<ErrandRow | undefined> {
  return one(
    db,
    sql<ErrandRow>`
      select ${COLUMNS} from lists.errand e join lists.list l on l.id = e.list_id where e.list_id = ${listId}
      order by e.created_at desc, e.id desc limit 1`,
  );
}

export interface QueueFilter {
  readonly storeId: string;
  readonly states: readonly string[];
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** A store's errands, oldest first. Leans on errand (store_id, state, created_at, id). */
export function loadQueue(db: Db, { storeId, states, after, limit }: QueueFilter): Promise<ErrandRow[]> {
  const [at, id] = after ?? [null, null];
  return rows(
    db,
    sql<ErrandRow>`
      select ${COLUMNS} from lists.errand e join lists.list l on l.id = e.list_id
      where e.store_id = ${storeId} and e.state = any(${list("text", states)})
        and (${at}::timestamptz is null or (e.created_at, e.id) > (${at}::timestamptz, ${id}::uuid))
      order by e.created_at, e.id limit ${limit}`,
  );
}

/** Makes the errand unless the store has one for this list under way; answers with the one that is. */
export async function insertErrand(tx: Tx, row: ErrandRow): Promise<string> {
  const made = await one(
    tx,
    sql<{ id: string }>`
      insert into lists.errand (id, list_id, store_id, state, called, note, created_at, updated_at)
      values (${row.id}, ${row.list_id}, ${row.store_id}, 'open', ${row.called}, ${row.note}, ${row.created_at},
        ${row.created_at})
      on conflict (list_id, store_id) where state in ('open', 'taken', 'ready')
      do update set called = coalesce(excluded.called, errand.called), note = coalesce(excluded.note, errand.note)
      returning id`,
  );
  return made?.id ?? row.id;
}

/** Moves an errand on if it stands where one may come from; the row decides between two at once. */
export async function moveErrand(
  tx: Tx,
  id: string,
  move: { readonly from: readonly string[]; readonly to: string; readonly takenBy: string | null; readonly at: string },
): Promise<boolean> {
  const moved = await one(
    tx,
    sql<{ id: string }>`
      update lists.errand set state = ${move.to}, updated_at = ${move.at}, taken_by = coalesce(${move.takenBy}, taken_by)
      where id = ${id} and state = any(${list("text", move.from)}) returning id`,
  );
  return moved !== undefined;
}

export type EndedErrand = Pick<ErrandRow, "id" | "list_id" | "store_id" | "profile_id">;

export interface EndWhich {
  readonly listIds: readonly string[];
  /** Where something of these lists was just sold over the counter. */
  readonly storeId: string | null;
  readonly at: string;
}

/**
 * Ends errands after a purchase: what was brought has been sold in that store, or nothing is left of the list but what
 * was not found. Leans on errand (list_id).
 */
export function endErrands(tx: Tx, { listIds, storeId, at }: EndWhich): Promise<EndedErrand[]> {
  return rows(
    tx,
    sql<EndedErrand>`
      update lists.errand e set state = 'done', updated_at = ${at}
      from lists.list l
      where e.list_id = any(${list("uuid", listIds)}) and l.id = e.list_id and e.state in ('open', 'taken', 'ready')
        and ((e.state = 'ready' and e.store_id = ${storeId}) or not exists (
          select from lists.list_item i
          where i.list_id = e.list_id and i.removed_at is null and not exists (
            select from lists.errand_item f
            where f.errand_id = e.id and f.item_id = i.id and not f.is_found)))
      returning e.id, e.list_id, e.store_id, l.profile_id`,
  );
}

/** The stores that are about to bring a list. Leans on errand (list_id). */
export async function loadStoresBringing(db: Db, listId: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ store_id: string }>`
      select store_id from lists.errand where list_id = ${listId} and state in ('open', 'taken', 'ready')`,
  );
  return found.map(({ store_id }) => store_id);
}

export interface FoundRow {
  readonly errand_id: string;
  readonly item_id: string;
  readonly is_found: boolean;
}

export function loadFound(db: Db, errandIds: readonly string[]): Promise<FoundRow[]> {
  return rows(
    db,
    sql<FoundRow>`
      select errand_id, item_id, is_found from lists.errand_item where errand_id = any(${list("uuid", errandIds)})`,
  );
}

export async function saveFound(tx: Tx, row: FoundRow): Promise<void> {
  await sql`
    insert into lists.errand_item (errand_id, item_id, is_found)
    values (${row.errand_id}, ${row.item_id}, ${row.is_found})
    on conflict (errand_id, item_id) do update set is_found = excluded.is_found`.execute(tx);
}
