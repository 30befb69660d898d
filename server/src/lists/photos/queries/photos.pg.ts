import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface PhotoRow {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a photo was uploaded to. */
export type PhotoPlace = { readonly listId: string } | { readonly cartId: string };

function isIn(place: PhotoPlace) {
  return "listId" in place ? sql`p.list_id = ${place.listId}` : sql`p.cart_id = ${place.cartId}`;
}

/** The photos of a list or a cart. Leans on photo (list_id) and photo (cart_id). */
export async function loadPhotoIds(db: Db, place: PhotoPlace): Promise<Set<string>> {
  const found = await rows(db, sql<{ id: string }>`select p.id from lists.photo p where ${isIn(place)}`);
  return new Set(found.map(({ id }) => id));
}

export function loadPhoto(db: Db, place: PhotoPlace, id: string): Promise<PhotoRow | undefined> {
  return one(db, sql<PhotoRow>`select p.type, p.bytes from lists.photo p where p.id = ${id} and ${isIn(place)}`);
}

interface NewPhoto {
  readonly id: string;
  readonly photo: Buffer;
  readonly at: string;
}

/** A JPEG, as `cleanPhoto` makes it. */
export async function insertPhoto(tx: Tx, place: PhotoPlace, { id, photo, at }: NewPhoto): Promise<void> {
  const [listId, cartId] = "listId" in place ? [place.listId, null] : [null, place.cartId];
  await sql`
    insert into lists.photo (id, list_id, cart_id, type, bytes, created_at)
    values (${id}, ${listId}, ${cartId}, 'image/jpeg', ${photo}, ${at})`.execute(tx);
}

/** Takes photos away that no item shows, if they are older than the time given. */
export async function dropUnused(tx: Tx, place: PhotoPlace, before: string): Promise<void> {
  await sql`
    delete from lists.photo p where ${isIn(place)} and p.created_at < ${before}
      and not exists (
        select from lists.list_item i where i.list_id = p.list_id and i.photo_id = p.id and i.removed_at is null)
      and not exists (select from lists.cart_item i where i.cart_id = p.cart_id and i.photo_id = p.id)`.execute(tx);
}
