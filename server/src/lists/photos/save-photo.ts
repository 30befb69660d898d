import { cleanPhoto } from "../../catalog/index.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { refuse } from "../errors.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { lookAtList, openList } from "../shopping/open-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import { dropUnused, insertPhoto, loadPhoto, loadPhotoIds, type PhotoRow } from "./queries/photos.pg.ts";

const MOST_PHOTOS = 100;
/** An uploaded photo waits so long for the item that shows it. */
const UNUSED = { hours: 24 } as const;

/** Keeps a cleaned photo with a list; an operation puts it beside an item. */
export async function savePhoto(
  deps: ListDeps,
  viewer: Viewer,
  listId: string,
  bytes: unknown,
): Promise<{ readonly photo_id: string }> {
  const clean = Buffer.isBuffer(bytes) ? await cleanPhoto(bytes) : null;
  const photo = clean?.files[0]?.content;
  if (photo === undefined) throw refuse("not_a_photo");
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await openList(tx, deps, viewer, listId, "edit");
    await dropUnused(tx, listId, now.subtract(UNUSED).toString());
    if ((await loadPhotoIds(tx, listId)).size >= MOST_PHOTOS) throw refuse("too_many_photos");
    const id = newId(deps.clock);
    await insertPhoto(tx, { id, listId, photo, at: now.toString() });
    return { photo_id: id };
  });
}

export async function readPhoto(
  db: Db,
  deps: ListDeps,
  viewer: Viewer,
  which: { readonly id: string; readonly photoId: string },
): Promise<PhotoRow> {
  await lookAtList(db, deps, viewer, which.id);
  const photo = await loadPhoto(db, which.id, which.photoId);
  if (!photo) throw refuse("photo_not_found");
  return photo;
}
