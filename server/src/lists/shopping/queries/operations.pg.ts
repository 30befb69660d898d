import { list, rows, sql, type Tx } from "../../../platform/db.ts";

/** Which of some operations were done on a list before. */
export async function loadDone(tx: Tx, listId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    tx,
    sql<{ id: string }>`
      select id from lists.list_operation where list_id = ${listId} and id = any(${list("uuid", ids)})`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Remembers what was done, and forgets what nobody sends again. */
export async function noteDone(
  tx: Tx,
  listId: string,
  ids: readonly string[],
  { at, forget }: { readonly at: string; readonly forget: string },
): Promise<void> {
  await sql`delete from lists.list_operation where list_id = ${listId} and at < ${forget}`.execute(tx);
  await sql`
    insert into lists.list_operation (list_id, id, at)
    select ${listId}, id, ${at} from unnest(${list("uuid", ids)}) as id on conflict do nothing`.execute(tx);
}
