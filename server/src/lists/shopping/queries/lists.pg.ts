import { anyOf, type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { ListKind } from "../../contracts.ts";

export interface ListRow {
  readonly id: string;
  readonly profile_id: string;
  /** Null: a person's own; else this device's. */
  readonly anonymous_id: string | null;
  readonly kind: ListKind;
  readonly name: string | null;
  readonly origin: "shopper" | "associate" | "kiosk";
  readonly store_id: string | null;
  readonly seq: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = sql.raw("id, profile_id, anonymous_id, kind, name, origin, store_id, seq, created_at, updated_at");

export function loadList(db: Db, id: string): Promise<ListRow | undefined> {
  return one(db, sql<ListRow>`select ${COLUMNS} from lists.list where id = ${id}`);
}

export function lockList(tx: Tx, id: string): Promise<ListRow | undefined> {
  return one(tx, sql<ListRow>`select ${COLUMNS} from lists.list where id = ${id} for update`);
}

/** Newest first. Leans on list (profile_id). */
export function loadListsOf(db: Db, profileId: string): Promise<ListRow[]> {
  return rows(
    db,
    sql<ListRow>`select ${COLUMNS} from lists.list where profile_id = ${profileId} order by updated_at desc, id desc`,
  );
}

export function loadListsOfDevice(db: Db, anonymousId: string): Promise<ListRow[]> {
  return rows(
    db,
    sql<ListRow>`
      select ${COLUMNS} from lists.list where anonymous_id = ${anonymousId} order by updated_at desc, id desc`,
  );
}

/** The lists of some people and of a device, locked in the order of their ids. */
export function lockLists(tx: Tx, profileIds: readonly string[], anonymousId: string | null): Promise<ListRow[]> {
  return rows(
    tx,
    sql<ListRow>`
      select ${COLUMNS} from lists.list
      where profile_id ${anyOf("uuid", profileIds)} or anonymous_id = ${anonymousId} order by id for update`,
  );
}

/** Makes a list unless it is a main one that is there; read again afterwards. */
export async function insertList(tx: Tx, row: ListRow): Promise<void> {
  await sql`
    insert into lists.list (id, profile_id, anonymous_id, kind, name, origin, store_id, seq, created_at, updated_at)
    values (${row.id}, ${row.profile_id}, ${row.anonymous_id}, ${row.kind}, ${row.name}, ${row.origin}, ${row.store_id},
      ${row.seq}, ${row.created_at}, ${row.updated_at})
    on conflict do nothing`.execute(tx);
}

export async function saveList(tx: Tx, row: ListRow): Promise<void> {
  await sql`
    update lists.list set profile_id = ${row.profile_id}, anonymous_id = ${row.anonymous_id}, name = ${row.name},
      seq = ${row.seq}, updated_at = ${row.updated_at}
    where id = ${row.id}`.execute(tx);
}

export async function deleteList(tx: Tx, id: string): Promise<void> {
  await sql`delete from lists.list where id = ${id}`.execute(tx);
}

/** What hangs on a list follows its items onto another. */
export async function moveWhatHangs(tx: Tx, from: string, into: string): Promise<void> {
  await sql`update lists.photo set list_id = ${into} where list_id = ${from}`.execute(tx);
  await sql`update lists.share set list_id = ${into} where list_id = ${from}`.execute(tx);
  // Of two errands in one store the older one goes on; it brings what is on the list.
  await sql`
    update lists.errand e set list_id = ${into}
    where list_id = ${from} and not exists (
      select from lists.errand o where o.list_id = ${into} and o.store_id = e.store_id
        and o.state in ('open', 'taken', 'ready') and e.state in ('open', 'taken', 'ready'))`.execute(tx);
}

/** Gives a person the lists of her own devices back. */
export async function moveDeviceLists(
  tx: Tx,
  { from, into, devices }: { readonly from: string; readonly into: string; readonly devices: readonly string[] },
): Promise<void> {
  await sql`
    update lists.list set profile_id = ${from}
    where anonymous_id ${anyOf("text", devices)} and profile_id = ${into}`.execute(tx);
}
