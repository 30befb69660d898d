import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface PhotoRow {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The photos of a list. Leans on photo (list_id). */
export async function loadPhotoIds(db: Db, listId: string): Promise<Set<string>> {
  const found = await rows(db, sql<{ id: string }>`select id from lists.photo where list_id = ${listId}`);
  return new Set(found.map(({ id }) => id));
}

export function loadPhoto(db: Db, listId: string, id: string): Promise<PhotoRow | undefined> {
  return one(
    db,
    sql<PhotoRow>`
      select type, bytes from lists.photo where id = ${id} and list_id = ${listId}`,
  );
}

/** A JPEG, as `cleanPhoto` makes it. */
export async function insertPhoto(
  tx: Tx,
  {
    id,
    listId,
    photo,
    at,
  }: { readonly id: string; readonly listId: string; readonly photo: Buffer; readonly at: string },
): Promise<void> {
  await sql`
    insert into lists.photo (id, list_id, type, bytes, created_at)
    values (${id}, ${listId}, 'image/jpeg', ${photo}, ${at})`.execute(tx);
}

/** Takes photos away that no item of the list shows, if they are older than the time given. */
export async function dropUnused(tx: Tx, listId: string, before: string): Promise<void> {
  await sql`
    delete from lists.photo p where p.list_id = ${listId} and p.created_at < ${before} and not exists (
      select from lists.list_item i where i.list_id = p.list_id and i.photo_id = p.id and i.removed_at is null)`.execute(
    tx,
  );
}
